"""What can go wrong between services, as types that use cases and routes can catch."""


class Unavailable(Exception):
    """Another part of the system does not answer now; nothing was lost, and trying again makes sense."""


class Unroutable(Unavailable):
    """The broker has no queue for a message that somebody must get."""

    def __init__(self, routing_key: str) -> None:
        super().__init__(f"no queue takes messages with the routing key {routing_key!r}")
        self.routing_key = routing_key


class InternalHttpError(Exception):
    """Another service refused an internal HTTP request; `body` is its whole answer, such as what it keeps now."""

    def __init__(self, status: int, detail: str = "", body: bytes = b"") -> None:
        super().__init__(f"internal request answered {status}")
        self.status = status
        self.detail = detail
        self.body = body


class NotFound(InternalHttpError):
    """There is no such thing."""


class Forbidden(InternalHttpError):
    """The caller may not see or do it."""


class Conflict(InternalHttpError):
    """The thing is not in a state that allows it; `detail` says which rule was met."""
