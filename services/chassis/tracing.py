"""Tracing hooks: a trace follows a message through the envelope's `traceparent` (W3C).

Only the OpenTelemetry API is used; without a configured SDK spans are no-ops and an incoming traceparent is simply
passed on, so that one service with tracing on is not cut off by one without.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from opentelemetry import context as otel_context
from opentelemetry import trace
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

_propagator = TraceContextTextMapPropagator()
_tracer = trace.get_tracer("dymek")


def current_traceparent(otherwise: str | None = None) -> str | None:
    """The traceparent of the current span, or `otherwise` when no span is recorded."""
    span = trace.get_current_span().get_span_context()
    if not span.is_valid:
        return otherwise
    return f"00-{span.trace_id:032x}-{span.span_id:016x}-{span.trace_flags:02x}"


def span(name: str, traceparent: str | None = None) -> AbstractContextManager[None]:
    """Record the work inside as a span, child of `traceparent` when given; nothing where no SDK is set up."""
    if isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider):
        return nullcontext()
    return _recorded(name, traceparent)


@contextmanager
def _recorded(name: str, traceparent: str | None) -> Iterator[None]:
    parent = _propagator.extract({"traceparent": traceparent}) if traceparent else otel_context.get_current()
    # The exception's message may hold what a person wrote, so the span says only that it failed.
    with _tracer.start_as_current_span(name, parent, record_exception=False, set_status_on_exception=False) as current:
        try:
            yield
        except BaseException as error:
            current.set_status(trace.Status(trace.StatusCode.ERROR, type(error).__name__))
            raise
