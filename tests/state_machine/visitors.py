"""What visitors do: start, write, leave the page and return, end, leave it as a ticket, leave a message, rate."""

from typing import Any, Literal

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from contracts import conversation as asked
from contracts.customers import CustomerLookedUp
from contracts.tickets import RatingRecorded
from services.router.domain.hours import is_open
from tests.state_machine.company import EMAIL, Company, Punctuality, any_one, punctual, there_is_a_chat


class Visitors(Company):
    """The rules of visitors."""

    @rule(topic=any_one, visitor=any_one, when=punctual, language=st.sampled_from(["pl", "en"]))
    def a_visitor_starts(self, topic: int, visitor: int, when: Punctuality, language: Any) -> None:
        self._starts(topic, visitor, when, language)

    @rule(topic=any_one, visitor=any_one)
    def one_more_visitor_starts(self, topic: int, visitor: int) -> None:
        self._starts(topic, visitor, "at once", "pl")

    def _starts(self, topic: int, visitor: int, when: Punctuality, language: Any) -> None:
        chosen = self.state.topics[self.one_of(self.topics, topic)]
        command = asked.StartConversation(**self.begins(chosen.id, visitor), email=EMAIL, language=language)
        answer = self.asks(command, when)
        if answer is not None:
            assert answer.code == (None if is_open(chosen.hours, self.state.now) else "outside_hours")
            if answer.refusal is None:
                self.page(self.gateways[visitor % 2], command.conversation_id, 1)

    @precondition(there_is_a_chat)
    @rule(chat=any_one, does=st.sampled_from(["closes", "closes", "returns", "returns", "reloads"]), late=st.booleans())
    def a_visitors_page(self, chat: int, does: Literal["closes", "returns", "reloads"], late: bool) -> None:
        """It is closed, which is noticed late perhaps; opened anew, or once more; or reloaded."""
        chosen = self.chat(chat, lambda one: not one.closed)
        if does == "returns":
            self.page(self.gateways[chat % 2], chosen.id, 1)
            assert self.state.conversations[chosen.id].visitor_gone_at is None
            return
        for gateway in self.gateways:
            if pages := gateway.pages["visitor"].pop(chosen.id, 0):
                self.tell_presence(gateway, ago=15 if late else 0)
                if does == "reloads":
                    self.page(gateway, chosen.id, pages)

    @precondition(there_is_a_chat)
    @rule(chat=any_one, who=any_one, when=punctual)
    def somebody_writes(self, chat: int, who: int, when: Punctuality) -> None:
        chosen = self.chat(chat, lambda one: not one.closed)
        author = self.person(chosen, who)
        ids = {"conversation_id": chosen.id, "client_id": self.system.new_id()}
        answer = self.asks(asked.PostMessage(**ids, author=author, text="zażółć"), when)
        if answer is not None:
            theirs = author.id == chosen.visitor_id or chosen.participant(author.id) is not None
            assert (answer.refusal is None) == (theirs and not chosen.closed), answer
            if answer.refusal is None and author.id == chosen.owner_id:
                assert not self.state.conversations[chosen.id].unanswered

    @precondition(there_is_a_chat)
    @rule(chat=any_one, who=any_one, when=punctual)
    def somebody_ends(self, chat: int, who: int, when: Punctuality) -> None:
        chosen = self.chat(chat, lambda one: one.header.state == "active")
        by = self.person(chosen, who)
        ids = {"conversation_id": chosen.id, "client_id": self.system.new_id()}
        answer = self.asks(asked.EndConversation(**ids, by=by), when)
        if answer is not None:
            agent = self.state.agents.get(by.id) if by.id else None
            supervises = agent is not None and chosen.participant(agent.id) and agent.role != "agent"
            may = by.id in (chosen.visitor_id, chosen.owner_id) or supervises
            assert (answer.refusal is None) == (bool(may) and not chosen.closed), answer
            assert answer.refusal is not None or self.state.conversations[chosen.id].closed

    @precondition(there_is_a_chat)
    @rule(chat=any_one, when=punctual)
    def a_visitor_leaves_it_as_a_ticket(self, chat: int, when: Punctuality) -> None:
        chosen = self.chat(chat)
        ids = {"conversation_id": chosen.id, "client_id": self.system.new_id(), "visitor_id": chosen.visitor_id}
        answer = self.asks(asked.LeaveAsTicket(**ids, name="Anna", email=EMAIL, text="Proszę o kontakt"), when)
        if answer is not None:
            assert (answer.refusal is None) == chosen.in_line, answer
            if answer.refusal is None:
                self.ticket(chosen.id, "twice")

    @rule(topic=any_one, visitor=any_one, when=punctual)
    def a_visitor_leaves_a_message(self, topic: int, visitor: int, when: Punctuality) -> None:
        chosen = self.one_of(self.topics, topic)
        command = asked.LeaveMessage(**self.begins(chosen, visitor), email=EMAIL, text="Czy jest parking?")
        answer = self.asks(command, when)
        if answer is not None:
            assert answer.code is None
            assert self.state.conversations[command.conversation_id].header.close_reason == "became_ticket"
            self.ticket(command.conversation_id, "twice")

    @precondition(there_is_a_chat)
    @rule(chat=any_one, score=st.sampled_from(["good", "neutral", "bad"]), when=punctual)
    def a_visitor_rates(self, chat: int, score: Any, when: Punctuality) -> None:
        chosen = self.chat(chat, lambda one: one.closed)
        ids = {"conversation_id": chosen.id, "client_id": self.system.new_id()}
        answer = self.asks(asked.RateConversation(**ids, visitor_id=chosen.visitor_id, score=score))
        assert answer is not None
        talked = chosen.closed and chosen.header.close_reason != "became_ticket"
        assert (answer.refusal is None) == talked, answer
        if answer.refusal is None:
            self.tells(RatingRecorded(**ids, score=score, rated_at=self.state.now), when)

    @precondition(there_is_a_chat)
    @rule(chat=any_one, found=st.booleans(), verified=st.booleans(), when=punctual)
    def an_address_is_looked_up(self, chat: int, found: bool, verified: bool, when: Punctuality) -> None:
        chosen, customer_id = self.chat(chat).id, self.system.new_id() if found else None
        self.tells(CustomerLookedUp(conversation_id=chosen, customer_id=customer_id, verified=verified), when)
