"""A conversation has one rating: the one given last."""

from datetime import timedelta
from uuid import UUID, uuid4

import asyncpg

from contracts.base import NamedRef
from contracts.entries import Score
from contracts.tickets import RatingRecorded, SubmitRating
from contracts.topology import EVENTS
from tests.integration.tickets.conftest import ASKED_AT, TOPIC
from tests.support.in_process import running, settled
from tests.support.wiretap import Wiretap

RECORDED = (EVENTS, RatingRecorded.TYPE)
QUEUE = "tickets.commands"
JAN = NamedRef(id=uuid4(), name="Jan Kowalski")


def rating(conversation_id: UUID, score: Score, *, at: int, comment: str = "") -> SubmitRating:
    return SubmitRating(
        conversation_id=conversation_id,
        client_id=uuid4(),
        topic=TOPIC,
        agent=JAN,
        score=score,
        comment=comment,
        rated_at=ASKED_AT + timedelta(seconds=at),
    )


async def stored(url: str, conversation_id: UUID) -> list[tuple[str, str, str]]:
    connection = await asyncpg.connect(url, server_settings={"search_path": "tickets"})
    try:
        rows = await connection.fetch(
            "SELECT score, comment, agent_name FROM rating WHERE conversation_id = $1", conversation_id
        )
    finally:
        await connection.close()
    return [tuple(row) for row in rows]


async def test_a_rating_is_stored_and_told(tickets_url: str, amqp_url: str) -> None:
    given = rating(uuid4(), "good", at=0, comment="Dziękuję! 🙂")
    async with running("tickets", tickets_url, amqp_url), Wiretap(amqp_url, RECORDED) as tap:
        await tap.say(given)
        recorded = (await tap.heard()).message
    assert (recorded.conversation_id, recorded.client_id) == (given.conversation_id, given.client_id)
    assert (recorded.score, recorded.comment, recorded.rated_at) == ("good", "Dziękuję! 🙂", given.rated_at)
    assert await stored(tickets_url, given.conversation_id) == [("good", "Dziękuję! 🙂", "Jan Kowalski")]


async def test_a_later_rating_replaces_the_earlier_one(tickets_url: str, amqp_url: str) -> None:
    conversation_id = uuid4()
    async with running("tickets", tickets_url, amqp_url), Wiretap(amqp_url, RECORDED) as tap:
        given: tuple[tuple[Score, int], ...] = (("bad", 0), ("neutral", 5))
        for score, at in given:
            await tap.say(rating(conversation_id, score, at=at))
            assert (await tap.heard()).message.score == score
    assert await stored(tickets_url, conversation_id) == [("neutral", "", "Jan Kowalski")]


async def test_an_earlier_rating_that_arrives_late_and_a_resend_change_nothing(tickets_url: str, amqp_url: str) -> None:
    conversation_id = uuid4()
    late, last = rating(conversation_id, "bad", at=0), rating(conversation_id, "good", at=5)
    resend = last.model_copy(update={"rated_at": last.rated_at + timedelta(seconds=60)})
    async with Wiretap(amqp_url, RECORDED) as tap:
        async with running("tickets", tickets_url, amqp_url):
            await tap.say(last)
            told = await tap.heard()
            async with settled(QUEUE, 2):
                await tap.say(late)
                await tap.say(resend)
        assert await tap.rest() == []
    assert told.message.client_id == last.client_id
    assert await stored(tickets_url, conversation_id) == [("good", "", "Jan Kowalski")]
