"""The notifier, put together."""

from zoneinfo import ZoneInfo

from fastapi import Depends, FastAPI

from services.chassis.http import require_service_token
from services.chassis.service import Service
from services.notifier.api import build_router
from services.notifier.domain.limits import Limits
from services.notifier.domain.mails import House
from services.notifier.messaging import subscribe
from services.notifier.postman import Postman
from services.notifier.settings import NotifierSettings
from services.notifier.smtp import Carrier, MailServer
from services.notifier.usecases import Events, MailList


def create_app(settings: NotifierSettings) -> FastAPI:
    service = Service(settings, "notifier")
    house = House(settings.from_name, ZoneInfo(settings.time_zone), settings.time_zone, settings.console_url)
    limits = Limits(settings.confirmations_per_recipient, settings.confirmations_per_day)
    postman = Postman(service.database, service.clock, Carrier(mail_server(settings)))
    events = Events(service.clock, house, limits)
    subscribe(service, events, postman.wake)
    service.run_beside(postman.start, postman.stop)
    app = service.app(build_router(MailList(service.database), guard=Depends(require_service_token(settings))))
    app.state.events, app.state.postman = events, postman
    return app


def mail_server(settings: NotifierSettings) -> MailServer:
    """Where mail goes, as the settings say."""
    return MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        encryption=settings.smtp_encryption,
        sender=settings.from_address,
        sender_name=settings.from_name,
        username=settings.smtp_username,
        password=settings.smtp_password.get_secret_value(),
        seconds=settings.smtp_seconds,
    )
