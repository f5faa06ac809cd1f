"""What is read: snapshots of both views, desks and heads, and that live messages lead to the same."""

from uuid import UUID, uuid4

import pytest

from contracts.customers import CustomerLookedUp
from contracts.parameters import TopicSettings
from contracts.reads import Desk, Heads, HeadsRequest, Topics
from contracts.views import Snapshot, VisitorSnapshot, apply_entry, apply_visitor_entry, visitor_entry
from services.chassis.errors import Forbidden, InternalHttpError, NotFound
from tests.integration.router.people import Agent
from tests.integration.router.world import World
from tests.support.in_process import client_of


async def test_a_snapshot_and_the_events_after_it_are_a_fresh_snapshot_in_both_views(world: World) -> None:
    topic = await world.topic()
    jan = await world.agent(topic)
    anna = await world.visitor(topic)
    conversation_id = anna.conversation_id
    await anna.post()
    taken: list[tuple[Snapshot, VisitorSnapshot]] = []

    async def look() -> None:
        taken.append((await world.snapshot(conversation_id, jan), await world.visitor_snapshot(conversation_id)))

    offer = await jan.offer(anna)
    await look()
    await world.publisher.publish(CustomerLookedUp(conversation_id=conversation_id, customer_id=uuid4()))
    await world.logged(conversation_id, "customer_looked_up")
    await look()
    await jan.accepts(offer)
    await look()
    for _ in range(3):
        await anna.post()
        await jan.posts(conversation_id)
        await look()
    await anna.end()
    await look()
    fresh, fresh_for_visitor = taken[-1]
    await world.until(lambda: len(world.log(conversation_id)) == fresh.header.head)
    for agents_view, visitors_view in taken:
        header, shown = agents_view.header, visitors_view.header
        events = [entry for entry in world.log(conversation_id) if entry.seq > header.head]
        for entry in events:
            header = apply_entry(header, entry)
            shown = apply_visitor_entry(shown, visitor_entry(entry))
        assert header == fresh.header
        assert (*agents_view.entries, *events) == fresh.entries
        assert shown == fresh_for_visitor.header
        assert (*visitors_view.entries, *map(visitor_entry, events)) == fresh_for_visitor.entries


async def test_a_snapshot_after_a_number_has_the_header_of_the_head_and_only_newer_entries(world: World) -> None:
    anna = await world.visitor(await world.topic())
    for _ in range(4):
        await anna.post()
    snapshot = await world.visitor_snapshot(anna.conversation_id, after=3)
    assert snapshot.header.head == 5
    assert [entry.seq for entry in snapshot.entries] == [4, 5]
    assert (await world.visitor_snapshot(anna.conversation_id, after=5)).entries == ()


async def test_a_snapshot_holds_the_newest_thousand_entries_at_most(world: World) -> None:
    anna = await world.visitor(await world.topic())
    async with world.service.database.connection() as connection:
        await connection.execute(
            """INSERT INTO entry (conversation_id, seq, at, client_id, body)
               SELECT $1, n, now(), id, jsonb_build_object('kind', 'visitor_message', 'client_id', id, 'text', 'x')
                 FROM (SELECT n, gen_random_uuid() AS id FROM generate_series(2, 1500) n) new""",
            anna.conversation_id,
        )
        await connection.execute("UPDATE conversation SET head = 1500 WHERE id = $1", anna.conversation_id)
    entries = (await world.visitor_snapshot(anna.conversation_id)).entries
    assert (len(entries), entries[0].seq, entries[-1].seq) == (1000, 501, 1500)


async def test_only_agents_asked_or_taking_part_see_a_conversation(world: World) -> None:
    topic = await world.topic()
    jan = await world.agent(topic)
    ewa = await world.agent(topic, name="Ewa", on=False)
    anna = await world.visitor(topic)
    offer = await jan.offer(anna)
    assert (await world.snapshot(anna.conversation_id, jan)).header.state == "offered"
    await forbidden(world, anna.conversation_id, ewa)
    await jan.declines(offer)
    await jan.sets("break")
    await forbidden(world, anna.conversation_id, jan)
    await ewa.comes_on()
    await ewa.accepts(await ewa.offer(anna))
    await anna.end()
    assert (await world.snapshot(anna.conversation_id, ewa)).header.state == "closed"
    await forbidden(world, anna.conversation_id, jan)


async def forbidden(world: World, conversation_id: UUID, agent: Agent) -> None:
    with pytest.raises(Forbidden):
        await world.snapshot(conversation_id, agent)


async def test_what_does_not_exist_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        await world.visitor_snapshot(uuid4())
    async with world.http() as client:
        with pytest.raises(NotFound):
            await client.get(f"/internal/agents/{uuid4()}/desk", Desk)
        with pytest.raises(InternalHttpError):
            await client.get(f"/internal/conversations/{uuid4()}", Snapshot, view="agent")


async def test_the_desk_is_versioned_and_what_was_told_last_is_what_is_read(world: World) -> None:
    topic = await world.topic()
    jan = await world.agent(topic)
    anna = await world.chat(topic, jan)
    offered = await world.visitor(topic)
    offer = await jan.offer(offered)
    await jan.declines(offer)
    await jan.sets("break")
    await world.until(lambda: jan.desk.status == "break" and not jan.desk.offers)
    async with world.http() as client:
        read = await client.get(f"/internal/agents/{jan.id}/desk", Desk)
        heads = await client.post(
            "/internal/heads",
            HeadsRequest(conversation_ids=(anna.conversation_id, uuid4()), agent_ids=(jan.id, uuid4())),
            Heads,
        )
    assert read == jan.desk
    assert (read.load, [c.conversation_id for c in read.chats]) == (1, [anna.conversation_id])
    assert heads.conversations == {anna.conversation_id: 4}
    assert heads.desks == {jan.id: jan.desk.version}


async def test_ended_chats_stay_on_the_desk_for_half_an_hour(world: World) -> None:
    topic = await world.topic()
    jan = await world.agent(topic)
    over, active = await world.chat(topic, jan), await world.chat(topic, jan)
    await jan.ends(over.conversation_id)
    await world.until(lambda: [c.state for c in jan.desk.chats] == ["active", "closed"])
    world.time_passes(31 * 60)
    async with world.http() as client:
        desk = await client.get(f"/internal/agents/{jan.id}/desk", Desk)
    assert [c.conversation_id for c in desk.chats] == [active.conversation_id]


async def test_nobody_reads_without_the_services_token(world: World) -> None:
    anna = await world.visitor(await world.topic())
    jan = await world.agent(on=False)
    async with client_of(world.app, token="of-somebody-else") as stranger:
        for path in ("topics", f"conversations/{anna.conversation_id}?view=visitor", f"agents/{jan.id}/desk"):
            with pytest.raises(Forbidden):
                await stranger.get(f"/internal/{path}", Topics)
        with pytest.raises(Forbidden):
            await stranger.post("/internal/heads", HeadsRequest(), Heads)
        with pytest.raises(Forbidden):
            await stranger.post("/internal/topics", TopicSettings(id=uuid4(), name="Sprzedaż"), TopicSettings)


async def test_agents_are_told_whether_the_visitor_has_a_page_open_now(world: World) -> None:
    topic = await world.topic()
    jan = await world.agent(topic)
    anna, other = await world.visitor(topic), await world.visitor(topic)
    await jan.offer(anna)
    assert (await world.snapshot(anna.conversation_id, jan)).visitor_online is False
    await other.opens_page()
    await anna.opens_page()
    assert (await world.snapshot(anna.conversation_id, jan)).visitor_online is True
    await anna.closes_page()
    assert (await world.snapshot(anna.conversation_id, jan)).visitor_online is False
