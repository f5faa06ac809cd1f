"""Which failures are worth another try, and which connections are worth nothing any more."""

import asyncpg
import pytest

from services.chassis.errors import Unavailable, Unroutable
from services.chassis.faults import connection_is_unusable, is_transient, retry_reason


@pytest.mark.parametrize(
    ("error", "transient", "retried", "unusable"),
    [
        (asyncpg.SerializationError(), True, "40001", False),
        (asyncpg.DeadlockDetectedError(), True, "40P01", False),
        (asyncpg.AdminShutdownError(), True, "connection", True),
        (asyncpg.ReadOnlySQLTransactionError(), True, "connection", True),
        (asyncpg.ConnectionDoesNotExistError(), True, "connection", True),
        (asyncpg.InterfaceError("connection is closed"), True, "connection", True),
        (asyncpg.InternalClientError("another operation is in progress"), True, "connection", True),
        (ConnectionResetError(), True, "connection", True),
        (asyncpg.TooManyConnectionsError(), True, None, False),
        (asyncpg.DiskFullError(), True, None, False),
        (asyncpg.IdleInTransactionSessionTimeoutError(), True, "connection", True),
        (asyncpg.LockNotAvailableError(), True, None, False),
        (asyncpg.QueryCanceledError(), True, None, False),
        (TimeoutError(), True, None, True),
        (Unavailable("away"), True, None, False),
        (Unroutable("key"), True, None, False),
        (asyncpg.UniqueViolationError(), False, None, False),
        (asyncpg.UndefinedTableError(), False, None, False),
        (ValueError(), False, None, False),
        (KeyError(), False, None, False),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_each_failure_is_judged(error: Exception, transient: bool, retried: str | None, unusable: bool) -> None:
    assert is_transient(error) is transient
    assert retry_reason(error) == retried
    assert connection_is_unusable(error) is unusable
