"""A conversation has one rating: the one given last."""

from datetime import timedelta
from uuid import UUID, uuid4

import asyncpg

from contracts.entries import Score
from contracts.tickets import Rating, RatingFigures, RatingRecorded, Ratings, SubmitRating
from contracts.topology import EVENTS
from tests.integration.tickets.conftest import ASKED_AT, JAN, TOPIC, Agent, agents_of
from tests.support.in_process import running, settled
from tests.support.wiretap import Wiretap

RECORDED = (EVENTS, RatingRecorded.TYPE)
QUEUE = "tickets.commands"


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


async def test_ratings_are_read_by_conversation_and_as_figures(tickets_url: str, amqp_url: str) -> None:
    first, second, rated_elsewhere, unrated = (uuid4() for _ in range(4))
    evening = 14 * 3600  # 00:30 of the next day in Warsaw
    given = [
        rating(first, "good", at=0, comment="Dziękuję!"),
        rating(second, "bad", at=evening),
        rating(rated_elsewhere, "neutral", at=400 * 86400),
    ]
    async with (
        running("tickets", tickets_url, amqp_url) as app,
        Wiretap(amqp_url) as tap,
        agents_of(app, JAN) as (jan,),
    ):
        before = await figures(jan, "2025-03-01", "2025-03-02")
        async with settled(QUEUE, len(given)):
            for submitted in given:
                await tap.say(submitted)
        one = await jan.send("GET", f"/internal/conversations/{first}/rating")
        none = await jan.send("GET", f"/internal/conversations/{unrated}/rating")
        of_some = await jan.send("GET", "/internal/ratings", conversation_ids=[str(first), str(second), str(unrated)])
        of_none = await jan.send("GET", "/internal/ratings")
        after = await figures(jan, "2025-03-01", "2025-03-02")
        backwards = await jan.send("GET", "/internal/ratings/figures", since="2025-03-02", until="2025-03-01")
        endless = await jan.send("GET", "/internal/ratings/figures", since="2020-01-01", until="2025-03-01")
    assert Rating.model_validate_json(one.content) == Rating(
        conversation_id=first, score="good", comment="Dziękuję!", rated_at=given[0].rated_at
    )
    assert none.status_code == 404
    assert [r.conversation_id for r in Ratings.model_validate_json(of_some.content).ratings] == [second, first]
    assert (of_none.status_code, backwards.status_code, endless.status_code) == (422, 422, 422)
    assert [count(after, day) - count(before, day) for day in ("2025-03-01", "2025-03-02")] == [1, 1]
    assert sum(row.good for row in after.agents) - sum(row.good for row in before.agents) == 1
    assert [row.label for row in after.topics] == [TOPIC.name]
    assert first in {comment.conversation_id for comment in after.comments}


async def figures(agent: Agent, since: str, until: str) -> RatingFigures:
    answer = await agent.send("GET", "/internal/ratings/figures", since=since, until=until)
    return RatingFigures.model_validate_json(answer.raise_for_status().content)


def count(figures: RatingFigures, day: str) -> int:
    return sum(row.good + row.neutral + row.bad for row in figures.days if row.key == day)
