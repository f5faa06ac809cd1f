"""Requests that arrive twice, late, or from whom they must not."""

import asyncio
from uuid import uuid4

import pytest

from contracts.base import SYSTEM, Actor
from contracts.conversation import EndConversation, PostMessage, SetStatus
from contracts.entries import Entry, VisitorMessage
from contracts.live import LiveEntry
from contracts.refusals import Refusal, RefusalCode
from services.chassis.database import Transaction
from services.router.domain import lifecycle
from services.router.store import conversations
from services.router.work import Work
from tests.integration.router.world import World


async def test_a_repeated_message_is_logged_once_and_answered_with_its_number(world: World) -> None:
    anna = await world.visitor(await world.topic())
    command = world.post_command(anna.conversation_id, anna.actor, "raz")
    first = await world.ask(command, times=3)
    await anna.post("dwa")
    again = await world.ask(command)
    assert first.seq == again.seq == 2
    assert again.entry is None
    assert world.kinds(anna.conversation_id) == ["started", "visitor_message", "visitor_message"]


async def test_a_repeated_start_is_the_same_conversation_for_its_visitor_and_nobody_elses(world: World) -> None:
    topic = await world.topic()
    command = world.start_command(topic)
    assert (await world.ask(command, times=2)).seq == 1
    assert (await world.ask(command.model_copy(update={"client_id": uuid4()}))).seq == 1
    other = command.model_copy(update={"client_id": uuid4(), "visitor_id": uuid4()})
    assert (await world.ask(other)).code == RefusalCode.NOT_YOURS
    assert (await world.ask(world.start_command(topic.model_copy(update={"id": uuid4()})))).code == RefusalCode.UNKNOWN


async def test_repeated_accepts_and_ends_change_nothing_and_get_the_same_number(world: World) -> None:
    topic = await world.topic()
    jan = await world.agent(topic)
    anna = await world.visitor(topic)
    accept = jan.accept_command(await jan.offer(anna))
    accepted = await world.ask(accept, times=2)
    end = EndConversation(conversation_id=anna.conversation_id, client_id=uuid4(), by=anna.actor)
    ended = await world.ask(end, times=2)
    assert (await world.ask(accept)).seq == accepted.seq == 4
    assert (await world.ask(end)).seq == ended.seq == 5
    assert world.kinds(anna.conversation_id)[-1] == "ended"
    await world.until(lambda: jan.desk.load == 0)


async def test_an_old_status_that_arrives_again_does_not_undo_a_newer_one(world: World) -> None:
    jan = await world.agent(await world.topic())
    on = SetStatus(agent_id=jan.id, client_id=uuid4(), status="available")
    await world.ask(on)
    await jan.sets("break")
    assert (await world.ask(on)).refusal is None
    assert (await jan.sets("break")).refusal is None
    await world.until(lambda: jan.desk.status == "break")


async def test_an_account_that_arrives_late_does_not_undo_a_newer_one(world: World) -> None:
    topic = await world.topic()
    jan = await world.agent(topic, capacity=1)
    await world.publisher.publish(world.account(jan, topic, capacity=5, version=3))
    await world.until(lambda: jan.desk.capacity == 5)
    await world.publisher.publish(world.account(jan, topic, capacity=2, version=2))
    for _ in range(4):
        await world.visitor(topic)
    await world.until(lambda: len(jan.desk.offers) == 4)
    assert jan.desk.capacity == 5


async def test_a_conversation_nobody_has_started_is_unknown(world: World) -> None:
    jan = await world.agent(await world.topic())
    assert (await jan.posts(uuid4())).code == RefusalCode.UNKNOWN
    assert (await jan.ends(uuid4())).code == RefusalCode.UNKNOWN


async def test_what_was_typed_is_kept_to_the_letter(world: World) -> None:
    anna = await world.visitor(await world.topic())
    text = '  \\u0041 "{}" %s $1 <b>łódź</b>\n\t🙂👩\u200d💻 ' + "ż" * 3900
    answer = await anna.post(text)
    assert answer.entry is not None
    assert answer.entry.body.text == text  # type: ignore[union-attr]
    snapshot = await world.visitor_snapshot(anna.conversation_id, after=1)
    assert snapshot.entries[0].body.text == text  # type: ignore[union-attr]


@pytest.mark.parametrize("state", ["waiting", "offered", "active", "closed", "left"])
async def test_the_statement_that_posts_obeys_the_same_rule_as_the_domain(world: World, state: str) -> None:
    topic = await world.topic()
    jan = await world.agent(topic, on=state != "waiting", capacity=1)
    ewa = await world.agent(topic, on=False)
    anna = await world.visitor(topic)
    if state != "waiting":
        offer = await jan.offer(anna)
        if state in ("active", "closed"):
            await jan.accepts(offer)
        if state == "closed":
            await anna.end()
        if state == "left":
            await anna.leave_as_ticket()
    stranger = Actor(kind="visitor", id=uuid4())
    confused = [Actor(kind="visitor", id=jan.id), Actor(kind="agent", id=anna.id), Actor(kind="system", id=anna.id)]
    for author in [anna.actor, stranger, jan.actor, ewa.actor, SYSTEM, *confused, Actor(kind="agent")]:
        command = world.post_command(anna.conversation_id, author, "kto pisze?")
        expected = await domain_says(world, command)
        answer = await world.ask(command)
        assert (answer.code, answer.entry is not None) == (expected, expected is None), author.kind


async def domain_says(world: World, command: PostMessage) -> str | None:
    async def look(tx: Transaction) -> str | None:
        conversation = await Work(tx, world.service.ids, world.clock.now()).load(command.conversation_id)
        assert conversation is not None
        outcome = lifecycle.post(conversation, command, world.clock.now())
        return outcome.code if isinstance(outcome, Refusal) else None

    return await world.service.database.run(look)


async def test_the_same_message_posted_by_two_processes_at_once_is_logged_once(world: World) -> None:
    anna = await world.visitor(await world.topic())
    database, now = world.service.database, world.clock.now()

    async def post(command: PostMessage) -> conversations.Posted | None:
        body = VisitorMessage(client_id=command.client_id, text=command.text)
        told = LiveEntry(conversation_id=anna.conversation_id, entry=Entry(seq=1, at=now, body=body))
        row, text = database.letterhead.prepare(told), body.model_dump_json()
        async with database.connection() as connection:
            return await conversations.post(
                connection, anna.conversation_id, command.client_id, anna.actor, now, text, row
            )

    for number in range(20):
        command = world.post_command(anna.conversation_id, anna.actor, "raz")
        posted = await asyncio.gather(*(post(command) for _ in range(3)))
        assert [p.seq for p in posted if p] == [number + 2] * 3
        assert sum(p is not None and p.row is not None for p in posted) == 1
