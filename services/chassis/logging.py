"""Structured logs: what happened, where, to which correlation id, and never what a person wrote.

An exception's message may quote its input (a validation error, a unique key), so errors are described by type, place
and database code only, whether they are logged here or by a library.
"""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, Final

import asyncpg
import structlog
from structlog.typing import Processor

from services.chassis.context import current_cause
from services.chassis.settings import ServiceSettings

FRAMES: Final = 6
QUIET: Final = ("aio_pika", "aiormq", "asyncpg", "httpx", "httpcore", "websockets", "faststream", "dymek.faststream")
"""Libraries whose lower levels print bodies, addresses or one line per message."""


def describe(error: BaseException) -> dict[str, str]:
    """What a log may say of `error`: its type, its place, its database code."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    said = {"error": type(error).__qualname__}
    if frames:
        said["where"] = " > ".join(f"{_short(frame.filename)}:{frame.lineno}:{frame.name}" for frame in frames)
    if isinstance(error, asyncpg.PostgresError):
        said["sqlstate"] = error.sqlstate or ""
        constraint = getattr(error, "constraint_name", None)
        if constraint:
            said["constraint"] = constraint
    cause = error.__cause__
    if cause is not None:
        said["cause"] = type(cause).__qualname__
    return said


def _short(filename: str) -> str:
    return "/".join(filename.split("/")[-2:])


def _describe_exceptions(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace exc_info by its description, before a renderer would print the message."""
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    error = info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event.update(describe(error))
    event.pop("exception", None)
    return event


def _add_correlation(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Say which work the line belongs to. Done here, and not when the work begins: most work logs nothing."""
    cause = current_cause()
    if cause is not None:
        event["correlation_id"] = str(cause.correlation_id)
    return event


def configure_logging(settings: ServiceSettings, service: str) -> None:
    """Send every log of this process to stdout in the configured form."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        _add_correlation,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _describe_exceptions,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    renderer: Processor
    if settings.log_format == "json":
        renderer = structlog.processors.JSONRenderer()
    else:
        renderer = structlog.dev.ConsoleRenderer(colors=sys.stdout.isatty(), pad_event_to=0)

    def add_service(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        event["service"] = service
        return event

    final: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer]
    if settings.log_format == "json":
        final.insert(1, add_service)
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=final))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.log_level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers = []
        logging.getLogger(name).propagate = True
