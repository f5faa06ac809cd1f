"""The gateway, put together."""

import asyncio
import secrets
from datetime import timedelta

from fastapi import Depends, FastAPI

from services.chassis.health import Check, NotReady, queues_check, service_check
from services.chassis.http import InternalClient, require_service_token
from services.chassis.service import Service
from services.gateway import browsers, problems
from services.gateway.accounts import Accounts
from services.gateway.admin_api import build_admin_router
from services.gateway.agents import Agents
from services.gateway.api import build_session_router, build_visitor_router, build_widget_router
from services.gateway.beats import Beats
from services.gateway.bindings import Bindings
from services.gateway.customers_api import build_customers_router
from services.gateway.desk_api import build_desk_router
from services.gateway.doors import Doors
from services.gateway.earlier_conversations import EarlierConversations
from services.gateway.guards import OriginCheck, SecurityHeaders
from services.gateway.hub import Hub
from services.gateway.identity import Identities
from services.gateway.internal_api import build_internal_router
from services.gateway.limiter import Limiter
from services.gateway.live import Live
from services.gateway.mails_api import build_mails_router
from services.gateway.messaging import LiveQueue
from services.gateway.names_api import build_names_router
from services.gateway.passwords import Passwords
from services.gateway.preferences import Preferences
from services.gateway.preferences_api import build_preferences_router
from services.gateway.presence import Presence
from services.gateway.ratings_api import build_ratings_router
from services.gateway.requests import Requests
from services.gateway.settings import GatewaySettings
from services.gateway.shutdown import drain_before_stop
from services.gateway.static_files import build_static_router, mount_directories
from services.gateway.templates import ReplyTemplates
from services.gateway.templates_api import build_templates_router
from services.gateway.ticket_references import References
from services.gateway.tickets_api import build_tickets_router
from services.gateway.topics import TopicList
from services.gateway.widgets import Widgets
from services.gateway.widgets_api import build_widgets_router
from services.gateway.ws import build_socket_router


def create_app(settings: GatewaySettings) -> FastAPI:
    service = Service(settings, "gateway")
    token = settings.service_token.get_secret_value()
    router, tickets, customers, notifier = (
        InternalClient(url, token)
        for url in (settings.router_url, settings.tickets_url, settings.customers_url, settings.notifier_url)
    )
    passwords = Passwords(settings.password_threads, settings.password_memory_kib)
    accounts = Accounts(
        service.database,
        passwords,
        service.clock,
        service.ids,
        per_address=Limiter(settings.sign_in_address_rate),
        per_account=Limiter(settings.account_rate),
        idle=timedelta(hours=settings.session_idle_hours),
        longest=timedelta(hours=settings.session_max_hours),
    )
    agents = Agents(service.database, passwords, service.ids)
    topics = TopicList(router)
    references = References(topics, agents, router=router, customers=customers)
    templates = ReplyTemplates(service.database, topics)
    widgets = Widgets(service.database, topics, service.clock, service.ids)
    identities = Identities(service.database, service.clock)
    service.run_beside(identities.start, identities.stop)
    earlier = EarlierConversations(identities, router=router, customers=customers)

    hub = Hub()
    live_queue = LiveQueue(service.broker, secrets.token_hex(8), lambda message: live.deliver(message))
    bindings = Bindings(live_queue)
    requests = Requests(service.publisher, bindings, settings.answer_seconds)

    live = Live(
        settings=settings,
        database=service.database,
        clock=service.clock,
        ids=service.ids,
        accounts=accounts,
        publisher=service.publisher,
        router=router,
        customers=customers,
        hub=hub,
        bindings=bindings,
        requests=requests,
        topics=topics,
        identities=identities,
        earlier=earlier,
        starts=Limiter(settings.visitor_rate),
    )
    topics.on_change(live.tell_topics)
    beats = Beats(live)
    presence = Presence(hub, service.publisher, service.clock, service.ids, every=settings.presence_seconds)
    doors = Doors(most=settings.sockets, most_per_address=settings.sockets_per_address)
    service.on_broker_return(beats.beat_soon)
    service.on_broker_return(presence.tell_soon)

    async def start() -> None:
        await asyncio.to_thread(browsers.prepare)
        await passwords.open()
        await beats.start()
        await presence.start()
        drain_before_stop(beats.drain)

    async def stop() -> None:
        await beats.stop()
        await presence.stop()
        passwords.close()
        for client in (router, tickets, customers, notifier):
            await client.close()

    async def not_draining() -> None:
        if beats.draining:
            raise NotReady("this gateway is going away")

    app = service.app(
        build_widget_router(widgets, Limiter(settings.visitor_rate)),
        build_session_router(accounts, live, settings),
        build_preferences_router(accounts, Preferences(service.database), settings),
        build_visitor_router(widgets, earlier, identities, Limiter(settings.visitor_rate)),
        build_desk_router(accounts, settings, router),
        build_names_router(accounts, agents, settings),
        build_customers_router(accounts, settings, customers=customers, router=router, tickets=tickets),
        build_tickets_router(accounts, settings, tickets, references),
        build_ratings_router(accounts, settings, tickets),
        build_mails_router(accounts, settings, notifier),
        build_admin_router(accounts, agents, live, router, settings, accounts_changed=beats.beat_soon),
        build_templates_router(accounts, templates, settings),
        build_widgets_router(accounts, identities, settings),
        build_internal_router(agents, widgets, guard=Depends(require_service_token(settings))),
        build_socket_router(live, beats, doors),
        build_static_router(settings, widgets),
        on_start=[start],
        on_stop=[stop],
        checks=[
            queues_check(service.link, lambda: [live_queue.queue.name]),
            Check("draining", not_draining),
            service_check("router", settings.router_url),
            service_check("tickets", settings.tickets_url),
            service_check("customers", settings.customers_url),
            service_check("notifier", settings.notifier_url),
        ],
    )
    mount_directories(app, settings)
    problems.install(app)
    app.add_middleware(OriginCheck, own=settings.own_origins)
    app.add_middleware(SecurityHeaders, secure=settings.secure)
    return app
