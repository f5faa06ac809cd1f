"""Whom the notifier mails alerts of new tickets and missed chats to: those who chose so at their console."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest_asyncio

from contracts.base import NamedRef
from contracts.conversation import ConversationEnded
from contracts.tickets import TicketOpened
from tests.integration.gateway.behind import House, house
from tests.integration.gateway.conftest import SALES, SUPPORT
from tests.integration.gateway.test_preferences import choose
from tests.support.in_process import settled

CONTACTS = "notifier.agent.contact_changed.v1"
ACCOUNTS = 5
"""Of the four people and of the gateway's own agent the notifier hears when they are made."""
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def home(amqp_url: str, database_urls: dict[str, str]) -> AsyncIterator[House]:
    async with AsyncExitStack() as stack:
        async with settled(CONTACTS, ACCOUNTS):
            one = await stack.enter_async_context(house(amqp_url, database_urls))
        yield one


def opened(topic_id: UUID) -> TicketOpened:
    return TicketOpened(
        ticket_id=uuid4(),
        number=1042,
        topic=NamedRef(id=topic_id, name="Sprzedaż"),
        subject_line="Pytanie o wysyłkę",
        name="Anna Nowak",
        email="anna@example.com",
        opened_at=AT,
    )


def missed(topic_id: UUID) -> ConversationEnded:
    return ConversationEnded(
        conversation_id=uuid4(),
        topic=NamedRef(id=topic_id, name="Sprzedaż"),
        visitor_name="Anna Nowak",
        reason="inactive",
        started_at=AT,
        ended_at=AT,
    )


async def alerts(home: House, **about: UUID) -> list[tuple[str, str, str]]:
    """Kind, address and subject of the alerts about one ticket or conversation."""
    mails = (await home.administrator.get("/api/mails", **about)).json()["mails"]
    kinds = ("new_ticket", "missed_chat")
    return sorted((mail["kind"], mail["to"], mail["subject_line"]) for mail in mails if mail["kind"] in kinds)


async def test_alerts_are_mailed_to_those_who_want_them_and_only_in_their_topics(home: House) -> None:
    async with settled(CONTACTS, 2):
        await choose(home.agent, new_tickets=True)
        await choose(home.colleague, missed_chats=True)
    ticket, elsewhere, conversation = opened(SALES.id), opened(SUPPORT.id), missed(SALES.id)
    async with settled("notifier.ticket.opened.v1", 2), settled("notifier.conversation.ended.v1", 1):
        for event in (ticket, elsewhere, conversation):
            await home.tap.say(event)
    [(kind, to, _)] = await alerts(home, ticket_id=ticket.ticket_id)
    assert (kind, to) == ("new_ticket", home.agent.email)
    assert await alerts(home, ticket_id=elsewhere.ticket_id) == []
    [(kind, to, _)] = await alerts(home, conversation_id=conversation.conversation_id)
    assert (kind, to) == ("missed_chat", home.colleague.email)
    taken = await home.mails.received(2)
    assert {mail.recipients for mail in taken} == {(home.agent.email,), (home.colleague.email,)}


async def test_an_alert_goes_to_the_address_and_in_the_language_that_hold_now(home: House) -> None:
    account = await home.administrator.account(home.agent.agent_id)
    address = f"{uuid4().hex[:12]}@example.com"
    async with settled(CONTACTS, 2):
        await choose(home.agent, new_tickets=True, language="en")
        assert (await home.administrator.change(account, email=address)).status_code == 200
    ticket = opened(SALES.id)
    async with settled("notifier.ticket.opened.v1", 1):
        await home.tap.say(ticket)
    [(kind, to, subject)] = await alerts(home, ticket_id=ticket.ticket_id)
    assert (kind, to) == ("new_ticket", address)
    assert subject.startswith("New ticket #1042")


async def test_who_wants_no_alerts_any_more_gets_none(home: House) -> None:
    async with settled(CONTACTS, 1):
        await choose(home.agent, new_tickets=True, missed_chats=True)
    async with settled(CONTACTS, 1):
        await choose(home.agent)
    ticket = opened(SALES.id)
    async with settled("notifier.ticket.opened.v1", 1):
        await home.tap.say(ticket)
    assert await alerts(home, ticket_id=ticket.ticket_id) == []
