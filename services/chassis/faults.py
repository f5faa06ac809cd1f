"""Which failures of the database pass by themselves, and which connections are beyond use after them."""

from typing import Final

import asyncpg

from services.chassis.errors import Unavailable

REFUSED: Final = (asyncpg.CannotConnectNowError, asyncpg.TooManyConnectionsError)
SERIALISATION: Final = frozenset({"40001", "40P01"})
UNUSABLE: Final = frozenset({"25006", "25P03", "57P01", "57P02", "57P03", "57P05"})
DATABASE: Final = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
"""Everything asyncpg raises."""


def connection_is_unusable(error: BaseException) -> bool:
    """Whether the connection that raised `error` must not be used again."""
    if isinstance(error, asyncpg.PostgresError):
        state = error.sqlstate or ""
        return state in UNUSABLE or state.startswith("08")
    return isinstance(error, (asyncpg.InterfaceError, OSError)) or _is_lost_connection(error)


def is_transient(error: BaseException) -> bool:
    """Whether doing the same again later may well succeed: conflicts, lost connections, time-outs."""
    if isinstance(error, asyncpg.PostgresError):
        state = error.sqlstate or ""
        # 53 a full disk, memory or connection limit, 55P03 a lock not given in time, 57014 a statement cut off in time.
        return state in SERIALISATION | UNUSABLE | {"55P03", "57014"} or state.startswith(("08", "53"))
    return isinstance(error, (Unavailable, ConnectionError, TimeoutError)) or _is_lost_connection(error)


def _is_lost_connection(error: BaseException) -> bool:
    # asyncpg says InternalClientError when it is used between the server's farewell and the end of the line.
    return isinstance(error, asyncpg.InternalClientError) or (
        isinstance(error, asyncpg.InterfaceError) and "clos" in str(error)
    )


def retry_reason(error: BaseException) -> str | None:
    """Why a whole transaction may be done again at once, or None when it must not."""
    if isinstance(error, asyncpg.PostgresError):
        state = error.sqlstate or ""
        if state in SERIALISATION:
            return state
        return "connection" if state in UNUSABLE or state.startswith("08") else None
    return "connection" if isinstance(error, ConnectionError) or _is_lost_connection(error) else None
