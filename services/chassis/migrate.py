"""Brings schemas up to date: `python -m services.chassis.migrate gateway router ...`, one job before the services.

Plain SQL files, forward only, applied in order of their names: first the chassis's (outbox, inbox, deadline), then the
service's own. Each runs in one transaction with its record. An applied file that has changed since is refused: a schema
must be what its files say. Two runs at once wait for one another.
"""

import asyncio
import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import asyncpg

from services.chassis.run import load_settings

HERE: Final = Path(__file__).resolve().parent
RECORD: Final = """
CREATE TABLE IF NOT EXISTS migration (
    name text PRIMARY KEY,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
)
"""


class MigrationRefused(Exception):
    """A migration that has been applied is not the same file any more, or is gone."""


@dataclass(frozen=True)
class Migration:
    """One SQL file; `name` is `<owner>/<file>`."""

    name: str
    sql: str

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


def migrations_of(service: str) -> list[Migration]:
    """The chassis's migrations, then the service's own."""
    return [*_read("chassis", HERE / "migrations"), *_read(service, HERE.parent / service / "migrations")]


def _read(owner: str, directory: Path) -> list[Migration]:
    files = sorted(directory.glob("*.sql"))
    return [Migration(f"{owner}/{file.name}", file.read_text(encoding="utf-8")) for file in files]


async def migrate(url: str, schema: str, migrations: list[Migration]) -> list[str]:
    """Apply what is missing in `schema`; the names applied now. Raises MigrationRefused before changing anything."""
    connection = await asyncpg.connect(
        url,
        timeout=10,
        server_settings={
            "application_name": f"dymek-{schema}-migrate",
            "lock_timeout": "10s",
            "statement_timeout": "10min",
            "idle_in_transaction_session_timeout": "1min",
            "search_path": schema,
        },
    )
    try:
        # Waiting for another run may take long, and is not what lock_timeout guards against.
        await connection.execute("SET lock_timeout = 0")
        await connection.execute("SELECT pg_advisory_lock(hashtextextended('dymek-migrate:' || $1::text, 0))", schema)
        await connection.execute("SET lock_timeout = '10s'")
        if not await connection.fetchval("SELECT to_regnamespace(quote_ident($1)) IS NOT NULL", schema):
            await connection.execute(f'CREATE SCHEMA "{schema}"')
        await connection.execute(RECORD)
        records = await connection.fetch("SELECT name, checksum FROM migration")
        applied = {record["name"]: record["checksum"] for record in records}
        _compare(applied, migrations)
        fresh = [migration for migration in migrations if migration.name not in applied]
        for migration in fresh:
            async with connection.transaction():
                await connection.execute(migration.sql)
                await connection.execute(
                    "INSERT INTO migration (name, checksum) VALUES ($1, $2)", migration.name, migration.checksum
                )
        return [migration.name for migration in fresh]
    finally:
        await connection.close()


def _compare(applied: dict[str, str], migrations: list[Migration]) -> None:
    known = {migration.name: migration.checksum for migration in migrations}
    for name, checksum in applied.items():
        if name not in known:
            raise MigrationRefused(f"{name} has been applied, but its file is gone")
        if known[name] != checksum:
            raise MigrationRefused(f"{name} has been changed after it was applied; add a new file instead")


def main(services: list[str]) -> None:
    if not services:
        raise SystemExit("usage: python -m services.chassis.migrate SERVICE...")
    for service in services:
        url = load_settings(service).database_url.get_secret_value()
        try:
            names = asyncio.run(migrate(url, service, migrations_of(service)))
        except MigrationRefused as refused:
            raise SystemExit(f"{service}: {refused}") from None
        print(f"{service}: {', '.join(names) if names else 'up to date'}")


if __name__ == "__main__":
    main(sys.argv[1:])
