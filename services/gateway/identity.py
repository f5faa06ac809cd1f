"""For whom sites vouch: the tokens that pages hand over, and what they say of a visitor as long as they hold.

Invariants:
- the signature is checked first, by the widget's secret and HS256 alone (the library compares in constant time), and
  only then what the token says (domain/identity.py);
- a token is the first visitor's who brings it, who may bring it again; another visitor's is a copy;
- whatever is wrong with a token, its visitor is not verified and their chat goes on; the log says why in one word, and
  holds neither the token nor the address;
- nothing here knows whether there is a customer of an address.
"""

import asyncio
import secrets
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import jwt
import structlog
from jwt.types import Options

from contracts.public import WidgetSecret, WidgetSummaries
from services.chassis.clock import Clock
from services.chassis.database import Database, Transaction
from services.chassis.logging import describe
from services.chassis.tasks import end
from services.gateway import identity_store as store
from services.gateway.domain.identity import MAX_TOKEN, Identity, NotVouched, Reason, identity_of
from services.gateway.identity_store import Vouched
from services.gateway.store import Visitor

ALGORITHM: Final = "HS256"
SIGNATURE_ALONE: Final[Options] = {
    "verify_signature": True,
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
    "verify_aud": False,
    "verify_iss": False,
    "verify_sub": False,
    "verify_jti": False,
}
"""What a token says is judged by rules and a clock of our own."""
SECRET_BYTES: Final = 32
FORGET_SECONDS: Final = 600.0
KEPT: Final = timedelta(minutes=10)
"""Beyond its end, so that no gateway with a slower clock takes a forgotten token for a new one."""
BATCH: Final = 1000

log = structlog.stdlib.get_logger("dymek.identity")


class Identities:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._forgetting: asyncio.Task[None] | None = None

    async def hear(self, visitor: Visitor, token: str) -> bool:
        """Whether the token vouches for this visitor; from then on, until it runs out, its address is verified."""
        try:
            await self._claim(visitor, token)
        except NotVouched as refusal:
            self.refuse(visitor, refusal.reason)
            return False
        return True

    def refuse(self, visitor: Visitor, reason: Reason) -> None:
        """Say in the log why this visitor is not verified."""
        log.info("identity_refused", widget=visitor.widget.key, reason=reason)

    async def vouched(self, visitor_id: UUID) -> Vouched | None:
        """The address that a site vouches for now, of this visitor."""
        async with self._database.connection() as connection:
            return await store.vouched(connection, visitor_id, self._clock.now())

    async def new_secret(self, widget_key: str) -> WidgetSecret | None:
        """A new secret, which ends the old one and all that was signed with it; None when there is no such widget."""
        secret = secrets.token_urlsafe(SECRET_BYTES)

        async def attempt(tx: Transaction) -> bool:
            return await store.replace_secret(tx.connection, widget_key, secret)

        return WidgetSecret(secret=secret) if await self._database.run(attempt) else None

    async def widgets(self) -> WidgetSummaries:
        """Every widget, and whether it has a secret."""
        async with self._database.connection() as connection:
            return WidgetSummaries(widgets=await store.widgets(connection))

    async def _claim(self, visitor: Visitor, token: str) -> None:
        if len(token) > MAX_TOKEN:
            raise NotVouched("too_long")
        async with self._database.connection() as connection:
            secret = await store.secret(connection, visitor.widget_id)
        if secret is None:
            raise NotVouched("no_secret")
        identity = read_token(token, secret, visitor.widget.key, self._clock.now())
        async with self._database.connection() as connection:
            if not await store.claim(connection, visitor.widget_id, visitor.visitor_id, identity, secret):
                raise NotVouched("replayed")

    # --- what has run out

    async def start(self) -> None:
        self._forgetting = asyncio.create_task(self._forget_regularly(), name="identities-forget")

    async def stop(self) -> None:
        if self._forgetting is not None:
            await end([self._forgetting])

    async def forget(self) -> None:
        """Forget tokens and addresses that have run out."""
        forgotten = BATCH
        while forgotten == BATCH:
            async with self._database.connection() as connection:
                forgotten = await store.forget(connection, self._clock.now() - KEPT, BATCH)

    async def _forget_regularly(self) -> None:
        while True:
            try:
                await self.forget()
            except Exception as error:
                log.warning("identities_not_forgotten", **describe(error))
            await asyncio.sleep(FORGET_SECONDS)


def read_token(token: str, secret: str, widget_key: str, now: datetime) -> Identity:
    """Whom the token vouches for, to visitors of the widget whose secret this is. Raises NotVouched."""
    try:
        claims: dict[str, Any] = jwt.decode(token, secret, algorithms=[ALGORITHM], options=SIGNATURE_ALONE)
    except jwt.InvalidSignatureError:
        raise NotVouched("signature") from None
    except jwt.InvalidAlgorithmError:
        raise NotVouched("algorithm") from None
    except (jwt.PyJWTError, ValueError, RecursionError):
        # What is no token is refused by the library in several ways, as it meets it.
        raise NotVouched("malformed") from None
    return identity_of(claims, widget_key, now)
