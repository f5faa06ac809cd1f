"""The plans of statements as they were really executed, told by PostgreSQL's own auto_explain.

plans = Plans()
await plans.arrange(admin_url, role)      # holds for connections opened afterwards
with plans.collected(database):
    ...
plans.executed                             # [Plan(text, rows_read, pages, scanned), ...]
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import asyncpg

from services.chassis.database import Connection, Database

SETTINGS: Final = {
    "session_preload_libraries": "auto_explain",
    "auto_explain.log_min_duration": "0",
    "auto_explain.log_analyze": "on",
    "auto_explain.log_buffers": "on",
    "auto_explain.log_timing": "off",
    "auto_explain.log_format": "json",
    "client_min_messages": "log",
}


@dataclass(frozen=True)
class Plan:
    """`rows_read` counts rows that scans looked at, `pages` all pages; `scanned` are tables that were read through."""

    text: str
    rows_read: float
    pages: int
    scanned: frozenset[str]

    @classmethod
    def of(cls, told: dict[str, Any]) -> Plan:
        root = told["Plan"]
        nodes = list(_nodes(root))
        return cls(
            text=told["Query Text"],
            rows_read=sum(_rows_read(node) for node in nodes if "Relation Name" in node or "Index Name" in node),
            pages=root["Shared Hit Blocks"] + root["Shared Read Blocks"],
            scanned=frozenset(node["Relation Name"] for node in nodes if node["Node Type"] == "Seq Scan"),
        )


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("Plans", ()):
        yield from _nodes(child)


def _rows_read(node: dict[str, Any]) -> float:
    looked_at = sum(
        node.get(name, 0) for name in ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck")
    )
    return float(looked_at * node["Actual Loops"])


@dataclass
class Plans:
    executed: list[Plan] = field(default_factory=list)

    @staticmethod
    async def arrange(admin_url: str, role: str) -> None:
        """Have the server explain to `role` what it executes, on connections opened after this."""
        admin = await asyncpg.connect(admin_url)
        try:
            for name, value in SETTINGS.items():
                await admin.execute(f"ALTER ROLE \"{role}\" IN DATABASE {_database(admin_url)} SET {name} = '{value}'")
        finally:
            await admin.close()

    @contextmanager
    def collected(self, database: Database) -> Iterator[None]:
        """Collect the plans of everything that goes through the pool, for the length of the block."""
        original = database.connection

        @asynccontextmanager
        async def listening() -> AsyncIterator[Connection]:
            async with original() as connection:
                connection.add_log_listener(self._hear)
                try:
                    yield connection
                finally:
                    connection.remove_log_listener(self._hear)

        database.connection = listening  # type: ignore[method-assign]
        try:
            yield
        finally:
            database.connection = original  # type: ignore[method-assign]

    def _hear(self, _: Any, message: Any) -> None:
        _, found, told = message.message.partition("plan:\n")
        if found:
            self.executed.append(Plan.of(json.loads(told)))


def _database(url: str) -> str:
    return '"' + url.rsplit("/", 1)[1] + '"'
