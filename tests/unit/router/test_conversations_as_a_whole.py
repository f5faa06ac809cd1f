"""A small company at work: any order of what visitors and agents may do keeps the product's promises.

The world below does with dictionaries what the service does with tables; every rule it applies is the domain's.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from contracts.base import Actor, NamedRef
from contracts.conversation import (
    AcceptOffer,
    AgentRegistered,
    DeclineOffer,
    EndConversation,
    LeaveAsTicket,
    PostMessage,
    StartConversation,
)
from contracts.entries import Entry, OfferOutcome
from contracts.refusals import Refusal
from contracts.tickets import RatingRecorded
from contracts.views import Header, VisitorHeader, apply_entry, apply_visitor_entry, visitor_entry
from services.router.domain import lifecycle, routing
from services.router.domain.agent import Agent, register, release, set_status, take
from services.router.domain.conversation import Conversation, Decision
from services.router.domain.visitor import visitor_header
from tests.unit.router.builders import NOON, SALES, TWENTY_SECONDS, rate_command

SUPPORT = NamedRef(id=UUID(int=2), name="Wsparcie techniczne")
TOPICS = (SALES, SUPPORT)
FOR_AGENTS_ONLY = {"customer_looked_up", "offer_made", "offer_ended"}

any_index = st.integers(min_value=0, max_value=1000)
Answer = tuple[int | None, Refusal | None]


class Company(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = NOON
        self.ids = 10_000
        self.agents: dict[UUID, Agent] = {}
        self.conversations: dict[UUID, Conversation] = {}
        self.logs: dict[UUID, list[Entry]] = {}
        self.answers: dict[tuple[UUID, UUID], int] = {}
        self.sent: list[Any] = []
        self.offers: dict[UUID, list[OfferOutcome]] = {}

    def new_id(self) -> UUID:
        self.ids += 1
        return UUID(int=self.ids)

    # --- what the service does around the domain

    def save(self, decision: Decision, client_id: UUID | None = None) -> None:
        after = decision.conversation
        before = self.conversations.get(after.id)
        held = before.holders if before else frozenset()
        for agent_id in after.holders - held:
            self.agents[agent_id] = take(self.agents[agent_id], self.now)
        for agent_id in held - after.holders:
            self.agents[agent_id] = release(self.agents[agent_id], self.now)
        for entry in decision.entries:
            match entry.body.kind:
                case "offer_made":
                    self.offers[entry.body.offer_id] = []
                case "offer_ended":
                    self.offers[entry.body.offer_id].append(entry.body.outcome)
        self.conversations[after.id] = after
        self.logs.setdefault(after.id, []).extend(decision.entries)
        if client_id and decision.answer:
            self.answers[after.id, client_id] = decision.answer.seq

    def send(self, command: Any) -> Answer:
        """Handle a command, the first time or again."""
        if command not in self.sent:
            self.sent.append(command)
        repeated = self.answers.get((command.conversation_id, command.client_id))
        if repeated:
            return repeated, None
        outcome = self.decide(command)
        if isinstance(outcome, Refusal):
            return None, outcome
        self.save(outcome, command.client_id)
        self.route()
        return (outcome.answer.seq if outcome.answer else None), None

    def decide(self, command: Any) -> Decision | Refusal:
        match command:
            case StartConversation():
                topic = next(t for t in TOPICS if t.id == command.topic_id)
                return lifecycle.start(command, topic, self.now)
            case PostMessage():
                return lifecycle.post(self.conversations[command.conversation_id], command, self.now)
            case AcceptOffer():
                return lifecycle.accept(self.conversations[command.conversation_id], command, self.now)
            case DeclineOffer():
                return lifecycle.decline(self.conversations[command.conversation_id], command, self.now)
            case EndConversation():
                return lifecycle.end(self.conversations[command.conversation_id], command, self.now)
            case LeaveAsTicket():
                return lifecycle.leave_as_ticket(self.conversations[command.conversation_id], command, self.now)
        raise AssertionError(command)

    def route(self) -> None:
        for topic in TOPICS:
            while True:
                line = [c for c in self.conversations.values() if c.topic == topic and c.header.state == "waiting"]
                conversation = min(line, key=routing.place_in_line, default=None)
                if conversation is None:
                    break
                agent = routing.next_agent(topic.id, conversation.asked, self.agents.values())
                if agent is None:
                    break
                made = lifecycle.make_offer(conversation, agent.ref, self.new_id(), TWENTY_SECONDS, self.now)
                assert isinstance(made, Decision)
                self.save(made)

    # --- what people do

    @initialize(capacities=st.lists(st.integers(0, 3), min_size=1, max_size=3))
    def agents_are_registered(self, capacities: list[int]) -> None:
        for number, capacity in enumerate(capacities):
            topics = tuple(t.id for t in TOPICS) if number != 1 else (SALES.id,)
            account = AgentRegistered(
                agent_id=UUID(int=100 + number),
                name=f"Agent {number}",
                capacity=capacity,
                topic_ids=topics,
                version=1,
            )
            self.agents[account.agent_id] = register(None, account, self.now)

    @rule(agent=any_index, status=st.sampled_from(["available", "available", "break", "offline"]))
    def an_agent_changes_status(self, agent: int, status: Any) -> None:
        chosen = self.pick(self.agents, agent)
        self.agents[chosen.id] = set_status(chosen, status, "", self.now)
        if status != "available":
            for conversation in list(self.conversations.values()):
                if conversation.offer and conversation.offer.agent.id == chosen.id:
                    self.save(lifecycle.withdraw(conversation, conversation.offer.id, self.now))
        self.route()

    @rule(topic=st.sampled_from(TOPICS))
    def a_visitor_starts(self, topic: NamedRef) -> None:
        command = StartConversation(
            conversation_id=self.new_id(),
            client_id=self.new_id(),
            visitor_id=self.new_id(),
            widget_id=self.new_id(),
            topic_id=topic.id,
            name="Anna",
            email="anna@example.com",
        )
        assert self.send(command) == (1, None)

    @precondition(lambda self: self.conversations)
    @rule(conversation=any_index, who=any_index)
    def somebody_writes(self, conversation: int, who: int) -> None:
        chosen = self.pick(self.conversations, conversation)
        self.send(
            PostMessage(
                conversation_id=chosen.id, client_id=self.new_id(), author=self.somebody(chosen, who), text="zażółć"
            )
        )

    @precondition(lambda self: self.conversations)
    @rule(conversation=any_index, accepts=st.booleans(), stale=st.booleans())
    def an_agent_answers_an_offer(self, conversation: int, accepts: bool, stale: bool) -> None:
        chosen = self.pick(self.conversations, conversation)
        made = [e.body for e in self.logs[chosen.id] if e.body.kind == "offer_made"]
        if made:
            offer = made[0] if stale else made[-1]
            kind = AcceptOffer if accepts else DeclineOffer
            command = kind(
                conversation_id=chosen.id,
                client_id=self.new_id(),
                offer_id=offer.offer_id,
                agent_id=offer.agent.id,
            )
            stands = chosen.offer is not None and chosen.offer.id == offer.offer_id
            seq, _ = self.send(command)
            assert (seq is not None) == stands

    @precondition(lambda self: self.conversations)
    @rule(conversation=any_index, who=any_index)
    def somebody_ends(self, conversation: int, who: int) -> None:
        chosen = self.pick(self.conversations, conversation)
        self.send(EndConversation(conversation_id=chosen.id, client_id=self.new_id(), by=self.somebody(chosen, who)))

    @precondition(lambda self: self.conversations)
    @rule(conversation=any_index)
    def the_visitor_leaves_it_as_a_ticket(self, conversation: int) -> None:
        chosen = self.pick(self.conversations, conversation)
        seq, refusal = self.send(
            LeaveAsTicket(
                conversation_id=chosen.id,
                client_id=self.new_id(),
                visitor_id=chosen.visitor_id,
                name="Anna",
                email="anna@example.com",
                text="Proszę o kontakt",
            )
        )
        assert (refusal is None) == chosen.in_line
        if seq:
            for _ in range(2):
                current = self.conversations[chosen.id]
                self.save(lifecycle.ticket_opened(current, self.new_id(), self.ids, self.now))

    @precondition(lambda self: self.conversations)
    @rule(conversation=any_index, score=st.sampled_from(["good", "neutral", "bad"]))
    def the_visitor_rates(self, conversation: int, score: Any) -> None:
        chosen = self.pick(self.conversations, conversation)
        if lifecycle.may_rate(chosen, rate_command(chosen, chosen.visitor_id)) is None:
            rating = RatingRecorded(conversation_id=chosen.id, client_id=self.new_id(), score=score, rated_at=self.now)
            self.save(lifecycle.rating_recorded(chosen, rating, self.now))

    @precondition(lambda self: self.conversations)
    @rule(conversation=any_index, found=st.booleans())
    def the_address_is_looked_up(self, conversation: int, found: bool) -> None:
        chosen = self.pick(self.conversations, conversation)
        self.save(lifecycle.customer_looked_up(chosen, self.new_id() if found else None, self.now))

    @precondition(lambda self: self.sent)
    @rule(which=any_index)
    def a_command_arrives_again(self, which: int) -> None:
        command = self.sent[which % len(self.sent)]
        before = self.answers.get((command.conversation_id, command.client_id))
        logs = {key: len(log) for key, log in self.logs.items()}
        if before:
            assert self.send(command) == (before, None)
            assert {key: len(log) for key, log in self.logs.items()} == logs

    @rule(seconds=st.integers(1, 30))
    def time_passes(self, seconds: int) -> None:
        until = self.now + timedelta(seconds=seconds)
        while due := [c for c in self.conversations.values() if c.offer and c.offer.expires_at <= until]:
            first = min(due, key=lambda c: c.offer.expires_at if c.offer else until)
            assert first.offer is not None
            self.now = first.offer.expires_at
            self.save(lifecycle.expire(first, first.offer.id, self.now))
            self.route()
        self.now = until

    def pick(self, values: dict[UUID, Any], index: int) -> Any:
        return list(values.values())[index % len(values)]

    def somebody(self, conversation: Conversation, index: int) -> Actor:
        people = [Actor(kind="visitor", id=conversation.visitor_id)]
        people += [Actor(kind="agent", id=agent_id) for agent_id in self.agents]
        people.append(Actor(kind="visitor", id=UUID(int=3)))
        return people[index % len(people)]

    # --- what is promised

    @invariant()
    def a_conversation_is_held_by_one_agent_at_most_and_by_its_owner_while_active(self) -> None:
        for conversation in self.conversations.values():
            assert len(conversation.holders) <= 1
            assert (conversation.offer is not None) == (conversation.header.state == "offered")
            if conversation.header.state == "active":
                assert conversation.header.owner is not None
                assert conversation.holders == {conversation.header.owner.id}

    @invariant()
    def load_is_pending_and_active_and_within_capacity(self) -> None:
        for agent in self.agents.values():
            held = [c for c in self.conversations.values() if agent.id in c.holders]
            assert agent.load == len(held) <= agent.capacity

    @invariant()
    def each_offer_ends_exactly_once(self) -> None:
        pending = {c.offer.id for c in self.conversations.values() if c.offer}
        for offer_id, outcomes in self.offers.items():
            assert len(outcomes) == (0 if offer_id in pending else 1)

    @invariant()
    def nobody_waits_while_an_agent_of_the_topic_has_room(self) -> None:
        for conversation in self.conversations.values():
            if conversation.header.state == "waiting":
                assert not any(agent.takes(conversation.topic.id) for agent in self.agents.values())

    @invariant()
    def no_offer_outlives_its_time_or_its_agent_going_away(self) -> None:
        for conversation in self.conversations.values():
            if conversation.offer:
                assert conversation.offer.expires_at > self.now
                assert self.agents[conversation.offer.agent.id].status == "available"

    @invariant()
    def a_conversation_ends_once(self) -> None:
        for conversation_id, log in self.logs.items():
            ends = [entry for entry in log if entry.body.kind == "ended"]
            assert len(ends) == (self.conversations[conversation_id].header.state == "closed")

    @invariant()
    def logs_are_numbered_without_gaps_and_tell_the_whole_state(self) -> None:
        for conversation_id, log in self.logs.items():
            assert [entry.seq for entry in log] == list(range(1, len(log) + 1))
            header = Header(conversation_id=conversation_id)
            for entry in log:
                header = apply_entry(header, entry)
            assert header == self.conversations[conversation_id].header

    @invariant()
    def visitors_see_their_conversation_and_nothing_that_is_for_agents(self) -> None:
        for conversation_id, log in self.logs.items():
            header = VisitorHeader(conversation_id=conversation_id)
            for entry in log:
                shown = visitor_entry(entry)
                assert (shown.body is None) == (entry.body.kind in FOR_AGENTS_ONLY)
                header = apply_visitor_entry(header, shown)
            assert header == visitor_header(self.conversations[conversation_id].header)


Company.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestCompany = Company.TestCase
