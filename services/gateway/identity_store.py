"""The SQL of widgets' secrets and of what their tokens have said."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from contracts.address import Address
from contracts.public import WidgetSummary
from services.chassis.database import Connection
from services.gateway.domain.identity import Identity
from services.gateway.store import QUERIES


class Vouched(NamedTuple):
    """The address that a site vouches for, and until when."""

    address: Address
    until: datetime


async def secret(connection: Connection, widget_id: UUID) -> str | None:
    """What the widget's site signs with; None where it does not."""
    found: str | None = await connection.fetchval(QUERIES.widget_secret, widget_id)
    return found


async def claim(connection: Connection, widget_id: UUID, visitor_id: UUID, identity: Identity, secret: str) -> bool:
    """Note for whom the site vouches; False when another visitor has this token, or the secret is another by now."""
    given = (widget_id, identity.token_id, visitor_id, identity.address, identity.until, secret)
    return await connection.fetchval(QUERIES.claim_identity, *given) is not None


async def vouched(connection: Connection, visitor_id: UUID, now: datetime) -> Vouched | None:
    """The address that is vouched for now, of this visitor."""
    row = await connection.fetchrow(QUERIES.vouched_address, visitor_id, now)
    return None if row is None else Vouched(row["identity_address"], row["identity_until"])


async def replace_secret(connection: Connection, widget_key: str, secret: str) -> bool:
    """Have the widget's site sign with this secret, and end what was vouched for with the one before.

    Within a transaction: the second statement then sees what was claimed before the first. False: no such widget.
    """
    widget_id = await connection.fetchval(QUERIES.replace_secret, widget_key, secret)
    if widget_id is None:
        return False
    await connection.execute(QUERIES.end_identities, widget_id)
    return True


async def forget(connection: Connection, before: datetime, most: int) -> int:
    """Forget tokens and addresses that ran out before then, at most so many of each; the larger of both numbers."""
    gone: Sequence[str] = [
        await connection.execute(statement, before, most)
        for statement in (QUERIES.forget_tokens, QUERIES.forget_identities)
    ]
    return max(int(status.split()[-1]) for status in gone)


async def widgets(connection: Connection) -> tuple[WidgetSummary, ...]:
    """Every widget, by its key."""
    return tuple(WidgetSummary(**row) for row in await connection.fetch(QUERIES.widgets))
