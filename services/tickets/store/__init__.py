"""The tables of tickets, ratings and transcripts: the only place of this service that speaks SQL."""

from pathlib import Path
from typing import Final

from services.chassis.queries import load_queries

QUERIES: Final = load_queries(Path(__file__).parent.parent / "sql")
