"""Whatever agents, customers and clocks do in whatever order: what is always true of a ticket stays true."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from contracts.base import NamedRef
from contracts.tickets import ChangeTicket, TicketStatus, WriteToTicket
from services.tickets.domain.ticket import ChangedMeanwhile, Impossible, Ticket, change, looked_up, reopen, write
from tests.unit.tickets.builders import ANNA, JAN, NOW, comment, reply, ticket, wanted

EWA = NamedRef(id=UUID(int=6), name="Ewa Żak")
STATUSES: list[TicketStatus] = ["new", "open", "waiting", "postponed", "closed"]
SECONDS = st.integers(-5, 30)
TAGS = st.lists(st.sampled_from(["pilne", "VIP", "vip", "zwrot"]), max_size=3).map(tuple)


class TicketMachine(RuleBasedStateMachine):
    """A ticket, two agents with cards that may be stale, and every version there was."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.ticket = ticket()
        self.cards: dict[UUID, Ticket] = {JAN.id: self.ticket, EWA.id: self.ticket}
        self.history: list[Ticket] = [self.ticket]
        self.said = 0

    def becomes(self, after: Ticket) -> None:
        if after is not self.ticket:
            self.history.append(after)
        self.ticket = after

    def expect(self, held: bool) -> None:
        assert held

    @rule(seconds=st.integers(0, 20))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(agent=st.sampled_from([JAN, EWA]))
    def an_agent_reads(self, agent: NamedRef) -> None:
        self.cards[agent.id] = self.ticket

    @rule(
        agent=st.sampled_from([JAN, EWA]),
        status=st.sampled_from(STATUSES),
        seconds=SECONDS,
        tags=TAGS,
        assignee=st.sampled_from([None, JAN, EWA]),
    )
    def an_agent_saves(
        self, agent: NamedRef, status: TicketStatus, seconds: int, tags: tuple[str, ...], assignee: NamedRef | None
    ) -> None:
        until = self.now + timedelta(seconds=seconds) if status == "postponed" else None
        read = self.cards[agent.id]
        asked: ChangeTicket = wanted(read, status=status, postponed_until=until, tags=tags, assignee=assignee)
        try:
            after = change(self.ticket, asked, self.now)
        except ChangedMeanwhile:
            assert read.version < self.ticket.news_version
            return
        except Impossible as error:
            refused = {"status": status == "new" and self.ticket.status != "new", "postponed_until": seconds <= 0}
            self.expect(refused[error.field])
            return
        if after is not self.ticket:
            seen = next(one for one in self.history if one.version == read.version)
            found = replace(seen, customer=self.ticket.customer, lookup_version=self.ticket.lookup_version)
            assert replace(found, version=self.ticket.version) == self.ticket, "nobody's change is overwritten unseen"
            assert after.customer == (read.customer or self.ticket.customer)
        assert (after.status, after.postponed_until, after.assignee) == (status, until, assignee)
        assert change(after, asked, self.now) is after
        self.becomes(after)

    @rule(again=st.booleans(), status=st.sampled_from([None, *STATUSES]))
    def an_agent_replies(self, again: bool, status: TicketStatus | None) -> None:
        self._writes(reply(self._number(again), status=status).model_dump())

    @rule(again=st.booleans(), status=st.sampled_from([None, *STATUSES]))
    def an_agent_comments(self, again: bool, status: TicketStatus | None) -> None:
        self._writes(comment(self._number(again), status=status).model_dump())

    def _number(self, again: bool) -> int:
        self.said += not again
        return 1000 + self.said

    def _writes(self, asked: dict[str, object]) -> None:
        sent = WriteToTicket.model_validate(asked)
        known = {message.id for message in self.ticket.messages}
        try:
            after = write(self.ticket, sent, JAN, self.now)
        except Impossible as error:
            self.expect(error.field == "status")
            return
        assert (after is self.ticket) == (sent.id in known)
        self.becomes(after)

    @rule()
    def the_clock_rings(self) -> None:
        due = self.ticket.postponed_until is not None and self.ticket.postponed_until <= self.now
        after = reopen(self.ticket, self.now)
        assert (after.status == "open") if due else after is self.ticket
        self.becomes(after)

    @rule(customer=st.sampled_from([None, ANNA]))
    def a_look_up_is_answered(self, customer: NamedRef | None) -> None:
        self.becomes(looked_up(self.ticket, customer))

    @invariant()
    def it_has_a_time_exactly_while_it_is_postponed(self) -> None:
        assert (self.ticket.status == "postponed") == (self.ticket.postponed_until is not None)

    @invariant()
    def versions_have_no_gaps(self) -> None:
        assert [one.version for one in self.history] == list(range(1, len(self.history) + 1))

    @invariant()
    def a_message_is_there_once_and_for_ever(self) -> None:
        ids = [message.id for message in self.ticket.messages]
        assert len(ids) == len(set(ids))
        if len(self.history) > 1:
            before = self.history[-2].messages
            assert self.ticket.messages[: len(before)] == before

    @precondition(lambda self: len(self.history) > 1)
    @invariant()
    def it_is_new_only_at_first(self) -> None:
        if self.ticket.status == "new":
            assert all(one.status == "new" for one in self.history)

    @invariant()
    def what_it_began_as_stays(self) -> None:
        first = self.history[0]
        changing = {
            name: getattr(self.ticket, name)
            for name in (
                *("status", "version", "changed_at", "postponed_until", "assignee", "tags"),
                *("customer", "customer_chosen", "lookup_version", "messages"),
            )
        }
        assert replace(first, **changing) == self.ticket


TestTicketMachine = TicketMachine.TestCase
