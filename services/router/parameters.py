"""What administrators set, changed while everything runs, and what visitors are told of topics.

A change is kept under the version it was made from, and entails what it concerns in the same transaction: the topic is
routed by its new rules, its opening is timed, silences are measured anew, and every gateway is told (`live.topics.v1`).
Of several routers one fires each timer; whoever computes what a topic is like has its row locked, so that the last
message about a topic tells the last state.
"""

from dataclasses import replace
from typing import Final

from contracts.live import LiveTopics
from contracts.parameters import RoutingSettings, TopicSettings, TopicSettingsList
from contracts.reads import AgentTopic, AgentTopics, TopicView
from services.chassis.clock import Clock, Ids
from services.chassis.database import Database, Transaction
from services.chassis.deadlines import Deadline
from services.router.domain.hours import is_open, next_change
from services.router.store import presence, topics
from services.router.timers import CAPACITY, CHATS_LOST, HOURS, INACTIVE, OFFERS_LOST, STAFFED, answer_all, move
from services.router.work import Work

OF_SILENCE: Final = ("inactivity_seconds", "inactivity_warning_seconds", "inactivity_from")
OF_ABSENCE: Final = ("offers_lost_seconds", "conversations_lost_seconds")


class UnknownTopic(Exception):
    """There is no such topic."""


class ChangedMeanwhile(Exception):
    """Somebody else has changed it since it was read."""


class Parameters:
    """Reads and changes of parameters, and the timers that follow from them."""

    def __init__(self, database: Database, clock: Clock, ids: Ids) -> None:
        self._database = database
        self._clock = clock
        self._ids = ids

    # --- reading

    async def topics(self) -> AgentTopics:
        """Every topic as it is now, by name."""
        async with self._database.connection() as connection:
            known = await topics.all_of_them(connection)
            staffed = await topics.staffed(connection)
        return AgentTopics(
            topics=tuple(
                AgentTopic(
                    **dict(self._view(topic, staffed=staffed.get(topic.id, False))), ticket_subject=topic.ticket_subject
                )
                for topic in known
            )
        )

    async def settings(self) -> TopicSettingsList:
        """The parameters of every topic, by name."""
        async with self._database.connection() as connection:
            return TopicSettingsList(topics=tuple(await topics.all_of_them(connection)))

    async def routing(self) -> RoutingSettings:
        """What holds for all topics and agents."""
        async with self._database.connection() as connection:
            return await topics.routing(connection)

    # --- changing

    async def add(self, topic: TopicSettings) -> TopicSettings:
        """Make the topic, unless there is one of its id, which stays as it is; the topic as it is kept."""

        async def attempt(tx: Transaction) -> TopicSettings:
            await self._make(tx, topic)
            kept = await topics.load(tx.connection, topic.id)
            if kept is None:
                raise UnknownTopic
            return kept

        return await self._database.run(attempt)

    async def save(self, topic: TopicSettings) -> TopicSettings:
        """Change the topic, or make it where the version is 0. Raises UnknownTopic, ChangedMeanwhile."""

        async def attempt(tx: Transaction) -> TopicSettings:
            if not topic.version:
                if not await self._make(tx, topic):
                    raise ChangedMeanwhile
                return topic.model_copy(update={"version": 1})
            before = await topics.lock(tx.connection, topic.id)
            if before is None:
                raise UnknownTopic
            version = await topics.save(tx.connection, topic)
            if version is None:
                raise ChangedMeanwhile
            saved = topic.model_copy(update={"version": version})
            await self._changed(tx, saved)
            if any(getattr(before, name) != getattr(saved, name) for name in OF_SILENCE):
                for conversation_id in await topics.open_conversations(tx.connection, saved.id):
                    move(tx.deadlines, INACTIVE, conversation_id, self._clock.now(), self._ids)
            return saved

        return await self._database.run(attempt)

    async def save_routing(self, settings: RoutingSettings) -> RoutingSettings:
        """Change what holds for all. Raises ChangedMeanwhile."""

        async def attempt(tx: Transaction) -> RoutingSettings:
            before = await topics.routing(tx.connection)
            version = await topics.save_routing(tx.connection, settings)
            if version is None:
                raise ChangedMeanwhile
            now = self._clock.now()
            if settings.default_capacity != before.default_capacity:
                for agent_id in await topics.agents_without_capacity(tx.connection):
                    move(tx.deadlines, CAPACITY, agent_id, now, self._ids)
            if any(getattr(before, name) != getattr(settings, name) for name in OF_ABSENCE):
                for agent_id in await presence.agents_away(tx.connection):
                    move(tx.deadlines, OFFERS_LOST, agent_id, now, self._ids)
                    move(tx.deadlines, CHATS_LOST, agent_id, now, self._ids)
            return settings.model_copy(update={"version": version})

        return await self._database.run(attempt)

    async def _make(self, tx: Transaction, topic: TopicSettings) -> bool:
        if not await topics.add(tx.connection, topic):
            return False
        await self._changed(tx, topic)
        # Its agents may have been registered before it.
        move(tx.deadlines, STAFFED, topic.id, self._clock.now(), self._ids)
        return True

    async def _changed(self, tx: Transaction, topic: TopicSettings) -> None:
        """Everything that any change of a topic entails."""
        Work(tx, self._ids, self._clock.now()).route([topic.id])
        self._time_hours(tx, topic)
        await self._tell(tx, topic)

    # --- timers

    async def hours_changed(self, tx: Transaction, deadline: Deadline) -> None:
        """The topic opens or closes: tell everybody, and time the next change."""
        topic = await topics.lock(tx.connection, deadline.subject)
        if topic is not None:
            self._time_hours(tx, topic)
            await self._tell(tx, topic)

    async def staff_changed(self, tx: Transaction, deadline: Deadline) -> None:
        """Tell everybody when the topic has lost its last agent who takes conversations, or has one again."""
        await answer_all(tx, deadline)
        topic = await topics.lock(tx.connection, deadline.subject)
        if topic is not None and await topics.note_staff(tx.connection, topic.id):
            await self._tell(tx, topic)

    async def capacity_changed(self, tx: Transaction, deadline: Deadline) -> None:
        """Give an agent without a capacity of their own the one that holds for all."""
        work = Work(tx, self._ids, self._clock.now())
        agent = await work.lock_agent(deadline.subject)
        capacity = (await topics.routing(tx.connection)).default_capacity
        if agent is not None and agent.default_capacity and agent.capacity != capacity:
            await work.keep_agent(replace(agent, capacity=capacity))

    def _time_hours(self, tx: Transaction, topic: TopicSettings) -> None:
        change = next_change(topic.hours, self._clock.now())
        if change is None:
            tx.deadlines.cancel(HOURS, topic.id)
        else:
            move(tx.deadlines, HOURS, topic.id, change, self._ids)

    async def _tell(self, tx: Transaction, topic: TopicSettings) -> None:
        view = self._view(topic, staffed=await topics.is_staffed(tx.connection, topic.id))
        tx.outbox.add(LiveTopics(topics=(view,)))

    def _view(self, topic: TopicSettings, *, staffed: bool) -> TopicView:
        now = self._clock.now()
        return TopicView(
            id=topic.id,
            name=topic.name,
            offer_seconds=topic.offer_seconds,
            open=is_open(topic.hours, now),
            changes_at=next_change(topic.hours, now),
            staffed=staffed,
            waiting_text=topic.waiting_text,
            after_hours_text=topic.after_hours_text,
        )
