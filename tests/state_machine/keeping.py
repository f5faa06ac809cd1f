"""The pure router's state, and what follows from a decision: dictionaries for tables, one thing at a time.

What a decision entails is asked of `domain.effects` and done here as services/router/work.py does it with tables; no
rule of the product is written here, except in what order the domain's functions are called.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from contracts import conversation as asked
from contracts.entries import Ended, Entry, InactivityWarned
from contracts.parameters import RoutingSettings, TopicSettings
from services.router.domain import effects, first_answer, inactivity, leaving, lifecycle, offers, presence, routing
from services.router.domain.agent import Agent
from services.router.domain.conversation import Conversation, Decision, record
from services.router.domain.inactivity import Close, Signs, Wait, Warn
from tests.state_machine.alarms import Alarm, Alarms

INACTIVE, OFFERS_LOST, CHATS_LOST = "inactive", "offers_lost", "chats_lost"


class Keeping:
    """All state, and what changes it beside what arrives."""

    def __init__(self) -> None:
        self.alarms = Alarms()
        self.ids = 10_000
        self.agents: dict[UUID, Agent] = {}
        self.topics: dict[UUID, TopicSettings] = {}
        self.routing = RoutingSettings()
        self.conversations: dict[UUID, Conversation] = {}
        self.logs: dict[UUID, list[Entry]] = {}
        self.pages: dict[UUID, asked.GatewayPresence] = {}
        self.to_route: set[UUID] = set()
        self._offered: dict[UUID, UUID] = {}
        self.answered: dict[tuple[UUID, UUID], int | None] = {}

    def new_id(self) -> UUID:
        self.ids += 1
        return UUID(int=self.ids)

    @property
    def now(self) -> datetime:
        return self.alarms.now

    # --- keeping what was decided

    def keep(self, before: Conversation | None, decision: Decision, client_id: UUID | None = None) -> None:
        after = decision.conversation
        entailed = effects.of_conversation(before, decision)
        self.conversations[after.id] = after
        if after.offer is not None:
            self._offered[after.offer.id] = after.id
        self.logs.setdefault(after.id, []).extend(decision.entries)
        if client_id is not None and decision.answer is not None:
            self.answered[after.id, client_id] = decision.answer.seq
        for kind, subject, due_at in entailed.timers:
            self._set_timer(kind, subject, due_at)
        self.to_route |= entailed.route
        for agent_id in sorted(entailed.taken | entailed.released | entailed.asked | entailed.missed):
            self.keep_agent(effects.on_agent(self.agents[agent_id], entailed, self.routing, self.now))
        if before is None or _silence(before) != _silence(after):
            self.look_for_silence(after.id)

    def keep_agent(self, after: Agent) -> None:
        before = self.agents[after.id]
        self.agents[after.id] = after
        self.to_route |= effects.topics_to_route(before, after)
        if effects.withdraws(before, after):
            self._withdraw_from(after.id)

    def _withdraw_from(self, agent_id: UUID) -> None:
        for conversation in list(self.conversations.values()):
            if conversation.offer and conversation.offer.agent.id == agent_id:
                self.keep(conversation, offers.withdraw(conversation, conversation.offer.id, self.now))

    def _route(self) -> None:
        while self.to_route:
            topic = self.topics[min(self.to_route)]
            line = [c for c in self.conversations.values() if c.topic.id == topic.id and c.header.state == "waiting"]
            first = min(line, key=routing.place_in_line, default=None)
            eligible = routing.candidates(topic.id, self.agents.values())
            chosen = routing.next_agent(topic, first.asked, first.preferred_id, eligible) if first else None
            if first is None or chosen is None:
                self.to_route.remove(topic.id)
                continue
            lasts = timedelta(seconds=topic.offer_seconds)
            made = offers.make_offer(first, self.agents[chosen].ref, self.new_id(), lasts, self.now)
            assert isinstance(made, Decision)
            self.keep(first, made)

    # --- who is there

    def hear(self, present: asked.GatewayPresence) -> None:
        known = self.pages.get(present.gateway_id)
        if known is not None and known.number >= present.number:
            return
        at = min(present.at, self.now)
        moved = set(known.conversations if known else ()) ^ set(present.conversations)
        self.pages[present.gateway_id] = present
        for agent in list(self.agents.values()):
            console = any(agent.id in gateway.agents for gateway in self.pages.values())
            if console != agent.connected:
                self.keep_agent(presence.seen(agent, console=console, at=at))
                self.set_losses(self.agents[agent.id])
        for conversation_id in sorted(moved & set(self.conversations)):
            conversation = self.conversations[conversation_id]
            here = any(conversation_id in gateway.conversations for gateway in self.pages.values())
            if here == (conversation.visitor_gone_at is not None):
                self.conversations[conversation_id] = replace(conversation, visitor_gone_at=None if here else at)
                self.look_for_silence(conversation_id)

    def set_losses(self, agent: Agent) -> None:
        self._set_timer(OFFERS_LOST, agent.id, presence.lost_at(agent, self.routing.offers_lost_seconds))
        self._set_timer(CHATS_LOST, agent.id, presence.lost_at(agent, self.routing.conversations_lost_seconds))

    def _is_lost(self, agent_id: UUID, seconds: int) -> bool:
        lost_at = presence.lost_at(self.agents[agent_id], seconds)
        return lost_at is not None and lost_at <= self.now

    def _lose_offers(self, agent_id: UUID) -> None:
        if self._is_lost(agent_id, self.routing.offers_lost_seconds):
            self._withdraw_from(agent_id)

    def _lose_chats(self, agent_id: UUID) -> None:
        if not self._is_lost(agent_id, self.routing.conversations_lost_seconds):
            return
        for conversation in list(self.conversations.values()):
            self.keep(conversation, leaving.connection_lost(conversation, agent_id, self.now))
        self.keep_agent(presence.signed_off(self.agents[agent_id], self.now))

    # --- time

    def _set_timer(self, kind: str, subject: UUID, due_at: datetime | None) -> None:
        self.alarms.set((kind, subject), due_at)

    def pass_time(self, seconds: float) -> None:
        until = self.now + timedelta(seconds=seconds)
        while due := self.alarms.next(until):
            self.alarms.now = due
            self.settle()
        self.alarms.now = until

    def settle(self) -> None:
        """Do what is left to do now."""
        self._route()
        while alarm := self.alarms.take():
            self._ring(alarm)
            self._route()

    def ring_again(self, which: int) -> None:
        """Let a timer that has rung or was cancelled ring: a handler may have claimed it just before."""
        alarm = self.alarms.settled[-1 - which % len(self.alarms.settled)]
        if alarm not in self.alarms.due:
            self._ring(alarm)
            self.settle()

    def _ring(self, alarm: Alarm) -> None:
        kind, subject = alarm
        handlers: dict[str, Callable[[UUID], None]] = {
            effects.OFFER: self._offer_over,
            effects.ANSWER: self._answer_overdue,
            OFFERS_LOST: self._lose_offers,
            CHATS_LOST: self._lose_chats,
            INACTIVE: self.look_for_silence,
        }
        handlers[kind](subject)

    def _offer_over(self, offer_id: UUID) -> None:
        conversation = self.conversations[self._offered[offer_id]]
        self.keep(conversation, offers.expire(conversation, offer_id, self.now))

    def _answer_overdue(self, conversation_id: UUID) -> None:
        conversation = self.conversations[conversation_id]
        self.keep(conversation, first_answer.answer_overdue(conversation, self.now))

    def look_for_silence(self, conversation_id: UUID) -> None:
        conversation = self.conversations[conversation_id]
        topic = self.topics[conversation.topic.id]
        self._set_timer(INACTIVE, conversation_id, None)
        match inactivity.next_step(topic, signs(conversation), self.now):
            case Warn(closes_at=closes_at):
                self.keep(conversation, record(conversation, self.now, InactivityWarned(closes_at=closes_at)))
                self._set_timer(INACTIVE, conversation_id, closes_at)
            case Wait(until=until):
                self._set_timer(INACTIVE, conversation_id, until)
            case Close():
                self.keep(conversation, lifecycle.close(conversation, Ended(reason="inactive"), topic, self.now))
            case None:
                pass


def _silence(conversation: Conversation) -> tuple[object, ...]:
    """What a silence depends on, but for the visitor's own signs of life, which only make it begin later."""
    return conversation.topic, conversation.header.state, conversation.owned_at


def signs(conversation: Conversation) -> Signs:
    """The signs of life of the conversation's visitor."""
    return Signs(
        state=conversation.header.state,
        answered_at=conversation.owned_at,
        wrote_at=conversation.visitor_wrote_at,
        gone_at=conversation.visitor_gone_at,
        warned_at=conversation.warned_at,
    )
