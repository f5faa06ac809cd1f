"""Logs say what failed and where, never what a person wrote."""

import io
import json
import logging
from collections.abc import Iterator
from uuid import uuid4

import pytest
import structlog
from pydantic import BaseModel

from services.chassis.context import Cause, bound
from services.chassis.logging import configure_logging, describe
from services.chassis.settings import ServiceSettings

SECRET = "what the visitor wrote"


class Strict(BaseModel):
    number: int


class Log:
    """The log of a service as it is written to stdout, read back line by line."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    def lines(self) -> list[dict[str, str]]:
        return [json.loads(line) for line in self.stream.getvalue().splitlines()]


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[Log]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    settings = ServiceSettings.model_validate(
        {
            "amqp_url": "amqp://a/",
            "database_url": "postgresql://a/",
            "service_token": "t",
            "port": 0,
            "environment": "development",
        }
    )
    result = Log()
    monkeypatch.setattr("sys.stdout", result.stream)
    configure_logging(settings, "router")
    yield result
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def fails() -> None:
    Strict.model_validate({"number": SECRET})


def test_an_error_is_described_by_type_and_place() -> None:
    with pytest.raises(ValueError, match="number") as raised:
        fails()
    described = describe(raised.value)
    assert described["error"] == "ValidationError"
    assert "test_logging.py" in described["where"]
    assert SECRET not in str(described)


def test_an_exception_logged_by_us_or_by_a_library_is_not_quoted(log: Log) -> None:
    for logger in (structlog.stdlib.get_logger("ours"), logging.getLogger("theirs")):
        try:
            fails()
        except ValueError:
            logger.exception("failed")
    first, second = log.lines()
    for line in (first, second):
        assert (line["event"], line["error"], line["service"]) == ("failed", "ValidationError", "router")
        assert SECRET not in json.dumps(line)


def test_a_line_carries_the_correlation_of_its_work(log: Log) -> None:
    ours = structlog.stdlib.get_logger("ours")
    correlation_id = uuid4()
    with bound(Cause(correlation_id, None, None)):
        ours.info("inside")
        logging.getLogger("theirs").warning("inside too")
    ours.info("outside")
    inside, inside_too, outside = log.lines()
    assert inside["correlation_id"] == inside_too["correlation_id"] == str(correlation_id)
    assert "correlation_id" not in outside


def test_libraries_that_print_bodies_are_kept_quiet(log: Log) -> None:
    logging.getLogger("aio_pika.exchange").info("Publishing message %s", SECRET)
    logging.getLogger("httpx").info("GET /internal/customers?email=%s", SECRET)
    assert log.lines() == []
