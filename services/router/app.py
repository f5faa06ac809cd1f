"""The router, put together."""

from fastapi import Depends, FastAPI

from services.chassis.clock import Clock
from services.chassis.http import require_service_token
from services.chassis.service import Service
from services.router.api import build_router
from services.router.facts import Facts
from services.router.messaging import subscribe
from services.router.routing import Routing
from services.router.settings import RouterSettings
from services.router.usecases import Commands
from services.router.views import Views
from services.router.work import OFFER, PLACES, ROUTE


def build_service(settings: RouterSettings, *, clock: Clock | None = None) -> Service:
    """The service with its consumers and timers."""
    service = Service(settings, "router", clock=clock)
    commands = Commands(service.database, service.publisher, service.clock, service.ids)
    subscribe(service, commands, Facts(service.database, service.clock, service.ids))
    routing = Routing(service.publisher, service.clock, service.ids)
    service.on_deadline(ROUTE, routing.route)
    service.on_deadline(OFFER, routing.offer_expired)
    service.on_deadline(PLACES, routing.tell_places)
    return service


def build_app(service: Service) -> FastAPI:
    """The service's HTTP side; its lifespan runs the service."""
    guard = Depends(require_service_token(service.settings))
    return service.app(build_router(Views(service.database, service.clock), guard=guard))


def create_app(settings: RouterSettings) -> FastAPI:
    return build_app(build_service(settings))
