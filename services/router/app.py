"""The router, put together."""

from datetime import timedelta

from fastapi import Depends, FastAPI

from services.chassis.clock import Clock
from services.chassis.http import require_service_token
from services.chassis.service import Service
from services.router.api import build_router
from services.router.domain.effects import ANSWER, OFFER
from services.router.facts import Facts
from services.router.inactivity import Inactivity
from services.router.messaging import PRESENCE_QUEUE, subscribe
from services.router.parameters import Parameters
from services.router.parameters_api import build_parameters_router
from services.router.presence import Presence
from services.router.routing import Routing
from services.router.settings import RouterSettings
from services.router.shares import Shares
from services.router.timers import CAPACITY, CHATS_LOST, GATEWAY, HOURS, INACTIVE, OFFERS_LOST, PRESENCE, STAFFED
from services.router.usecases import Commands
from services.router.views import Views
from services.router.vigil import Vigil
from services.router.work import PLACES, ROUTE


def build_service(settings: RouterSettings, *, clock: Clock | None = None) -> Service:
    """The service with its consumers and timers."""
    service = Service(settings, "router", clock=clock)
    commands = Commands(service.database, service.publisher, service.clock, service.ids)
    facts = Facts(service.database, service.clock, service.ids)
    vigil = Vigil(service.database, service.link, service.clock, PRESENCE_QUEUE.name)
    service.run_beside(vigil.start, vigil.stop)
    shares = Shares(service)
    service.run_beside(shares.start, shares.stop)
    lease = timedelta(seconds=settings.gateway_lease_seconds)
    presence = Presence(service.database, service.clock, service.ids, vigil, lease)
    subscribe(service, commands, facts, presence)
    routing = Routing(service.publisher, service.clock, service.ids)
    service.on_deadline(ROUTE, routing.route)
    service.on_deadline(OFFER, routing.offer_expired)
    service.on_deadline(ANSWER, routing.answer_overdue)
    service.on_deadline(PLACES, routing.tell_places)
    service.on_deadline(PRESENCE, presence.agent_moved)
    service.on_deadline(GATEWAY, presence.gateway_silent)
    service.on_deadline(OFFERS_LOST, presence.offers_lost)
    service.on_deadline(CHATS_LOST, presence.chats_lost)
    service.on_deadline(INACTIVE, Inactivity(service.clock, service.ids).look)
    parameters = _parameters(service)
    service.on_deadline(HOURS, parameters.hours_changed)
    service.on_deadline(STAFFED, parameters.staff_changed)
    service.on_deadline(CAPACITY, parameters.capacity_changed)
    return service


def build_app(service: Service) -> FastAPI:
    """The service's HTTP side; its lifespan runs the service."""
    guard = Depends(require_service_token(service.settings))
    return service.app(
        build_router(Views(service.database, service.clock), guard=guard),
        build_parameters_router(_parameters(service), guard=guard),
    )


def create_app(settings: RouterSettings) -> FastAPI:
    return build_app(build_service(settings))


def _parameters(service: Service) -> Parameters:
    return Parameters(service.database, service.clock, service.ids)
