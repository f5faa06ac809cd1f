"""Sessions: who sits at the console, and how they signed in.

Invariants: a password exists only as its argon2id hash, a session token only as its SHA-256; a wrong password and an
unknown account get the same answer in the same time; what a session may do is read anew from the account each time.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from contracts.public import Me
from services.chassis.clock import Clock, Ids
from services.chassis.database import Database
from services.gateway import store
from services.gateway.domain.address import limited_as
from services.gateway.limiter import Limiter
from services.gateway.passwords import Passwords
from services.gateway.store import Session

PROLONG_AFTER: Final = timedelta(minutes=10)
"""A session is prolonged at most so often: reading one is frequent, writing it need not be."""


class WrongCredentials(Exception):
    """The address or the password is wrong."""


class TooManyAttempts(Exception):
    """Too many sign-ins failed; wait `retry_after` seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"wait {retry_after:.0f} s")
        self.retry_after = retry_after


def token_hash(token: str) -> bytes:
    """What is stored of a random token. It has 256 random bits, so that a fast hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


class Accounts:
    def __init__(
        self,
        database: Database,
        passwords: Passwords,
        clock: Clock,
        ids: Ids,
        *,
        per_address: Limiter,
        per_account: Limiter,
        idle: timedelta,
        longest: timedelta,
    ) -> None:
        self._database = database
        self._passwords = passwords
        self._clock = clock
        self._ids = ids
        self._per_address = per_address
        self._per_account = per_account
        self._idle = idle
        self._longest = longest

    async def sign_in(self, email: str, password: str, address: str) -> tuple[str, Me]:
        """Open a session. Returns its token, which exists nowhere else, and whose it is.

        Raises WrongCredentials, or TooManyAttempts before anything is looked up.
        """
        keys = ((self._per_address, limited_as(address)), (self._per_account, store.email_key(email)))
        wait = max([limiter.wait(key) for limiter, key in keys])
        if wait:
            raise TooManyAttempts(wait)
        async with self._database.connection() as connection:
            account = await store.account(connection, email)
        if not await self._passwords.matches(password, account.password_hash if account else None) or account is None:
            raise WrongCredentials
        for limiter, key in keys:
            limiter.forgive(key)
        token = secrets.token_urlsafe(32)
        now = self._clock.now()
        newer_hash = (
            await self._passwords.hash(password) if self._passwords.is_outdated(account.password_hash) else None
        )
        async with self._database.connection() as connection:
            if newer_hash is not None:
                await store.rehash(connection, account.agent_id, account.password_hash, newer_hash)
            await store.open_session(
                connection,
                session_id=self._ids.new(),
                agent_id=account.agent_id,
                token_hash=token_hash(token),
                now=now,
                expires_at=self._expiry(now, now),
            )
        return token, Me(agent_id=account.agent_id, name=account.name, email=account.email, role=account.role)

    async def session(self, token: str | None) -> Session | None:
        """The open session of a token, prolonged by this use; None when there is none."""
        if not token:
            return None
        now = self._clock.now()
        async with self._database.connection() as connection:
            session = await store.session(connection, token_hash(token), now)
            if session is not None:
                expires_at = self._expiry(session.created_at, now)
                if expires_at - session.expires_at > PROLONG_AFTER:
                    await store.prolong_session(connection, session.session_id, expires_at)
        return session

    async def sign_out(self, token: str) -> UUID | None:
        """Close the session; its id, None when it was not open. Sockets elsewhere close with the next beat."""
        async with self._database.connection() as connection:
            return await store.close_session(connection, token_hash(token))

    async def live_sessions(self, session_ids: list[UUID]) -> dict[UUID, Session]:
        """Those of these sessions, each with a console open, that are open themselves; this use prolongs them."""
        now = self._clock.now()
        async with self._database.connection() as connection:
            await store.prolong_sessions(
                connection, session_ids, now, idle=self._idle, longest=self._longest, once_in=PROLONG_AFTER
            )
            return await store.live_sessions(connection, session_ids, now)

    def _expiry(self, created_at: datetime, now: datetime) -> datetime:
        return min(now + self._idle, created_at + self._longest)
