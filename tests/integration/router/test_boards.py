"""What lists show: the board of open conversations, colleagues, and cards that follow every change."""

from uuid import uuid4

import pytest

from contracts.reads import Board, Colleague, Colleagues
from services.chassis.errors import Forbidden, NotFound
from tests.integration.router.people import Agent
from tests.integration.router.world import World


async def board(world: World, agent: Agent) -> Board:
    async with world.http() as client:
        return await client.get(f"/internal/agents/{agent.id}/board", Board)


async def test_the_board_shows_own_topics_to_agents_and_everything_to_supervisors(world: World) -> None:
    sales, support = await world.topic(), await world.topic("Wsparcie")
    jan = await world.agent(sales, capacity=1)
    marta = await world.agent(name="Marta", role="supervisor")
    talking, waiting = await world.chat(sales, jan), await world.visitor(sales)
    elsewhere = await world.visitor(support)
    over = await world.visitor(sales)
    await over.end()
    own = [card.conversation_id for card in (await board(world, jan)).cards]
    assert own == [talking.conversation_id, waiting.conversation_id]
    everything = {card.conversation_id: card for card in (await board(world, marta)).cards}
    assert {*own, elsewhere.conversation_id} <= everything.keys()
    assert over.conversation_id not in everything


async def test_cards_that_were_told_are_the_cards_that_are_read(world: World) -> None:
    topic = await world.topic()
    jan = await world.agent(topic)
    anna = await world.chat(topic, jan)
    ewa = await world.agent(topic, name="Ewa")
    zofia = await world.agent(topic, name="Zofia")
    await ewa.joins(anna)
    await jan.chooses(anna, zofia)
    await world.until(lambda: world.cards[anna.conversation_id].offered_to is not None)
    (read,) = (await board(world, jan)).cards
    assert read == world.cards[anna.conversation_id]
    assert [one.name for one in read.participants] == ["Jan Kowalski", "Ewa"]


async def test_the_board_shows_the_longest_waiting_and_counts_the_rest(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.router.store.reads.MOST_CARDS", 2)
    topic = await world.topic()
    jan = await world.agent(topic, on=False)
    first, second, _ = [await world.visitor(topic) for _ in range(3)]
    shown = await board(world, jan)
    assert [card.conversation_id for card in shown.cards] == [first.conversation_id, second.conversation_id]
    assert shown.more == 1


async def test_colleagues_are_those_of_the_topic_who_are_there_with_their_load(world: World) -> None:
    topic, other = await world.topic(), await world.topic("Wsparcie")
    jan = await world.agent(topic, capacity=1)
    anna = await world.chat(topic, jan)
    ewa = await world.agent(topic, other, name="Ewa")
    on_break = await world.agent(topic, name="Ola", on=False)
    await world.agent(other, name="Piotr")
    gone = await world.agent(topic, name="Stefan")
    await gone.loses_console()
    async with world.http() as client:
        path = f"/internal/conversations/{anna.conversation_id}/colleagues"
        seen = (await client.get(path, Colleagues, agent_id=jan.id)).agents
        everybody = await client.get("/internal/agents", Colleagues)
        with pytest.raises(Forbidden):
            await client.get(path, Colleagues, agent_id=ewa.id)
        with pytest.raises(NotFound):
            await client.get(f"/internal/conversations/{uuid4()}/colleagues", Colleagues, agent_id=jan.id)
        with pytest.raises(NotFound):
            await client.get(f"/internal/agents/{uuid4()}/board", Board)
    by_name: dict[str, Colleague] = {one.agent.name: one for one in seen}
    assert list(by_name) == ["Ewa", "Jan Kowalski", "Ola"]
    assert (by_name["Jan Kowalski"].load, by_name["Jan Kowalski"].has_room) == (1, False)
    assert (by_name["Ewa"].status, by_name["Ewa"].has_room, by_name["Ola"].has_room) == ("available", True, False)
    assert {one.id for one in (jan, ewa, on_break, gone)} <= {one.agent.id for one in everybody.agents}
