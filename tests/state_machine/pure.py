"""The router as the domain's rules alone: dictionaries for tables, a sorted list for timers, one thing at a time.

What a decision entails is asked of `domain.effects` and done here as services/router/work.py does it with tables; no
rule of the product is written here, except in what order the domain's functions are called.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from contracts import conversation as asked
from contracts.base import Message
from contracts.customers import CustomerLookedUp
from contracts.entries import Ended, Entry, InactivityWarned
from contracts.parameters import RoutingSettings, TopicSettings
from contracts.refusals import Refusal, RefusalCode
from contracts.tickets import RatingRecorded, TicketOpened
from services.router.domain import effects, first_answer, inactivity, leaving, lifecycle, offers, presence, routing
from services.router.domain.agent import Agent, register, set_status
from services.router.domain.conversation import Conversation, Decision, record
from services.router.domain.inactivity import Close, Signs, Wait, Warn
from tests.state_machine.alarms import Alarm, Alarms
from tests.state_machine.decisions import decide
from tests.state_machine.system import Answer, State

INACTIVE, OFFERS_LOST, CHATS_LOST = "inactive", "offers_lost", "chats_lost"
UNKNOWN = Refusal(code=RefusalCode.UNKNOWN)


class PureRouter:
    def __init__(self) -> None:
        self.alarms = Alarms()
        self.ids = 10_000
        self.agents: dict[UUID, Agent] = {}
        self.topics: dict[UUID, TopicSettings] = {}
        self.routing = RoutingSettings()
        self.conversations: dict[UUID, Conversation] = {}
        self.logs: dict[UUID, list[Entry]] = {}
        self.pages: dict[UUID, asked.GatewayPresence] = {}
        self._to_route: set[UUID] = set()
        self._offered: dict[UUID, UUID] = {}
        self._answered: dict[tuple[UUID, UUID], int | None] = {}

    def new_id(self) -> UUID:
        self.ids += 1
        return UUID(int=self.ids)

    def look(self) -> State:
        return State(self.now, self.conversations, self.logs, self.agents, self.topics, self.routing)

    @property
    def now(self) -> datetime:
        return self.alarms.now

    # --- what arrives

    def ask(self, command: Message) -> Answer:
        answer = self._ask(command)
        self._settle()
        return answer

    def _ask(self, command: Message) -> Answer:
        if isinstance(command, asked.SetStatus):
            return self._set_status(command)
        if not isinstance(command, asked.ConversationCommand):
            raise TypeError(command.TYPE)
        conversation = self.conversations.get(command.conversation_id)
        key = (command.conversation_id, command.client_id)
        if key in self._answered:
            return Answer(self._answered[key])
        if isinstance(command, asked.StartConversation | asked.LeaveMessage):
            if conversation is not None:
                return Answer(refusal=Refusal(code=RefusalCode.NOT_YOURS))
        elif conversation is None:
            return Answer(refusal=UNKNOWN)
        outcome = decide(self, conversation, command)
        if isinstance(outcome, Refusal):
            return Answer(refusal=outcome)
        self._keep(conversation, outcome, command.client_id)
        return Answer(outcome.answer.seq if outcome.answer else None)

    def _set_status(self, command: asked.SetStatus) -> Answer:
        agent = self.agents.get(command.agent_id)
        if agent is None:
            return Answer(refusal=UNKNOWN)
        if (agent.id, command.client_id) not in self._answered:
            self._answered[agent.id, command.client_id] = None
            self._keep_agent(set_status(agent, command.status, command.reason, self.now))
        return Answer()

    def tell(self, fact: Message) -> None:
        match fact:
            case asked.AgentRegistered():
                known = self.agents.get(fact.agent_id)
                after = register(known, fact, self.routing.default_capacity, self.now)
                if known is None:
                    self.agents[after.id] = after
                else:
                    self._keep_agent(after)
            case asked.GatewayPresence():
                self._hear(fact)
            case CustomerLookedUp():
                known_one = self.conversations[fact.conversation_id]
                self._keep(known_one, lifecycle.customer_looked_up(known_one, fact.customer_id, self.now))
            case TicketOpened():
                known_one = self.conversations[fact.conversation_id]
                self._keep(known_one, lifecycle.ticket_opened(known_one, fact.ticket_id, fact.number, self.now))
            case RatingRecorded():
                if (fact.conversation_id, fact.client_id) not in self._answered:
                    rated = self.conversations[fact.conversation_id]
                    self._keep(rated, lifecycle.rating_recorded(rated, fact, self.now), fact.client_id)
            case _:
                raise TypeError(fact.TYPE)
        self._settle()

    def set_topic(self, topic: TopicSettings) -> None:
        self.topics[topic.id] = topic
        for conversation in self.conversations.values():
            if conversation.topic.id == topic.id and not conversation.closed:
                self._look_for_silence(conversation.id)
        self._to_route.add(topic.id)
        self._settle()

    def set_routing(self, settings: RoutingSettings) -> None:
        self.routing = settings
        for agent in list(self.agents.values()):
            if agent.default_capacity:
                self._keep_agent(replace(agent, capacity=settings.default_capacity))
            self._set_losses(self.agents[agent.id])
        self._settle()

    # --- keeping what was decided

    def _keep(self, before: Conversation | None, decision: Decision, client_id: UUID | None = None) -> None:
        after = decision.conversation
        entailed = effects.of_conversation(before, decision)
        self.conversations[after.id] = after
        if after.offer is not None:
            self._offered[after.offer.id] = after.id
        self.logs.setdefault(after.id, []).extend(decision.entries)
        if client_id is not None and decision.answer is not None:
            self._answered[after.id, client_id] = decision.answer.seq
        for kind, subject, due_at in entailed.timers:
            self._set_timer(kind, subject, due_at)
        self._to_route |= entailed.route
        for agent_id in sorted(entailed.taken | entailed.released | entailed.asked | entailed.missed):
            self._keep_agent(effects.on_agent(self.agents[agent_id], entailed, self.routing, self.now))
        if before is None or (before.header.state, before.owner_id) != (after.header.state, after.owner_id):
            self._look_for_silence(after.id)

    def _keep_agent(self, after: Agent) -> None:
        before = self.agents[after.id]
        self.agents[after.id] = after
        self._to_route |= effects.topics_to_route(before, after)
        if effects.withdraws(before, after):
            self._withdraw_from(after.id)

    def _withdraw_from(self, agent_id: UUID) -> None:
        for conversation in list(self.conversations.values()):
            if conversation.offer and conversation.offer.agent.id == agent_id:
                self._keep(conversation, offers.withdraw(conversation, conversation.offer.id, self.now))

    def _route(self) -> None:
        while self._to_route:
            topic = self.topics[min(self._to_route)]
            line = [c for c in self.conversations.values() if c.topic.id == topic.id and c.header.state == "waiting"]
            first = min(line, key=routing.place_in_line, default=None)
            eligible = routing.candidates(topic.id, self.agents.values())
            chosen = routing.next_agent(topic, first.asked, first.preferred_id, eligible) if first else None
            if first is None or chosen is None:
                self._to_route.remove(topic.id)
                continue
            lasts = timedelta(seconds=topic.offer_seconds)
            made = offers.make_offer(first, self.agents[chosen].ref, self.new_id(), lasts, self.now)
            assert isinstance(made, Decision)
            self._keep(first, made)

    # --- who is there

    def _hear(self, present: asked.GatewayPresence) -> None:
        known = self.pages.get(present.gateway_id)
        if known is not None and known.number >= present.number:
            return
        at = min(present.at, self.now)
        moved = set(known.conversations if known else ()) ^ set(present.conversations)
        self.pages[present.gateway_id] = present
        for agent in list(self.agents.values()):
            console = any(agent.id in gateway.agents for gateway in self.pages.values())
            if console != agent.connected:
                self._keep_agent(presence.seen(agent, console=console, at=at))
                self._set_losses(self.agents[agent.id])
        for conversation_id in sorted(moved & set(self.conversations)):
            conversation = self.conversations[conversation_id]
            here = any(conversation_id in gateway.conversations for gateway in self.pages.values())
            if here == (conversation.visitor_gone_at is not None):
                self.conversations[conversation_id] = replace(conversation, visitor_gone_at=None if here else at)
                self._look_for_silence(conversation_id)

    def _set_losses(self, agent: Agent) -> None:
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
            self._keep(conversation, leaving.connection_lost(conversation, agent_id, self.now))
        self._keep_agent(presence.signed_off(self.agents[agent_id], self.now))

    # --- time

    def _set_timer(self, kind: str, subject: UUID, due_at: datetime | None) -> None:
        self.alarms.set((kind, subject), due_at)

    def pass_time(self, seconds: float) -> None:
        until = self.now + timedelta(seconds=seconds)
        while due := self.alarms.next(until):
            self.alarms.now = due
            self._settle()
        self.alarms.now = until

    def _settle(self) -> None:
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
            self._settle()

    def _ring(self, alarm: Alarm) -> None:
        kind, subject = alarm
        handlers: dict[str, Callable[[UUID], None]] = {
            effects.OFFER: self._offer_over,
            effects.ANSWER: self._answer_overdue,
            OFFERS_LOST: self._lose_offers,
            CHATS_LOST: self._lose_chats,
            INACTIVE: self._look_for_silence,
        }
        handlers[kind](subject)

    def _offer_over(self, offer_id: UUID) -> None:
        conversation = self.conversations[self._offered[offer_id]]
        self._keep(conversation, offers.expire(conversation, offer_id, self.now))

    def _answer_overdue(self, conversation_id: UUID) -> None:
        conversation = self.conversations[conversation_id]
        self._keep(conversation, first_answer.answer_overdue(conversation, self.now))

    def _look_for_silence(self, conversation_id: UUID) -> None:
        conversation = self.conversations[conversation_id]
        topic = self.topics[conversation.topic.id]
        self._set_timer(INACTIVE, conversation_id, None)
        match inactivity.next_step(topic, signs(conversation), self.now):
            case Warn(closes_at=closes_at):
                self._keep(conversation, record(conversation, self.now, InactivityWarned(closes_at=closes_at)))
                self._set_timer(INACTIVE, conversation_id, closes_at)
            case Wait(until=until):
                self._set_timer(INACTIVE, conversation_id, until)
            case Close():
                self._keep(conversation, lifecycle.close(conversation, Ended(reason="inactive"), topic, self.now))
            case None:
                pass


def signs(conversation: Conversation) -> Signs:
    """The signs of life of the conversation's visitor."""
    return Signs(
        state=conversation.header.state,
        answered_at=conversation.owned_at,
        wrote_at=conversation.visitor_wrote_at,
        gone_at=conversation.visitor_gone_at,
        warned_at=conversation.warned_at,
    )
