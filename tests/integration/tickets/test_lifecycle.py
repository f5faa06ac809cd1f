"""A ticket from the question to its end: agents answer, put it off and close it, and nobody's change is lost."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4, uuid5

from contracts.base import NamedRef
from contracts.customers import TicketLookedUp
from contracts.live import LiveTicket
from contracts.mail import ConfirmationMail, MailChanged, ReplyMail, SendMail
from contracts.tickets import NewTicket, Ticket, TicketOpened, WriteToTicket
from contracts.topology import COMMANDS, EVENTS, LIVE
from tests.integration.tickets.conftest import EWA, JAN, TOPIC, agents_of, open_command
from tests.support.in_process import running, settled
from tests.support.wiretap import Wiretap

OPENED = (EVENTS, TicketOpened.TYPE)
MAILS = (COMMANDS, "notifier.commands")
TOLD = (LIVE, "gateways")
COMMAND_QUEUE = "tickets.commands"


async def mails(tap: Wiretap) -> list[SendMail]:
    return [received.message for received in await tap.rest()]


async def test_who_asked_is_told_and_nothing_they_typed_goes_to_an_address_that_anybody_may_have_typed(
    tickets_url: str, amqp_url: str
) -> None:
    claimed, vouched = open_command("kup tanio", name="Kup tanio"), open_command(verified=True)
    async with Wiretap(amqp_url, MAILS) as tap:
        async with running("tickets", tickets_url, amqp_url), settled(COMMAND_QUEUE, 2):
            await tap.say(claimed)
            await tap.say(vouched)
        sent = {mail.ticket_id: mail for mail in await mails(tap)}
    first, second = sent[claimed.ticket_id], sent[vouched.ticket_id]
    assert first.mail_id == uuid5(claimed.ticket_id, "confirmation")
    assert isinstance(first.body, ConfirmationMail)
    assert (first.to, first.to_name, first.body.text) == (claimed.email, "", None)
    assert isinstance(second.body, ConfirmationMail)
    assert (second.to_name, second.body.text) == (vouched.name, vouched.text)


async def opened(tap: Wiretap) -> UUID:
    command = open_command()
    async with settled(COMMAND_QUEUE, 1):
        await tap.say(command)
    return command.ticket_id


async def test_of_two_agents_who_edit_at_once_the_second_is_shown_what_the_first_did(
    tickets_url: str, amqp_url: str
) -> None:
    async with running("tickets", tickets_url, amqp_url) as app, Wiretap(amqp_url, TOLD) as tap:
        ticket_id = await opened(tap)
        async with agents_of(app, JAN, EWA) as (jan, ewa):
            read = await jan.card(ticket_id)
            first = await jan.change(read, subject_line="Wysyłka do Niemiec", assignee=JAN, status="open")
            second = await ewa.change(read, tags=("pilne",), status="open")
            present = Ticket.model_validate(second.json()["present"])
            merged = await ewa.change(present, tags=("Pilne", "pilne"))
            repeated = await ewa.change(present, tags=("pilne",))
        told = [received.message for received in await tap.rest()]
    assert (first.status_code, second.status_code, merged.status_code) == (200, 409, 200)
    assert (present.subject_line, present.assignee, present.version) == ("Wysyłka do Niemiec", JAN, 2)
    now = Ticket.model_validate_json(merged.content)
    assert (now.subject_line, now.assignee, now.tags, now.version) == ("Wysyłka do Niemiec", JAN, ("pilne",), 3)
    assert repeated.json() == merged.json()
    assert [(one.ticket.version, one.by.id) for one in told if isinstance(one, LiveTicket)] == [
        (1, None),
        (2, JAN.id),
        (3, EWA.id),
    ]


async def test_a_reply_is_mailed_once_and_shows_what_became_of_its_mail(tickets_url: str, amqp_url: str) -> None:
    asked = WriteToTicket(id=uuid4(), kind="reply", text="Tak, wysyłamy.")
    at = datetime(2025, 3, 1, 10, tzinfo=UTC)
    async with running("tickets", tickets_url, amqp_url) as app, Wiretap(amqp_url, MAILS) as tap:
        ticket_id = await opened(tap)
        await tap.heard()  # the confirmation
        async with agents_of(app, JAN) as (jan,):
            answers = [await jan.write(ticket_id, asked) for _ in range(2)]
            elsewhere = await jan.write(await opened(tap), asked)
            async with settled("tickets.mail.changed.v1", 3):
                for state, reason, after in (("sent", "", 2), ("failed", "refused", 1), ("sent", "", 2)):
                    await tap.say(
                        MailChanged.model_validate(
                            {
                                "mail_id": asked.id,
                                "ticket_id": ticket_id,
                                "state": state,
                                "reason": reason,
                                "at": at + timedelta(seconds=after),
                            }
                        )
                    )
            card = await jan.card(ticket_id)
        sent = [mail for mail in await mails(tap) if isinstance(mail.body, ReplyMail)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert elsewhere.status_code == 422
    assert answers[0].json() == answers[1].json()
    assert [mail.mail_id for mail in sent] == [asked.id]
    assert (sent[0].to, sent[0].body.agent_name) == ("anna.nowak@example.com", JAN.name)  # type: ignore[union-attr]
    assert card.status == "waiting"
    assert [(one.kind, one.author, one.mail) for one in card.messages] == [
        ("message", "Anna Nowak", None),
        ("reply", JAN.name, "sent"),
    ]


async def test_a_comment_is_mailed_to_nobody_and_leaves_the_ticket_as_it_was(tickets_url: str, amqp_url: str) -> None:
    async with running("tickets", tickets_url, amqp_url) as app, Wiretap(amqp_url, MAILS) as tap:
        ticket_id = await opened(tap)
        async with agents_of(app, JAN) as (jan,):
            await jan.write(ticket_id, WriteToTicket(id=uuid4(), kind="comment", text="Kto to weźmie?"))
            card = await jan.card(ticket_id)
        assert [mail.body.kind for mail in await mails(tap)] == ["ticket_confirmation"]
    assert (card.status, card.last_line, card.messages[-1].mail) == ("new", "Kto to weźmie?", None)


async def test_a_postponed_ticket_opens_again_by_itself(tickets_url: str, amqp_url: str) -> None:
    async with running("tickets", tickets_url, amqp_url) as app, Wiretap(amqp_url, TOLD) as tap:
        ticket_id = await opened(tap)
        await tap.heard()
        async with agents_of(app, JAN) as (jan,):
            now = app.state.service.clock.now()
            read = await jan.card(ticket_id)
            past = await jan.change(read, status="postponed", postponed_until=now - timedelta(seconds=1))
            unreadable = await jan.change(read, subject_line="tajne\0")
            until = now + timedelta(seconds=1)
            await jan.change(read, status="postponed", postponed_until=until)
            assert (await tap.heard()).message.ticket.status == "postponed"
            again = (await tap.heard()).message
    assert past.status_code == 422
    assert past.json()["detail"].startswith("postponed_until: ")
    assert (unreadable.status_code, unreadable.json()["detail"][:14]) == (422, "subject_line: ")
    assert (again.ticket.status, again.ticket.postponed_until, again.by.kind) == ("open", None, "system")
    assert again.ticket.changed_at >= until


async def test_what_an_agent_has_not_seen_is_unread_and_what_they_did_themselves_is_not(
    tickets_url: str, amqp_url: str
) -> None:
    async with running("tickets", tickets_url, amqp_url) as app, Wiretap(amqp_url) as tap:
        ticket_id = await opened(tap)
        async with agents_of(app, JAN, EWA) as (jan, ewa):
            assert (await jan.card(ticket_id)).unread
            assert (await jan.card(ticket_id)).unread, "looking alone marks nothing"
            assert (await jan.send("POST", f"/internal/tickets/{ticket_id}/read")).status_code == 204
            assert not (await jan.card(ticket_id)).unread
            await ewa.change(await ewa.card(ticket_id), status="open")
            assert not (await ewa.card(ticket_id)).unread
            assert (await jan.card(ticket_id)).unread
            assert ticket_id in {one.id for one in (await jan.page(unread=True)).tickets}
            assert ticket_id not in {one.id for one in (await ewa.page(unread=True)).tickets}
            assert (await jan.send("POST", f"/internal/tickets/{uuid4()}/read")).status_code == 404


async def test_the_customer_is_found_unless_an_agent_has_said_whose_ticket_it_is(
    tickets_url: str, amqp_url: str
) -> None:
    found, other = NamedRef(id=uuid4(), name="Anna z Łodzi"), NamedRef(id=uuid4(), name="Inna")
    async with running("tickets", tickets_url, amqp_url) as app, Wiretap(amqp_url) as tap:
        by_look_up, by_hand = await opened(tap), await opened(tap)
        async with agents_of(app, JAN) as (jan,):
            await jan.change(await jan.card(by_hand), customer=other)
            async with settled("tickets.customer.ticket_looked_up.v1", 2):
                await tap.say(TicketLookedUp(ticket_id=by_look_up, customer=found))
                await tap.say(TicketLookedUp(ticket_id=by_hand, customer=found))
            assert (await jan.card(by_look_up)).customer == found
            assert (await jan.card(by_hand)).customer == other
            assert [one.id for one in (await jan.page(customer=found.id)).tickets] == [by_look_up]


async def test_a_customer_who_is_found_is_no_news_and_gets_in_nobodys_way(tickets_url: str, amqp_url: str) -> None:
    found, ticket_id = NamedRef(id=uuid4(), name="Anna z Łodzi"), uuid4()
    asked = NewTicket(topic=TOPIC, subject_line="Faktura", name="Anna", email="anna@example.com", text="Z rozmowy")
    async with (
        running("tickets", tickets_url, amqp_url) as app,
        Wiretap(amqp_url, TOLD) as tap,
        agents_of(app, JAN, EWA) as (jan, ewa),
    ):
        made = Ticket.model_validate((await jan.send("PUT", f"/internal/tickets/{ticket_id}", asked)).json())
        async with settled("tickets.customer.ticket_looked_up.v1", 1):
            await tap.say(TicketLookedUp(ticket_id=ticket_id, customer=found))
        assert [(await one.card(ticket_id)).unread for one in (jan, ewa)] == [False, True]
        for one, count in ((jan, 0), (ewa, 1)):
            unread = await one.page(unread=True, customer=found.id)
            assert (unread.total, [row.id for row in unread.tickets]) == (count, [ticket_id] * count)
            assert [row.unread for row in (await one.page(customer=found.id)).tickets] == [bool(count)]
        answer = await jan.change(made, tags=("pilne",))
        told = [received.message for received in await tap.rest()]
    assert answer.status_code == 200, answer.text
    changed = Ticket.model_validate(answer.json())
    assert (changed.customer, changed.tags) == (found, ("pilne",))
    assert [one.news for one in told] == [True, False, True]


async def test_an_agent_opens_one_ticket_however_often_it_is_sent(tickets_url: str, amqp_url: str) -> None:
    customer_id, conversation_id = uuid4(), uuid4()
    asked = NewTicket(
        topic=TOPIC,
        subject_line="Zgłoszenie dla czata z kolejki Sprzedaż",
        name="Anna Nowak",
        email="anna.nowak@example.com",
        text="Anna: dzień dobry",
        conversation_id=conversation_id,
        customer_id=customer_id,
    )
    path = f"/internal/tickets/{uuid4()}"
    async with running("tickets", tickets_url, amqp_url) as app, Wiretap(amqp_url, OPENED) as tap:
        async with agents_of(app, JAN) as (jan,):
            first, again = [await jan.send("PUT", path, asked) for _ in range(2)]
            of_conversation = await jan.page(conversation=conversation_id)
            blank = await jan.send("PUT", path, asked.model_copy(update={"subject_line": "  "}))
            nobody = await jan.client.put(path, json=asked.model_dump(mode="json"))
        told = await tap.rest()
    assert first.status_code == 200
    assert first.json() == again.json()
    assert (blank.status_code, nobody.status_code) == (422, 422)
    assert [one.message.customer_id for one in told] == [customer_id]
    assert [(one.name, one.unread) for one in of_conversation.tickets] == [("Anna Nowak", False)]
