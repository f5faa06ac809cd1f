"""The committed schemas are what the migrations come to."""

import asyncpg
import pytest

from deploy.local.provision import SERVICES
from tests.support.schema import migrated_schema, path_of, written


@pytest.mark.parametrize("service", SERVICES)
async def test_all_migrations_together_equal_the_committed_schema(service: str, database_urls: dict[str, str]) -> None:
    schema = await migrated_schema(database_urls[service], service)
    assert path_of(service).read_text("utf-8") == schema, "run `make schema` and commit what it writes"


@pytest.mark.parametrize("service", SERVICES)
async def test_a_committed_schema_makes_the_tables_it_describes(service: str, database_url: str) -> None:
    committed = path_of(service).read_text("utf-8")
    connection = await asyncpg.connect(database_url, server_settings={"search_path": service})
    try:
        await connection.execute(committed)
    finally:
        await connection.close()
    assert committed.endswith(await written(database_url, service))


async def test_what_a_schema_file_cannot_express_is_refused(database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute("CREATE SCHEMA strange; CREATE VIEW strange.one AS SELECT 1")
    finally:
        await connection.close()
    with pytest.raises(ValueError, match="relation one"):
        await written(database_url, "strange")
