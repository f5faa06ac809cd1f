"""A customers service of the test's own."""

import pytest_asyncio

from tests.support.in_process import migrated


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def customers_url(database_urls: dict[str, str]) -> str:
    """The customers service's schema."""
    return await migrated("customers", database_urls)
