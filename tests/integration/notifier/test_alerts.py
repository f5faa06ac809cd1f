"""Of a new ticket every console is told, once; agents who want to hear of it, or of a missed chat, get a mail."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from contracts.base import NamedRef
from contracts.conversation import ConversationEnded
from contracts.live import LiveAlert
from contracts.mail import AgentContactChanged
from contracts.tickets import TicketOpened
from contracts.topology import EVERY_GATEWAY, LIVE
from tests.integration.notifier.conftest import mails, notifier
from tests.support.in_process import settled
from tests.support.mail_server import MailServer
from tests.support.wiretap import Wiretap

AT = datetime(2025, 3, 1, 9, 30, tzinfo=UTC)
TICKETS, ENDED, CONTACTS = (
    f"notifier.{name}" for name in ("ticket.opened.v1", "conversation.ended.v1", "agent.contact_changed.v1")
)


def opened(topic_id: UUID) -> TicketOpened:
    return TicketOpened(
        ticket_id=uuid4(),
        number=1001,
        conversation_id=uuid4(),
        topic=NamedRef(id=topic_id, name="Sprzedaż"),
        subject_line="Zgłoszenie dla czata z kolejki Sprzedaż",
        name="Anna Nowak",
        email="anna.nowak@example.com",
        opened_at=AT,
    )


def ended(topic_id: UUID) -> ConversationEnded:
    return ConversationEnded(
        conversation_id=uuid4(),
        topic=NamedRef(id=topic_id, name="Sprzedaż"),
        visitor_name="Anna Nowak",
        reason="inactive",
        started_at=AT,
        ended_at=AT + timedelta(minutes=12),
    )


def contact(topic_id: UUID, email: str, *, version: int = 1, agent_id: UUID | None = None) -> AgentContactChanged:
    return AgentContactChanged(
        agent_id=agent_id or uuid4(),
        version=version,
        name="Jan Kowalski",
        email=email,
        topic_ids=(topic_id,),
        new_tickets=True,
        missed_chats=True,
    )


async def test_a_new_ticket_is_told_to_every_console_once(
    notifier_url: str, amqp_url: str, mail_server: MailServer
) -> None:
    ticket = opened(uuid4())
    async with Wiretap(amqp_url, (LIVE, EVERY_GATEWAY)) as tap:
        async with notifier(notifier_url, amqp_url, mail_server), settled(TICKETS, 3):
            opened_id = await tap.say(ticket, times=3)
        told = await tap.rest()
    (alert,) = told
    assert alert.causationid == opened_id
    assert alert.message == LiveAlert(
        alert="ticket_opened",
        ticket_id=ticket.ticket_id,
        number=1001,
        subject_line=ticket.subject_line,
        name="Anna Nowak",
    )
    assert mail_server.mails == []


async def test_agents_who_want_it_get_one_mail_about_a_ticket_and_about_a_missed_chat(
    notifier_url: str, amqp_url: str, mail_server: MailServer
) -> None:
    topic_id, jan = uuid4(), "jan@demo.dymek.test"
    ticket, conversation = opened(topic_id), ended(topic_id)
    async with notifier(notifier_url, amqp_url, mail_server) as app, Wiretap(amqp_url) as tap:
        async with settled(CONTACTS, 2):
            await tap.say(contact(topic_id, jan))
            await tap.say(contact(uuid4(), "ewa@demo.dymek.test"))
        async with settled(TICKETS, 3), settled(ENDED, 2):
            await tap.say(ticket, times=2)
            await tap.say(ticket)
            await tap.say(conversation, times=2)
        await mail_server.received(2)
        about_ticket = await mails(app, ticket_id=ticket.ticket_id)
        about_chat = await mails(app, conversation_id=conversation.conversation_id)
    assert [(mail.kind, mail.to) for mail in (*about_ticket, *about_chat)] == [
        ("new_ticket", jan),
        ("missed_chat", jan),
    ]
    assert sorted(str(taken.message["Subject"]) for taken in mail_server.mails) == [
        "Nieodebrana rozmowa: Sprzedaż",
        "Nowe zgłoszenie #1001: Zgłoszenie dla czata z kolejki Sprzedaż",
    ]


async def test_an_older_wish_that_comes_late_changes_nothing(
    notifier_url: str, amqp_url: str, mail_server: MailServer
) -> None:
    topic_id = uuid4()
    newer = contact(topic_id, "nowy@demo.dymek.test", version=2)
    older = contact(topic_id, "stary@demo.dymek.test", version=1, agent_id=newer.agent_id)
    async with notifier(notifier_url, amqp_url, mail_server), Wiretap(amqp_url) as tap:
        for wish in (newer, older):
            async with settled(CONTACTS, 1):
                await tap.say(wish)
        await tap.say(opened(topic_id))
        (taken,) = await mail_server.received()
    assert taken.recipients == ("nowy@demo.dymek.test",)
