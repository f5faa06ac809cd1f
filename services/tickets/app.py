"""The tickets service, put together."""

from fastapi import Depends, FastAPI

from services.chassis.http import require_service_token
from services.chassis.service import Service
from services.chassis.settings import ServiceSettings
from services.tickets.api import build_router
from services.tickets.messaging import subscribe
from services.tickets.usecases import Commands, Tickets


def create_app(settings: ServiceSettings) -> FastAPI:
    service = Service(settings, "tickets")
    subscribe(service, Commands(service.clock))
    return service.app(build_router(Tickets(service.database), guard=Depends(require_service_token(settings))))
