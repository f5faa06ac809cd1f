"""Reading on in conversations, and tickets that agents open out of them, over the router's real ways."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from contracts import entries
from contracts.base import NamedRef
from contracts.reads import AgentTopics, ConversationRecord
from contracts.tickets import TicketOpened
from services.chassis.errors import Forbidden, NotFound
from tests.integration.router.people import Agent, Visitor
from tests.integration.router.world import World


async def record(world: World, conversation_id: UUID, agent_id: UUID) -> ConversationRecord:
    async with world.http() as client:
        path = f"/internal/conversations/{conversation_id}/record"
        return await client.get(path, ConversationRecord, agent_id=agent_id)


def opened(anna: Visitor, number: int) -> TicketOpened:
    return TicketOpened(
        ticket_id=uuid4(),
        number=number,
        origin="agent",
        conversation_id=anna.conversation_id,
        topic=NamedRef(id=uuid4(), name="Sprzedaż"),
        subject_line="Zgłoszenie dla czata z kolejki Sprzedaż",
        name="Anna",
        email="anna@example.com",
        opened_at=datetime(2026, 11, 23, 12, tzinfo=UTC),
    )


async def chat(world: World) -> tuple[Agent, Visitor]:
    topic = await world.topic()
    jan = await world.agent(topic)
    return jan, await world.chat(topic, jan)


async def test_tickets_of_a_running_chat_are_each_logged_once_and_it_goes_on(world: World) -> None:
    jan, anna = await chat(world)
    first, second = opened(anna, 1041), opened(anna, 1042)
    for told in (first, second, first, second):
        await world.publisher.publish(told)
    await anna.post("Jestem tu jeszcze")
    await world.until(lambda: world.kinds(anna.conversation_id).count("ticket_opened") == 2)
    await jan.posts(anna.conversation_id, "Ja też")
    snapshot = await world.snapshot(anna.conversation_id, jan)
    bodies = [entry.body for entry in snapshot.entries]
    assert (snapshot.header.state, snapshot.header.ticket_number) == ("active", 1042)
    assert [body.number for body in bodies if isinstance(body, entries.TicketOpened)] == [1041, 1042]
    assert [chat.state for chat in jan.desk.chats] == ["active"]


async def test_a_conversation_that_goes_on_is_read_by_those_who_take_part_and_one_that_is_over_by_all(
    world: World,
) -> None:
    jan, anna = await chat(world)
    stranger = uuid4()
    await anna.post("Czy jest parking?")
    with pytest.raises(Forbidden):
        await record(world, anna.conversation_id, stranger)
    assert (await record(world, anna.conversation_id, jan.id)).state == "active"
    await anna.end()
    read = await record(world, anna.conversation_id, stranger)
    assert (read.state, read.close_reason) == ("closed", "ended_by_visitor")
    assert [agent.id for agent in read.agents] == [jan.id]
    kinds = [entry.body.kind for entry in read.entries if entry.body]
    assert "visitor_message" in kinds
    assert not {"offer_made", "offer_ended", "customer_looked_up"} & set(kinds)
    with pytest.raises(NotFound):
        await record(world, uuid4(), jan.id)


async def test_agents_are_told_how_a_topics_tickets_are_called(world: World) -> None:
    topic = await world.topic(ticket_subject="Pytanie do: <topic>")
    async with world.http() as client:
        topics = (await client.get("/internal/topics", AgentTopics)).topics
    assert [one.ticket_subject for one in topics if one.id == topic.id] == ["Pytanie do: <topic>"]
