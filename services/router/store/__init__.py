"""The router's tables: the only place of this service that speaks SQL.

Locks are taken in one order everywhere: agents by id, then the conversation, then its offer. What is read without a
lock is a guess that the locked rows confirm; where they do not, `Outrun` has the whole transaction done again.
"""

from pathlib import Path

import asyncpg

from services.chassis.queries import load_queries

QUERIES = load_queries(Path(__file__).parent.parent / "sql")


class Outrun(asyncpg.SerializationError):
    """Another transaction changed what this one had begun to act on; doing it again sees the change."""
