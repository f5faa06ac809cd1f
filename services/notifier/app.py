"""The notifier, put together."""

from fastapi import FastAPI

from services.chassis.service import Service
from services.chassis.settings import ServiceSettings
from services.notifier.messaging import subscribe


def create_app(settings: ServiceSettings) -> FastAPI:
    service = Service(settings, "notifier")
    subscribe(service)
    return service.app()
