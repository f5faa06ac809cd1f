"""Parameters, changed while everything runs, and what everybody is told of topics."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import httpx
import pytest

from contracts.conversation import AgentRegistered
from contracts.live import LiveTopics
from contracts.parameters import Hours, Opening, RoutingSettings, TopicSettings, TopicSettingsList
from contracts.reads import Topic, TopicView
from contracts.refusals import RefusalCode
from services.chassis.errors import Conflict, NotFound
from tests.integration.router.administrator import save_routing, save_topic, topic_now
from tests.integration.router.world import World
from tests.support.in_process import TOKEN


def around(now: datetime, minutes: int) -> Hours:
    """Open every day for so many minutes from now, in UTC; a quarter in which no midnight is."""
    opens = now.replace(second=0, microsecond=0)
    closes = opens + timedelta(minutes=minutes)
    spans = [(opens, closes)] if opens.date() == closes.date() else [(opens, None), (None, closes)]
    return Hours(
        time_zone="Etc/UTC",
        weekly=tuple(
            Opening(day=day, opens=f"{start:%H:%M}" if start else "00:00", closes=f"{end:%H:%M}" if end else "24:00")
            for day in range(1, 8)
            for start, end in spans
            if end is None or f"{end:%H:%M}" != "00:00"
        ),
    )


async def refusal(world: World, path: str, body: dict[str, object]) -> tuple[int, str]:
    """The status and the sentence with which a change is refused."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(world.app), base_url="http://router") as client:
        answer = await client.put(f"/internal/{path}", json=body, headers={"Authorization": f"Bearer {TOKEN}"})
    return answer.status_code, answer.json()["detail"]


async def test_a_topic_is_made_of_a_name_and_else_as_the_contract_says(world: World) -> None:
    topic = Topic(id=uuid4(), name="Sprzedaż", offer_seconds=20)
    async with world.http() as client:
        made = await client.post("/internal/topics", topic, TopicSettings)
        again = await client.post("/internal/topics", topic.model_copy(update={"name": "Inna"}), TopicSettings)
        listed = await client.get("/internal/topics/settings", TopicSettingsList)
    assert made == again == TopicSettings(id=topic.id, name="Sprzedaż", offer_seconds=20, version=1)
    assert made in listed.topics


async def test_a_change_is_kept_as_a_whole_and_told_to_everybody(world: World) -> None:
    topic = await world.topic("Sprzedaż")
    changed = await save_topic(
        world, topic, name="Sprzedaż hurtowa", choice="round_robin", waiting_text={"pl": "Chwileczkę", "en": ""}
    )
    assert changed.version == topic.version + 1
    async with world.http() as client:
        listed = await client.get("/internal/topics/settings", TopicSettingsList)
    assert changed in listed.topics
    await world.until(lambda: _name(world, topic.id) == "Sprzedaż hurtowa")
    view = await topic_now(world, topic)
    assert view == world.topic_views[topic.id]
    assert view.waiting_text.pl == "Chwileczkę"


async def test_of_two_who_change_the_same_the_second_is_told(world: World) -> None:
    topic = await world.topic()
    await save_topic(world, topic, offer_seconds=30)
    with pytest.raises(Conflict):
        await save_topic(world, topic, offer_seconds=40)
    with pytest.raises(Conflict):
        await save_topic(world, topic, version=0)
    with pytest.raises(NotFound):
        await save_topic(world, topic, id=uuid4(), version=3)
    made = await save_topic(world, topic, id=uuid4(), version=0, name="Nowy temat")
    assert made.version == 1
    routing = await save_routing(world, break_after_missed=True)
    async with world.http() as client:
        old = RoutingSettings(version=routing.version - 1)
        with pytest.raises(Conflict):
            await client.put("/internal/routing-settings", old, RoutingSettings)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("offer_seconds", 4, "offer_seconds: Input should be greater than or equal to 5"),
        ("inactivity_seconds", "soon", "inactivity_seconds: Input should be a valid integer"),
        ("inactivity_warning_seconds", 3600, "inactivity_warning_seconds: the warning must come before the closing"),
        ("choice", "dice", "choice: Input should be 'longest_idle', 'round_robin' or 'fewest_chats'"),
        ("name", "  ", "name: String should have at least 1 character"),
        ("hours", {"time_zone": "Mars/Olympus"}, "hours.time_zone: there is no time zone called 'Mars/Olympus'"),
        (
            "hours",
            {"weekly": [{"day": 1, "opens": "16:00", "closes": "08:00"}]},
            "hours.weekly.0.closes: a span must open before it closes",
        ),
        ("id", str(UUID(int=1)), "id: is not the topic's of this address"),
    ],
)
async def test_what_is_out_of_bounds_is_refused_with_the_fields_name_and_a_sentence(
    world: World, field: str, value: object, sentence: str
) -> None:
    topic = await world.topic()
    status, said = await refusal(world, f"topics/{topic.id}/settings", topic.model_dump(mode="json") | {field: value})
    assert status == 422
    assert said.startswith(sentence)


async def test_times_of_absence_that_contradict_each_other_are_refused(world: World) -> None:
    status, said = await refusal(world, "routing-settings", {"offers_lost_seconds": 90})
    assert status == 422
    assert "conversations_lost_seconds" in said


async def test_the_next_offer_lasts_as_long_as_the_changed_topic_says(world: World) -> None:
    topic = await world.topic(offer_seconds=20)
    jan = await world.agent(topic)
    await save_topic(world, topic, offer_seconds=45)
    offer = await jan.offer(await world.visitor(topic))
    assert offer.expires_at - offer.made_at == timedelta(seconds=45)


async def test_a_topic_is_staffed_while_an_available_agent_of_it_has_a_console_open(world: World) -> None:
    topic = await world.topic()
    assert not (await topic_now(world, topic)).staffed
    jan, ewa = await world.agent(topic), await world.agent(topic, name="Ewa")
    await world.until(lambda: _staffed(world, topic.id) is True)
    told = [one for one in _told(world, topic.id) if one.staffed]
    await jan.loses_console()
    await ewa.sets("break")
    await world.until(lambda: _staffed(world, topic.id) is False)
    assert not (await topic_now(world, topic)).staffed
    assert len(told) == 1, "that a second agent comes changes nothing for visitors"
    await ewa.sets("available")
    await world.until(lambda: _staffed(world, topic.id) is True)


async def test_a_console_that_goes_and_comes_again_leaves_its_topic_staffed(world: World) -> None:
    topic = await world.topic()
    jan = await world.agent(topic)
    await world.until(lambda: _staffed(world, topic.id) is True)
    await jan.loses_console()
    await jan.opens_console()
    await jan.sets("break")
    await world.until(lambda: _staffed(world, topic.id) is False)
    assert [one.staffed for one in _told(world, topic.id)] == [False, True, False]


async def test_a_topic_made_after_its_agents_is_staffed_by_them(world: World) -> None:
    topic = TopicSettings(id=uuid4(), name="Reklamacje")
    await world.agent(topic)
    async with world.http() as client:
        await client.post("/internal/topics", topic, TopicSettings)
    await world.until(lambda: _staffed(world, topic.id) is True)


async def test_opening_and_closing_are_told_at_their_time_once_by_two_routers(world: World) -> None:
    now = world.clock.now()
    topic = await world.topic(hours=around(now, 120).model_dump())
    view = await topic_now(world, topic)
    assert view.open
    assert view.changes_at is not None
    anna = await world.visitor(topic)
    async with world.router():
        world.time_passes((view.changes_at - world.clock.now()).total_seconds())
        await world.until(lambda: not world.topic_views[topic.id].open)
        closed = world.topic_views[topic.id]
        assert closed.changes_at is not None
        assert (await anna.post()).refusal is None, "who waits goes on waiting"
        assert (await world.ask(world.start_command(topic))).code == RefusalCode.OUTSIDE_HOURS
        world.time_passes((closed.changes_at - world.clock.now()).total_seconds())
        await world.until(lambda: world.topic_views[topic.id].open)
    assert [one.open for one in _told(world, topic.id)] == [True, False, True]


async def test_a_change_of_the_hours_holds_and_is_told_at_once(world: World) -> None:
    topic = await world.topic()
    assert (await topic_now(world, topic)).open
    never = await save_topic(world, topic, hours={"weekly": []})
    await world.until(lambda: not world.topic_views[topic.id].open)
    assert (await world.ask(world.start_command(topic))).code == RefusalCode.OUTSIDE_HOURS
    await save_topic(world, never, hours={})
    await world.until(lambda: world.topic_views[topic.id].open)
    assert (await world.ask(world.start_command(topic))).refusal is None


async def test_a_higher_capacity_for_all_gives_those_who_wait_to_agents_without_one_of_their_own(world: World) -> None:
    topic = await world.topic()
    await save_routing(world, default_capacity=1)
    jan = await world.agent(topic, on=False)
    usual = world.account(jan, topic, capacity=99, version=2)
    await world.publisher.publish(AgentRegistered.model_validate(usual.model_dump() | {"default_capacity": True}))
    await world.until(lambda: jan.desk.capacity == 1)
    ewa = await world.agent(topic, name="Ewa", capacity=1, on=False)
    await jan.comes_on()
    first, second = await world.visitor(topic), await world.visitor(topic)
    await jan.offer(first)
    await save_routing(world, default_capacity=3)
    await jan.offer(second)
    assert (jan.desk.capacity, ewa.desk.capacity) == (3, 1)


def _told(world: World, topic_id: UUID) -> list[TopicView]:
    messages = [one for one in world.heard if isinstance(one, LiveTopics)]
    return [view for message in messages for view in message.topics if view.id == topic_id]


def _name(world: World, topic_id: UUID) -> str | None:
    return world.topic_views[topic_id].name if topic_id in world.topic_views else None


def _staffed(world: World, topic_id: UUID) -> bool | None:
    return world.topic_views[topic_id].staffed if topic_id in world.topic_views else None


def test_the_hours_of_these_tests_hold_now() -> None:
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    assert [(one.opens, one.closes) for one in around(late, 120).weekly or ()][:2] == [
        ("23:30", "24:00"),
        ("00:00", "01:30"),
    ]
