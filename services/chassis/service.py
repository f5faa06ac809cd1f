"""One service, put together: so that an app.py only says which handlers, routes and timers it has.

    service = Service(settings, "router")
    service.consume(queue, handler, prefetch=1, title="Conversation commands")
    service.on_deadline("offer", expire_offer)
    return service.app(build_router(...))

The lifespan opens database, broker, topology, relay, worker and consumers in that order, and closes them the other way
round: what is under way is finished and published before the connections go.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

import asyncpg
import structlog
from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from contracts import catalogue
from contracts.topology import Queue
from services.chassis.broker import (
    GRACEFUL_SECONDS,
    Handler,
    build_broker,
    consume,
    start_consuming,
    step_back,
    stop_consuming,
)
from services.chassis.clock import Clock, Ids, RandomIds, SystemClock
from services.chassis.database import Database
from services.chassis.deadline_worker import DeadlineWorker
from services.chassis.deadline_worker import Handler as DeadlineHandler
from services.chassis.errors import Unavailable
from services.chassis.faults import DATABASE, is_transient
from services.chassis.health import Check, database_check, health_router, outbox_check, queues_check
from services.chassis.http import require_service_token
from services.chassis.inbox import forget_regularly
from services.chassis.link import Link
from services.chassis.logging import configure_logging, describe
from services.chassis.outbox import Letterhead
from services.chassis.publisher import Publisher
from services.chassis.relay import Relay
from services.chassis.settings import ServiceSettings
from services.chassis.tasks import end
from services.chassis.topology import declare_topology

RETRY_SECONDS: Final = 1.0
CLOSE_SECONDS: Final = 5.0

Hook = Callable[[], Awaitable[None]]

log = structlog.stdlib.get_logger("dymek.service")


class Service:
    """The parts of one service: `database, broker, link, publisher, relay, deadline_worker, letterhead, clock, ids`."""

    def __init__(
        self,
        settings: ServiceSettings,
        name: catalogue.Service,
        *,
        clock: Clock | None = None,
        ids: Ids | None = None,
    ) -> None:
        self.settings = settings
        self.name: catalogue.Service = name
        self.clock: Clock = clock or SystemClock()
        self.ids: Ids = ids or RandomIds()
        self.letterhead = Letterhead(f"dymek/{name}", self.clock, self.ids)
        self.database = Database(
            settings.database_url.get_secret_value(),
            schema=name,
            letterhead=self.letterhead,
            pool_size=settings.database_pool_size,
        )
        self.link = Link(settings.amqp_url.get_secret_value(), f"dymek-{name}")
        self.relay = Relay(self.database, self.link, repair=self._declare)
        self.publisher = Publisher(self.link, self.letterhead)
        self.broker = build_broker(settings, name, on_return=self._broker_returned)
        self._on_broker_return: list[Callable[[], None]] = []
        self._beside: list[tuple[Hook, Hook]] = []
        self.deadline_worker = DeadlineWorker(self.database, self.clock, ids=self.ids)
        self.database.on_rows = self.relay.take
        self.database.on_deadlines = self.deadline_worker.wake
        self._queues: list[str] = []

    def consume(self, queue: Queue, handler: Handler, *, prefetch: int, title: str) -> None:
        """Subscribe `handler`; see broker.consume. Readiness then asks for a consumer on the queue."""
        consume(self.broker, queue, handler, prefetch=prefetch, title=title)
        self._queues.append(queue.name)

    async def step_back(self, queue: Queue) -> None:
        """Let another process be the active consumer of a queue that has only one; see broker.step_back."""
        await step_back(self.broker, queue.name)

    def on_deadline(self, kind: str, handler: DeadlineHandler) -> None:
        self.deadline_worker.on(kind, handler)

    def on_broker_return(self, hook: Callable[[], None]) -> None:
        """Call `hook` whenever the consuming connection was lost and has come back."""
        self._on_broker_return.append(hook)

    def run_beside(self, start: Hook, stop: Hook) -> None:
        """Run something in the background for as long as the service consumes."""
        self._beside.append((start, stop))

    def app(
        self,
        *routers: APIRouter,
        on_start: Sequence[Hook] = (),
        on_stop: Sequence[Hook] = (),
        checks: Sequence[Check] = (),
    ) -> FastAPI:
        """The FastAPI application. `on_start` runs when all is open but nothing consumed yet; `on_stop` runs first."""
        configure_logging(self.settings, self.name)

        @asynccontextmanager
        async def lifespan(_: FastAPI) -> AsyncIterator[None]:
            async with self.running(on_start=on_start, on_stop=on_stop):
                yield

        app = FastAPI(title=f"dymek {self.name}", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
        guard = Depends(require_service_token(self.settings))
        app.include_router(health_router([*self._checks(), *checks], guard=guard))
        for router in routers:
            app.include_router(router)
        app.add_exception_handler(Unavailable, _answer_unavailable)
        for fault in DATABASE:
            app.add_exception_handler(fault, _answer_database_fault)
        app.state.service = self
        return app

    @asynccontextmanager
    async def running(self, *, on_start: Sequence[Hook] = (), on_stop: Sequence[Hook] = ()) -> AsyncIterator[None]:
        """Everything open, in order, and closed again."""
        async with AsyncExitStack() as stack:
            await _persist("database", self.database.open)
            stack.push_async_callback(self.database.close)
            await self.link.open()
            stack.push_async_callback(_within, CLOSE_SECONDS, self.link.close)
            await _persist("broker", self._declare)
            await self.relay.start()
            stack.push_async_callback(self.relay.stop)
            for hook in on_start:
                await hook()
            await self.deadline_worker.start()
            stack.push_async_callback(self.deadline_worker.stop)
            forgetting = asyncio.create_task(forget_regularly(self.database), name="inbox-forget")
            stack.push_async_callback(end, [forgetting])
            await start_consuming(self.broker)
            stack.push_async_callback(_within, GRACEFUL_SECONDS + CLOSE_SECONDS, stop_consuming, self.broker)
            for start, stop in self._beside:
                await start()
                stack.push_async_callback(stop)
            for hook in on_stop:
                stack.push_async_callback(hook)
            log.info("service_started", port=self.settings.port)
            yield
            log.info("service_stopping")

    def _broker_returned(self, _: object) -> None:
        log.info("broker_returned")
        for hook in self._on_broker_return:
            hook()

    async def _declare(self) -> None:
        await declare_topology(self.link)

    def _checks(self) -> list[Check]:
        return [
            database_check(self.database),
            queues_check(self.link, lambda: self._queues),
            outbox_check(self.relay, self.settings.outbox_lag_bound_seconds),
        ]


async def _persist(what: str, step: Hook) -> None:
    """Wait for a server that is not up yet, instead of dying and being started again."""
    while True:
        try:
            return await step()
        except Exception as error:
            if not isinstance(error, OSError) and not is_transient(error):
                raise
            log.warning("waiting", what=what, **describe(error))
        await asyncio.sleep(RETRY_SECONDS)


async def _within(seconds: float, step: Callable[..., Awaitable[None]], *arguments: object) -> None:
    """Close something, but do not let a server that no longer answers keep the process alive."""
    try:
        async with asyncio.timeout(seconds):
            await step(*arguments)
    except TimeoutError:
        log.warning("not_closed_in_time", what=step.__name__)


async def _answer_unavailable(_: Request, __: Exception) -> JSONResponse:
    return JSONResponse({"detail": "unavailable"}, status_code=503)


async def _answer_database_fault(request: Request, error: Exception) -> Response:
    """What passes by itself is answered as everything that is away for a while; the rest is our own mistake."""
    handlers = request.app.exception_handlers
    answer: Response
    if is_transient(error):
        answer = await handlers[Unavailable](request, error)
    elif isinstance(error, asyncpg.CharacterNotInRepertoireError):
        # A text of the request's holds U+0000.
        fault = {"loc": ("request",), "type": "string_nul", "msg": "U+0000 cannot be stored"}
        answer = await handlers[RequestValidationError](request, RequestValidationError([fault]))
    else:
        raise error
    return answer
