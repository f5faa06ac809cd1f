"""The tickets service, put together."""

from fastapi import Depends, FastAPI

from services.chassis.http import require_service_token
from services.chassis.service import Service
from services.chassis.settings import ServiceSettings
from services.tickets.api import build_router
from services.tickets.changes import Changes
from services.tickets.conversations_api import build_conversations_router
from services.tickets.messaging import subscribe
from services.tickets.usecases import Commands
from services.tickets.views import Views
from services.tickets.work import REOPEN


def create_app(settings: ServiceSettings) -> FastAPI:
    service = Service(settings, "tickets")
    commands, views = Commands(service.clock), Views(service.database, service.clock)
    subscribe(service, commands)
    service.on_deadline(REOPEN, commands.reopen)
    guard = Depends(require_service_token(settings))
    return service.app(
        build_router(views, Changes(service.database, service.clock), guard=guard),
        build_conversations_router(views, guard=guard),
    )
