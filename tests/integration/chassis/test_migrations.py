"""Migrations run once, in order, and a schema is what its files say."""

import asyncio
from dataclasses import replace

import asyncpg
import pytest

from services.chassis.migrate import Migration, MigrationRefused, migrate
from tests.integration.chassis.conftest import Rig

SCHEMA = "customers"
FIRST = Migration("test/0001_first.sql", "CREATE TABLE first (id int);")
SECOND = Migration("test/0002_second.sql", "CREATE TABLE second (id int); INSERT INTO first VALUES (1);")
BROKEN = Migration("test/0003_broken.sql", "CREATE TABLE third (id int); SELECT nonsense;")


@pytest.fixture(autouse=True)
async def _empty(rig: Rig) -> None:
    await rig.connection.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")


async def test_migrations_are_applied_once(rig: Rig) -> None:
    assert await migrate(rig.database_url, SCHEMA, [FIRST]) == [FIRST.name]
    assert await migrate(rig.database_url, SCHEMA, [FIRST, SECOND]) == [SECOND.name]
    assert await migrate(rig.database_url, SCHEMA, [FIRST, SECOND]) == []
    assert await rig.connection.fetchval("SELECT count(*) FROM customers.first") == 1


async def test_a_changed_migration_is_refused_and_nothing_is_applied(rig: Rig) -> None:
    await migrate(rig.database_url, SCHEMA, [FIRST])
    changed = replace(FIRST, sql=FIRST.sql + " -- a thought")
    with pytest.raises(MigrationRefused, match="0001_first"):
        await migrate(rig.database_url, SCHEMA, [changed, SECOND])
    assert await rig.connection.fetchval("SELECT to_regclass($1)", f"{SCHEMA}.second") is None


async def test_a_missing_migration_is_refused(rig: Rig) -> None:
    await migrate(rig.database_url, SCHEMA, [FIRST, SECOND])
    with pytest.raises(MigrationRefused, match="gone"):
        await migrate(rig.database_url, SCHEMA, [SECOND])


async def test_a_migration_that_fails_leaves_nothing_of_itself(rig: Rig) -> None:
    with pytest.raises(asyncpg.UndefinedColumnError):
        await migrate(rig.database_url, SCHEMA, [FIRST, SECOND, BROKEN])
    assert await rig.connection.fetchval("SELECT to_regclass($1)", f"{SCHEMA}.third") is None
    assert await migrate(rig.database_url, SCHEMA, [FIRST, SECOND]) == []


async def test_two_runs_at_once_apply_each_migration_once(rig: Rig) -> None:
    runs = await asyncio.gather(*(migrate(rig.database_url, SCHEMA, [FIRST, SECOND]) for _ in range(3)))
    assert sorted(name for names in runs for name in names) == [FIRST.name, SECOND.name]
