"""What is left of conversations that are over, and of mails: transcripts, ratings, figures, deliveries."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from contracts.base import NamedRef
from contracts.conversation import ConversationEnded
from contracts.entries import EndedForVisitor, Score, StartedForVisitor, VisitorEntry, VisitorMessage
from contracts.mail import AgentContactChanged, ConfirmationMail, Mails, ReplyMail, SendMail
from contracts.tickets import RatingFigures, SubmitRating, TicketOpened
from tests.integration.gateway.behind import NOT_ALLOWED, Body, House, an_address, house, nobody_signed_in_may
from tests.integration.gateway.conftest import SALES, running_gateway
from tests.integration.gateway.test_administration import Person, person, refusal
from tests.support.in_process import migrated, settled

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TOPIC = NamedRef(id=SALES.id, name=SALES.name)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def home(amqp_url: str, database_urls: dict[str, str]) -> AsyncIterator[House]:
    async with house(amqp_url, database_urls) as one:
        yield one


# --- transcripts


async def a_conversation_that_is_over(home: House, text: str) -> UUID:
    stream = uuid4()
    bodies = (
        StartedForVisitor(topic_name=TOPIC.name, visitor_name="Anna"),
        VisitorMessage(client_id=uuid4(), text=text),
        None,
        EndedForVisitor(reason="ended_by_visitor"),
    )
    over = ConversationEnded(
        conversation_id=stream,
        topic=TOPIC,
        visitor_name="Anna",
        reason="ended_by_visitor",
        started_at=NOW,
        ended_at=NOW,
        entries=tuple(VisitorEntry(seq=n, at=NOW, body=body) for n, body in enumerate(bodies, start=1)),
    )
    async with settled("tickets.conversation.ended.v1", 1):
        await home.tap.say(over)
    return stream


async def test_a_transcript_is_read_as_text_or_as_a_page_that_can_do_nothing(home: House) -> None:
    stream = await a_conversation_that_is_over(home, "Czy <script>alert(1)</script> działa?")
    path = f"/api/conversations/{stream}/transcript"
    text = await home.agent.get(path, zone="UTC")
    page = await home.agent.get(path, format="html", language="en")
    assert "[2026-11-23 09:00:00] Anna: Czy <script>alert(1)</script> działa?" in text.text
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    assert "Czy &lt;script&gt;alert(1)&lt;/script&gt; działa?" in page.text
    assert "<script" not in page.text
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    for answer in (text, page):
        policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
        assert answer.headers["content-security-policy"] == policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("query", "named"), [({"zone": "Mars/Base"}, "zone"), ({"format": "pdf"}, "format")])
async def test_a_transcript_that_cannot_be_made_is_refused(home: House, query: Body, named: str) -> None:
    answer = await home.agent.get(f"/api/conversations/{uuid4()}/transcript", **query)
    assert refusal(answer) == (422, "invalid", named)


async def test_a_conversation_that_is_not_over_has_no_transcript(home: House) -> None:
    assert refusal(await home.agent.get(f"/api/conversations/{uuid4()}/transcript")) == (404, "unknown", None)


# --- ratings


async def rated(home: House, score: Score, comment: str = "") -> UUID:
    stream = uuid4()
    rating = SubmitRating(
        conversation_id=stream, client_id=uuid4(), topic=TOPIC, score=score, comment=comment, rated_at=NOW
    )
    async with settled("tickets.commands", 1):
        await home.tap.say(rating)
    return stream


async def test_ratings_are_read_of_one_conversation_and_of_several(home: House) -> None:
    good, bad, unrated = await rated(home, "good", "Dziękuję!"), await rated(home, "bad"), uuid4()
    one = (await home.agent.get(f"/api/conversations/{good}/rating")).json()
    assert (one["score"], one["comment"]) == ("good", "Dziękuję!")
    assert refusal(await home.agent.get(f"/api/conversations/{unrated}/rating")) == (404, "unknown", None)
    asked = [str(stream) for stream in (good, bad, unrated)]
    several = (await home.agent.get("/api/ratings", conversation_ids=asked)).json()["ratings"]
    assert {rating["conversation_id"]: rating["score"] for rating in several} == {str(good): "good", str(bad): "bad"}


@pytest.mark.parametrize("asked", [[], [str(UUID(int=n)) for n in range(201)], ["anna"]])
async def test_ratings_of_too_many_or_of_none_are_not_read(home: House, asked: list[str]) -> None:
    answer = await home.agent.get("/api/ratings", conversation_ids=asked)
    assert refusal(answer)[:2] == (422, "invalid")
    assert answer.json()["detail"].startswith("conversation_ids")


async def test_figures_are_for_supervisors_and_administrators(home: House) -> None:
    await rated(home, "neutral")
    asked = {"since": "2026-11-23", "until": "2026-11-23"}
    assert refusal(await home.agent.get("/api/ratings/figures", **asked)) == NOT_ALLOWED
    for someone in (home.supervisor, home.administrator):
        answer = await someone.get("/api/ratings/figures", **asked)
        figures = RatingFigures.model_validate(answer.json())
        assert sum(row.neutral for row in figures.topics) >= 1
        assert [row.key for row in figures.days] == ["2026-11-23"]


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"until": "2026-11-22"}, "until"),
        ({"until": "2028-01-01"}, "until"),
        ({"since": "wczoraj"}, "since"),
        ({"zone": "Mars/Base"}, "zone"),
    ],
)
async def test_figures_of_an_impossible_time_are_refused(home: House, fields: Body, named: str) -> None:
    asked = {"since": "2026-11-23", "until": "2026-11-24", **fields}
    assert refusal(await home.supervisor.get("/api/ratings/figures", **asked)) == (422, "invalid", named)


# --- mails


def a_reply(to: str, ticket_id: UUID) -> SendMail:
    body = ReplyMail(number=1042, subject_line="Zwrot", text="Proszę odesłać.", agent_name="Jan Kowalski")
    return SendMail(mail_id=uuid4(), to=to, body=body, ticket_id=ticket_id)


async def mails(someone: Person, **query: Any) -> Mails:
    answer = await someone.get("/api/mails", **query)
    assert answer.status_code == 200, answer.text
    return Mails.model_validate(answer.json())


async def settled_as(someone: Person, state: str, **query: Any) -> Mails:
    """The mails once there is one in this state."""
    async with asyncio.timeout(10):
        while True:
            found = await mails(someone, **query)
            if any(mail.state == state for mail in found.mails):
                return found
            await asyncio.sleep(0.02)


async def test_an_agent_reads_what_became_of_the_mails_of_a_ticket_and_why(home: House) -> None:
    ticket_id, nobody = uuid4(), an_address()
    home.mails.refused[nobody] = "550 No such user"
    await home.tap.say(a_reply(nobody, ticket_id))
    [mail] = (await settled_as(home.agent, "failed", ticket_id=ticket_id)).mails
    assert (mail.to, mail.kind, mail.attempts) == (nobody, "ticket_reply", 1)
    assert mail.reason == "refused: 550 No such user"
    await home.tap.say(a_reply(an_address(), ticket_id))
    [sent, _] = (await settled_as(home.agent, "sent", ticket_id=ticket_id)).mails
    assert sent.sent_at is not None
    for state, expected in (("sent", [sent.mail_id]), ("failed", [mail.mail_id]), ("pending", [])):
        found = await mails(home.agent, ticket_id=ticket_id, state=state)
        assert [one.mail_id for one in found.mails] == expected
    older = await mails(home.agent, ticket_id=ticket_id, before=sent.mail_id)
    assert [one.mail_id for one in older.mails] == [mail.mail_id]


async def test_mails_of_a_conversation_are_every_agents_to_read(home: House) -> None:
    stream = uuid4()
    await home.tap.say(
        SendMail(mail_id=uuid4(), to=an_address(), body=ConfirmationMail(number=7), conversation_id=stream)
    )
    [mail] = (await settled_as(home.agent, "sent", conversation_id=stream)).mails
    assert mail.conversation_id == stream


async def test_whom_of_their_colleagues_a_mail_alerted_agents_do_not_read(home: House) -> None:
    alerted = an_address()
    wishes = AgentContactChanged(agent_id=uuid4(), version=1, name="Ewa", email=alerted, new_tickets=True)
    async with settled("notifier.agent.contact_changed.v1", 1):
        await home.tap.say(wishes)
    ticket_id = uuid4()
    told = TicketOpened(
        ticket_id=ticket_id, number=7, topic=TOPIC, subject_line="Zwrot", name="Anna", email="a@b.test", opened_at=NOW
    )
    await home.tap.say(told)
    [alert] = (await settled_as(home.supervisor, "sent", ticket_id=ticket_id)).mails
    assert (alert.kind, alert.to) == ("new_ticket", alerted)
    await home.tap.say(a_reply(an_address(), ticket_id))
    [reply] = (await settled_as(home.agent, "sent", ticket_id=ticket_id)).mails
    assert reply.kind == "ticket_reply"
    async with settled("notifier.agent.contact_changed.v1", 1):
        await home.tap.say(wishes.model_copy(update={"version": 2, "new_tickets": False}))


async def test_the_list_of_all_mails_is_for_supervisors_and_administrators(home: House) -> None:
    ticket_id = uuid4()
    await home.tap.say(a_reply(an_address(), ticket_id))
    await settled_as(home.agent, "sent", ticket_id=ticket_id)
    for query in ({}, {"state": "sent"}, {"before": str(uuid4())}):
        assert refusal(await home.agent.get("/api/mails", **query)) == NOT_ALLOWED
    for someone in (home.supervisor, home.administrator):
        assert ticket_id in {mail.ticket_id for mail in (await mails(someone, state="sent")).mails}


@pytest.mark.parametrize(("query", "named"), [({"state": "lost"}, "state"), ({"before": "1"}, "before")])
async def test_mails_that_cannot_be_asked_for_are_refused(home: House, query: Body, named: str) -> None:
    assert refusal(await home.supervisor.get("/api/mails", **query)) == (422, "invalid", named)


# --- who may, and when a service is away


async def test_nothing_of_this_is_for_those_who_are_not_signed_in(home: House) -> None:
    stream = f"/api/conversations/{uuid4()}"
    for path in (
        f"{stream}/transcript",
        f"{stream}/rating",
        "/api/ratings?conversation_ids=" + str(uuid4()),
        "/api/ratings/figures?since=2026-11-23&until=2026-11-23",
        "/api/mails",
        f"/api/mails?ticket_id={uuid4()}",
    ):
        await nobody_signed_in_may(home.gateway, "GET", path)


async def test_a_service_that_is_away_is_said_to_be_so_and_the_rest_goes_on(
    amqp_url: str, database_urls: dict[str, str]
) -> None:
    url = await migrated("gateway", database_urls)
    async with running_gateway(amqp_url, url, away=("tickets", "customers", "notifier")) as gateway:
        someone = await person(gateway, "supervisor")
        for path in ("/api/tickets", "/api/customers", "/api/customer-fields", "/api/mails"):
            answer = await someone.get(path)
            assert refusal(answer) == (503, "unavailable", None)
            assert answer.headers["retry-after"] == "2"
        assert (await someone.get("/api/topics")).status_code == 200
