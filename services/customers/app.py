"""The customers service, put together."""

from fastapi import Depends, FastAPI

from services.chassis.http import require_service_token
from services.chassis.service import Service
from services.chassis.settings import ServiceSettings
from services.customers.api import build_router
from services.customers.messaging import subscribe
from services.customers.refolding import Refolding
from services.customers.usecases import Cards, Configuration


def create_app(settings: ServiceSettings) -> FastAPI:
    service = Service(settings, "customers")
    subscribe(service)
    refolding = Refolding(service.database)
    service.run_beside(refolding.start, refolding.stop)
    cards, configuration = Cards(service.database, service.clock), Configuration(service.database)
    return service.app(build_router(cards, configuration, guard=Depends(require_service_token(settings))))
