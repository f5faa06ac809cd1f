"""Which routers there are."""

from datetime import timedelta
from uuid import UUID

from services.chassis.database import Connection
from services.router.store import QUERIES


async def tell(connection: Connection, process_id: UUID, gone_after: timedelta) -> list[UUID]:
    """Note that the process is there, and forget who has not said so for `gone_after`; all there are, in order."""
    await connection.execute(QUERIES.tell_process, process_id)
    return [row["id"] for row in await connection.fetch(QUERIES.processes, gone_after)]


async def forget(connection: Connection, process_id: UUID) -> None:
    """The process goes."""
    await connection.execute(QUERIES.forget_process, process_id)
