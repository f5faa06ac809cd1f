"""Tickets at the console: opened, changed and answered by agents, and shown to all others as they change."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from contracts.base import NamedRef
from contracts.reads import ConversationRecord
from contracts.tickets import Ticket, TicketPage, TicketSummary
from tests.integration.gateway.behind import Body, House, a_card, an_address, house, nobody_signed_in_may
from tests.integration.gateway.conftest import SALES, SUPPORT
from tests.integration.gateway.page import Page
from tests.integration.gateway.test_administration import Person, refusal
from tests.support.mails import Mails

TOPIC = {"id": str(SALES.id), "name": SALES.name}
OTHER_TOPIC = {"id": str(SUPPORT.id), "name": SUPPORT.name}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def home(amqp_url: str, database_urls: dict[str, str]) -> AsyncIterator[House]:
    async with house(amqp_url, database_urls) as one:
        yield one


def a_form(**fields: Any) -> Body:
    """The form of a ticket by hand, filled in."""
    return {
        "topic": TOPIC,
        "subject_line": "Zwrot ekspresu",
        "name": "Anna Nowak",
        "email": an_address(),
        "text": "Ekspres przecieka.",
        **fields,
    }


async def opened(someone: Person, **fields: Any) -> Ticket:
    answer = await someone.put(f"/api/tickets/{uuid4()}", a_form(**fields))
    assert answer.status_code == 200, answer.text
    return Ticket.model_validate(answer.json())


def the_form_of(ticket: Ticket, **fields: Any) -> Body:
    """A card's form as it was read, with some fields changed."""
    names = ("version", "subject_line", "status", "postponed_until", "topic", "assignee", "tags", "customer")
    card = ticket.model_dump(mode="json")
    return {**{name: card[name] for name in names}, **fields}


def me(someone: Person, name: str) -> Body:
    return {"id": str(someone.agent_id), "name": name}


async def changed(someone: Person, ticket: Ticket, **fields: Any) -> Ticket:
    answer = await someone.send("PATCH", f"/api/tickets/{ticket.id}", the_form_of(ticket, **fields))
    assert answer.status_code == 200, answer.text
    return Ticket.model_validate(answer.json())


async def listed(someone: Person, **query: Any) -> list[UUID]:
    page = TicketPage.model_validate((await someone.get("/api/tickets", **query)).json())
    return [ticket.id for ticket in page.tickets]


async def shown(page: Page, ticket: Ticket, version: int) -> tuple[TicketSummary, Body]:
    """The ticket as a console's socket is told of it, and who changed it."""
    async with asyncio.timeout(10):
        while True:
            frame = await page.expect("ticket")
            summary = TicketSummary.model_validate(frame["ticket"])
            if (summary.id, summary.version) == (ticket.id, version):
                return summary, frame["by"]


# --- opening


async def test_a_ticket_by_hand_bears_the_name_of_the_agent_who_opened_it(home: House) -> None:
    ticket = await opened(home.agent)
    assert (ticket.origin, ticket.status, ticket.number > 0) == ("by_hand", "new", True)
    assert [(message.author, message.text) for message in ticket.messages] == [("Żaneta Łoś", "Ekspres przecieka.")]


async def test_a_form_that_is_sent_twice_makes_one_ticket(home: House) -> None:
    ticket_id, form = uuid4(), a_form(subject_line=f"Zwrot {uuid4().hex}")
    answers = await asyncio.gather(*(home.agent.put(f"/api/tickets/{ticket_id}", form) for _ in range(4)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["number"] for answer in answers}) == 1
    assert await listed(home.agent, q=form["subject_line"]) == [ticket_id]


def a_conversation(home: House, *members: Person, over: bool = False) -> UUID:
    """A conversation in which these take part."""
    record = ConversationRecord(
        conversation_id=uuid4(),
        topic=NamedRef(id=SALES.id, name=SALES.name),
        visitor_name="Anna",
        state="closed" if over else "active",
        started_at=datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
    )
    owned = home.gateway.router.owned
    owned.records[record.conversation_id] = record
    owned.members[record.conversation_id] = {member.agent_id for member in members}
    return record.conversation_id


async def a_customer(home: House, name: str) -> NamedRef:
    card = a_card(name=name)
    assert (await home.agent.put(f"/api/customers/{card['id']}", card)).status_code == 200
    return NamedRef(id=UUID(card["id"]), name=name)


async def test_a_ticket_out_of_a_chat_is_found_by_its_conversation_and_by_its_customer(home: House) -> None:
    stream, customer = a_conversation(home, home.agent), await a_customer(home, "Anna z Łodzi")
    ticket = await opened(home.agent, conversation_id=str(stream), customer_id=str(customer.id))
    assert (ticket.origin, ticket.conversation_id) == ("agent", stream)
    assert ticket.customer == customer, "as the card has it, and not as it was typed"
    assert await listed(home.agent, conversation=stream) == [ticket.id]
    assert await listed(home.agent, customer=customer.id) == [ticket.id]


async def test_nobody_writes_of_a_ticket_into_a_conversation_that_they_may_not_read(home: House) -> None:
    running, over = a_conversation(home, home.agent), a_conversation(home, over=True)
    for stream, expected in ((running, (403, "not_yours", None)), (uuid4(), (404, "unknown", None))):
        ticket = f"/api/tickets/{uuid4()}"
        assert refusal(await home.colleague.put(ticket, a_form(conversation_id=str(stream)))) == expected
        assert (await home.colleague.get(ticket)).status_code == 404
    assert (await opened(home.colleague, conversation_id=str(over))).conversation_id == over


async def test_a_form_sent_again_with_other_words_shows_the_ticket_that_it_made_before(home: House) -> None:
    form, path = a_form(), f"/api/tickets/{uuid4()}"
    made = await home.agent.put(path, form)
    again = await home.agent.put(path, {**form, "text": "Ekspres przecieka i parzy."})
    assert refusal(again) == (409, "conflict", None)
    assert again.json()["present"] == made.json()
    assert (await home.agent.put(path, form)).json() == made.json()


# --- what a ticket refers to


async def test_what_a_ticket_refers_to_is_called_as_it_is_called_and_not_as_a_page_says(home: House) -> None:
    customer = await a_customer(home, "Anna z Łodzi")
    ticket = await opened(home.agent, topic={**TOPIC, "name": "Zmyślony"})
    assert ticket.topic == NamedRef.model_validate(TOPIC)
    saved = await changed(
        home.agent,
        ticket,
        topic={**OTHER_TOPIC, "name": "Zmyślony"},
        assignee=me(home.colleague, "Ktoś Inny"),
        customer={"id": str(customer.id), "name": "Prezes"},
    )
    assert saved.topic == NamedRef.model_validate(OTHER_TOPIC)
    assert saved.assignee == NamedRef(id=home.colleague.agent_id, name="Jan Kowalski")
    assert saved.customer == customer


@pytest.mark.parametrize("field", ["topic", "assignee", "customer"])
async def test_a_ticket_is_not_given_to_what_there_is_none_of(home: House, field: str) -> None:
    ticket = await opened(home.agent)
    nobody = {"id": str(uuid4()), "name": "Nikt"}
    answer = await home.agent.send("PATCH", f"/api/tickets/{ticket.id}", the_form_of(ticket, **{field: nobody}))
    assert refusal(answer) == (422, "invalid", field)
    made = {"topic": ("topic", nobody), "customer": ("customer_id", nobody["id"])}.get(field)
    if made is not None:
        answer = await home.agent.put(f"/api/tickets/{uuid4()}", a_form(**dict([made])))
        assert refusal(answer) == (422, "invalid", made[0])


async def test_a_topic_that_is_gone_does_not_keep_a_ticket_from_being_saved(home: House) -> None:
    gone = SALES.model_copy(update={"id": uuid4(), "name": "Serwis"})
    router = home.gateway.router
    router.topics = (*router.topics, gone)
    ticket = await opened(home.agent, topic={"id": str(gone.id), "name": gone.name})
    router.topics = router.topics[:-1]
    elsewhere = await opened(home.agent)
    taking = the_form_of(elsewhere, topic=ticket.topic.model_dump(mode="json"))
    for _ in range(60):  # The list is read anew after a while.
        answer = await home.agent.send("PATCH", f"/api/tickets/{elsewhere.id}", taking)
        if answer.status_code == 422:
            break
        elsewhere = await changed(home.agent, Ticket.model_validate(answer.json()), topic=TOPIC)
        taking = the_form_of(elsewhere, topic=ticket.topic.model_dump(mode="json"))
        await asyncio.sleep(0.2)
    assert refusal(answer) == (422, "invalid", "topic")
    kept = await changed(home.agent, ticket, tags=["pilne"])
    assert (kept.topic.name, kept.tags) == ("Serwis", ("pilne",))
    moved = await changed(home.colleague, kept, topic=TOPIC)
    late = await home.agent.send("PATCH", f"/api/tickets/{ticket.id}", the_form_of(kept, tags=["inne"]))
    assert refusal(late) == (409, "conflict", None)
    assert late.json()["present"]["version"] == moved.version


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"subject_line": ""}, "subject_line"),
        ({"name": " "}, "name"),
        ({"email": "anna"}, "email"),
        ({"text": " \n"}, "text"),
        ({"text": "x" * 20_001}, "text"),
        ({"topic": None}, "topic"),
        ({"text": "a\u0000b"}, "text"),
    ],
)
async def test_every_field_of_the_form_is_checked_and_the_faulty_one_named(
    home: House, fields: Body, named: str
) -> None:
    ticket_id = uuid4()
    answer = await home.agent.put(f"/api/tickets/{ticket_id}", a_form(**fields))
    assert refusal(answer) == (422, "invalid", named)
    assert (await home.agent.get(f"/api/tickets/{ticket_id}")).status_code == 404


# --- the list


async def test_the_list_is_narrowed_by_whatever_is_asked(home: House) -> None:
    word = uuid4().hex
    one = await opened(home.agent, subject_line=f"Kawa {word}")
    two = await opened(home.agent, subject_line=f"Młynek {word}", topic=OTHER_TOPIC)
    two = await changed(home.agent, two, status="open", assignee=me(home.colleague, "Jan Kowalski"), tags=["pilne"])
    for query, expected in (
        ({}, {one.id, two.id}),
        ({"status": "new"}, {one.id}),
        ({"status": ["new", "open"]}, {one.id, two.id}),
        ({"topic": OTHER_TOPIC["id"]}, {two.id}),
        ({"topic": [TOPIC["id"], OTHER_TOPIC["id"]]}, {one.id, two.id}),
        ({"assignee": "none"}, {one.id}),
        ({"assignee": str(home.colleague.agent_id)}, {two.id}),
        ({"tag": "pilne"}, {two.id}),
        ({"q": f"mlynek {word}"}, {two.id}),
        ({"unread": "true"}, set()),
    ):
        asked = {"q": word, **query}
        assert set(await listed(home.agent, **asked)) == expected, query
    assert await listed(home.agent, q=word, sort="number", order="asc") == [one.id, two.id]
    assert await listed(home.agent, q=word, sort="opened") == [two.id, one.id]
    first = (await home.agent.get("/api/tickets", q=word, limit=1)).json()
    assert (first["total"], [ticket["id"] for ticket in first["tickets"]]) == (2, [str(two.id)])
    assert await listed(home.agent, q=word, limit=1, after=first["next"]) == [one.id]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"status": "gone"}, "status.0"),
        ({"assignee": "me"}, "assignee.uuid"),
        ({"after": "nigdzie"}, "after"),
        ({"limit": 101}, "limit"),
        ({"sort": "name"}, "sort"),
        ({"tag": "pilne\0"}, "tag"),
    ],
)
async def test_a_list_that_cannot_be_asked_for_is_refused(home: House, query: Body, named: str) -> None:
    assert refusal(await home.agent.get("/api/tickets", **query)) == (422, "invalid", named)


@pytest.mark.parametrize("query", [{"q": "kawa\u0000"}, {"tag": "pilne\u0000"}, {"q": "\U0001f642 ' OR 1=1 -- %_\\"}])
async def test_whatever_is_looked_for_is_answered(home: House, query: Body) -> None:
    assert (await home.agent.get("/api/tickets", **query)).status_code in (200, 422)


async def test_what_one_agent_has_read_is_unread_for_the_others(home: House) -> None:
    ticket = await opened(home.agent, subject_line=f"Zwrot {uuid4().hex}")
    asked = {"q": ticket.subject_line, "unread": "true"}
    assert await listed(home.agent, **asked) == []
    assert await listed(home.colleague, **asked) == [ticket.id]
    assert (await home.colleague.get(f"/api/tickets/{ticket.id}")).json()["unread"] is True
    read = await home.colleague.send("POST", f"/api/tickets/{ticket.id}/read")
    assert (read.status_code, read.content) == (204, b"")
    assert await listed(home.colleague, **asked) == []
    assert await listed(home.supervisor, **asked) == [ticket.id]


# --- changing and answering


async def test_of_two_who_change_a_ticket_the_second_is_shown_what_the_first_saved(home: House) -> None:
    ticket = await opened(home.agent)
    path = f"/api/tickets/{ticket.id}"
    await changed(home.agent, ticket, subject_line="Zwrot i naprawa")
    late = await home.colleague.send("PATCH", path, the_form_of(ticket, tags=["pilne"]))
    assert refusal(late) == (409, "conflict", None)
    present = Ticket.model_validate(late.json()["present"])
    assert (present.subject_line, present.tags) == ("Zwrot i naprawa", ())
    merged = await changed(home.colleague, present, tags=["pilne"])
    assert (merged.subject_line, merged.tags) == ("Zwrot i naprawa", ("pilne",))


async def test_a_reply_and_a_comment_bear_the_name_of_who_wrote_them(home: House) -> None:
    ticket = await opened(home.agent)
    path = f"/api/tickets/{ticket.id}/messages"
    comment = {"id": str(uuid4()), "kind": "comment", "text": "Sprawdzam magazyn."}
    reply = {"id": str(uuid4()), "kind": "reply", "text": "Proszę odesłać."}
    assert (await home.colleague.post(path, comment)).status_code == 200
    for _ in range(2):
        answer = await home.agent.post(path, reply)
        assert answer.status_code == 200, answer.text
    written = Ticket.model_validate(answer.json())
    assert [(message.kind, message.author) for message in written.messages] == [
        ("message", "Żaneta Łoś"),
        ("comment", "Jan Kowalski"),
        ("reply", "Żaneta Łoś"),
    ]
    assert (written.status, written.messages[-1].mail) == ("waiting", "pending")
    assert "Proszę odesłać." in (await Mails(home.mails).to(ticket.email, ticket.subject_line)).text


async def test_a_rule_of_the_owners_is_named_with_its_field(home: House) -> None:
    ticket = await opened(home.agent)
    yesterday = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    form = the_form_of(ticket, status="postponed", postponed_until=yesterday)
    answer = await home.agent.send("PATCH", f"/api/tickets/{ticket.id}", form)
    assert refusal(answer) == (422, "invalid", "postponed_until")
    assert answer.json()["message"] == "The request is not valid: postponed_until: is over already."
    other = await opened(home.agent)
    message = {"id": str(other.id), "kind": "comment", "text": "x"}
    answer = await home.agent.post(f"/api/tickets/{ticket.id}/messages", message)
    assert refusal(answer) == (422, "invalid", "id")


async def test_a_ticket_that_is_not_there_is_unknown_whatever_is_asked_of_it(home: House) -> None:
    ticket = await opened(home.agent)
    nowhere = f"/api/tickets/{uuid4()}"
    message = {"id": str(uuid4()), "kind": "comment", "text": "x"}
    for answer in (
        await home.agent.get(nowhere),
        await home.agent.send("PATCH", nowhere, the_form_of(ticket)),
        await home.agent.post(f"{nowhere}/messages", message),
        await home.agent.send("POST", f"{nowhere}/read"),
    ):
        assert refusal(answer) == (404, "unknown", None)


# --- live


async def test_what_one_agent_does_to_a_ticket_every_console_is_shown_at_once(home: House) -> None:
    async with home.gateway.agent(home.agent.cookie) as mine, home.gateway.agent(home.colleague.cookie) as theirs:
        ticket = await opened(home.agent)
        summary, by = await shown(theirs, ticket, 1)
        assert (summary.subject_line, summary.unread) == ("Zwrot ekspresu", True)
        assert by == {"kind": "agent", "id": str(home.agent.agent_id)}
        assert (await shown(mine, ticket, 1))[0].unread is False, "for who changed it, it is not unread"

        await changed(home.colleague, ticket, status="open", tags=["pilne"])
        summary, by = await shown(mine, ticket, 2)
        assert (summary.status, summary.tags, summary.unread) == ("open", ("pilne",), True)
        assert by == {"kind": "agent", "id": str(home.colleague.agent_id)}
        assert (await shown(theirs, ticket, 2))[0].unread is False


async def test_a_visitor_hears_nothing_of_tickets(home: House) -> None:
    async with home.gateway.visitor() as visitor, home.gateway.agent(home.colleague.cookie) as console:
        ticket = await opened(home.agent)
        await shown(console, ticket, 1)
        assert [frame["t"] for frame in await visitor.heard_until_now() if frame["t"] == "ticket"] == []


# --- who may


async def test_tickets_are_for_those_who_are_signed_in(home: House) -> None:
    ticket = f"/api/tickets/{uuid4()}"
    for method, path in (
        ("GET", "/api/tickets"),
        ("GET", ticket),
        ("PUT", ticket),
        ("PATCH", ticket),
        ("POST", f"{ticket}/messages"),
        ("POST", f"{ticket}/read"),
    ):
        await nobody_signed_in_may(home.gateway, method, path)


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
async def test_a_page_of_another_site_changes_no_ticket(home: House, method: str) -> None:
    ticket = await opened(home.agent)
    headers = {"Cookie": home.agent.cookie, "Origin": "https://elsewhere.test"}
    form = the_form_of(ticket, subject_line="Przejęte")
    answer = await home.gateway.http.request(method, f"/api/tickets/{ticket.id}", json=form, headers=headers)
    assert refusal(answer) == (403, "not_yours", None)
    assert (await home.agent.get(f"/api/tickets/{ticket.id}")).json()["subject_line"] == "Zwrot ekspresu"
