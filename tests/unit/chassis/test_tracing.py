"""A trace with an SDK set up: spans are children of what the message brought, and say nothing of what went wrong."""

from collections.abc import Iterator

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from services.chassis import tracing
from services.chassis.tracing import current_traceparent, span

TRACE_ID = "0af7651916cd43dd8448eb211c80319c"
TRACEPARENT = f"00-{TRACE_ID}-b7ad6b7169203331-01"


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
    monkeypatch.setattr(tracing, "_tracer", provider.get_tracer("dymek"))
    yield exporter
    provider.shutdown()


def test_a_span_continues_the_trace_of_the_message(recorded: InMemorySpanExporter) -> None:
    with span("handling", TRACEPARENT):
        said = current_traceparent()
    (one,) = recorded.get_finished_spans()
    assert one.name == "handling"
    assert one.parent is not None
    assert f"{one.parent.span_id:016x}" == "b7ad6b7169203331"
    assert said == f"00-{TRACE_ID}-{one.context.span_id:016x}-01"


def test_a_failed_span_names_the_error_and_does_not_quote_it(recorded: InMemorySpanExporter) -> None:
    with pytest.raises(ValueError, match="words"), span("handling"):
        raise ValueError("the visitor's words")
    (one,) = recorded.get_finished_spans()
    assert one.status.description == "ValueError"
    assert not one.events


def test_without_an_sdk_nothing_is_recorded_and_the_trace_is_passed_on() -> None:
    with span("handling", TRACEPARENT):
        assert current_traceparent(TRACEPARENT) == TRACEPARENT
    assert current_traceparent() is None
