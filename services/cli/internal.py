"""Internal HTTP as the command line uses it: one short conversation with one service."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from services.chassis.errors import Unavailable
from services.chassis.http import InternalClient
from services.cli.outcome import Failed
from services.cli.settings import CliSettings


@asynccontextmanager
async def asking(known: CliSettings, service: str) -> AsyncIterator[InternalClient]:
    """A client for the service; where it does not answer, Failed says which and where."""
    address = known.services()[service]
    client = InternalClient(address, known.service_token.get_secret_value())
    try:
        yield client
    except Unavailable:
        raise Failed(f"The {service} does not answer at {address}, or is not ready.") from None
    finally:
        await client.close()
