"""What agents do: come and go, accept and decline, join and leave, choose, move, take over, type, say whose it
is; and lose consoles.
"""

from typing import Any, Literal
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from contracts import conversation as asked
from contracts.base import NamedRef
from contracts.entries import OfferMade
from services.router.domain.conversation import Conversation
from tests.state_machine.company import Company, Punctuality, any_one, punctual, there_is_a_chat

Console = Literal["opens", "closes", "lost", "lost long ago", "gateway lost"]
consoles: st.SearchStrategy[Any] = st.sampled_from(
    ["opens"] * 3 + ["closes", "lost", "gateway lost"] + ["lost long ago"] * 2
)
ANNA, ZOFIA = (NamedRef(id=UUID(int=number), name=name) for number, name in ((31, "Anna Nowak"), (32, "Zofia Lis")))
THEN = (asked.AcceptOffer, asked.AcceptOffer, asked.DeclineOffer, None)


def active(chat: Conversation) -> bool:
    return chat.header.state == "active"


def on_offer(chat: Conversation) -> bool:
    return chat.offer is not None


class Agents(Company):
    """The rules of agents."""

    @rule(agent=any_one, status=st.sampled_from(["available"] * 4 + ["break", "offline"]), when=punctual)
    def an_agent_sets_their_status(self, agent: int, status: Any, when: Punctuality) -> None:
        offered = {chat.offer.agent.id for chat in self.state.conversations.values() if chat.offer}
        chosen = self.agent(agent, lambda one: status == "available" or one.id in offered)
        command = asked.SetStatus(agent_id=chosen.id, client_id=self.system.new_id(), status=status)
        if when == "late":
            self.under_way.append(command)
            return
        assert self.arrives(command).refusal is None
        assert self.state.agents[chosen.id].status == status
        if when == "twice":
            self.arrives(command)

    @precondition(there_is_a_chat)
    @rule(chat=any_one, when=punctual)
    def an_agent_accepts(self, chat: int, when: Punctuality) -> None:
        self._answers(asked.AcceptOffer, chat, 1, when)

    @precondition(there_is_a_chat)
    @rule(chat=any_one, stale=st.integers(0, 3), kind=st.sampled_from([asked.AcceptOffer, asked.DeclineOffer]))
    def an_agent_answers_an_offer_perhaps_too_late(self, chat: int, stale: int, kind: Any) -> None:
        self._answers(kind, chat, stale, "at once")

    def _answers(self, kind: Any, chat: int, stale: int, when: Punctuality) -> None:
        chosen = self.chat(chat, on_offer)
        log = [entry.body for entry in self.state.logs[chosen.id]]
        made = [body for body in log if isinstance(body, OfferMade)]
        if not made:
            return
        offer = made[0] if stale == 0 else made[-1]
        command = kind(**self._by(chosen.id, offer.agent.id), offer_id=offer.offer_id)
        answer = self.asks(command, when)
        if answer is None:
            return
        stands = chosen.offer is not None and chosen.offer.id == offer.offer_id
        assert (answer.refusal is None) == stands, answer
        after = self.state.conversations[chosen.id]
        if stands and kind is asked.AcceptOffer:
            assert after.owner_id == offer.agent.id
            assert after.unanswered
        elif stands:
            assert after.owner_id == chosen.owner_id, "declining changed the owner"

    @precondition(there_is_a_chat)
    @rule(chat=any_one, agents=st.lists(any_one, min_size=1, max_size=3), when=punctual)
    def agents_join(self, chat: int, agents: list[int], when: Punctuality) -> None:
        before = self.chat(chat, active)
        for agent in agents:
            chosen = self.state.conversations[before.id]
            by = self.agent(agent, lambda one: not chosen.participant(one.id) and not one.is_full)  # noqa: B023 - used at once
            answer = self.asks(asked.JoinConversation(**self._by(chosen.id, by.id)), when)
            if answer is not None and answer.refusal is None:
                after = self.state.conversations[chosen.id]
                assert after.participant(by.id)
                assert after.owner_id == chosen.owner_id

    @precondition(there_is_a_chat)
    @rule(chat=any_one, agent=any_one, when=punctual)
    def an_agent_leaves(self, chat: int, agent: int, when: Punctuality) -> None:
        chosen = self.chat(chat, active)
        inside = [one.id for one in chosen.header.participants]
        by = self.one_of(inside, agent) if inside and agent < 9 else self.agent(agent).id
        answer = self.asks(asked.LeaveConversation(**self._by(chosen.id, by)), when)
        if answer is None:
            return
        assert (answer.refusal is None) == (by in inside and not chosen.closed), answer
        if answer.refusal is not None:
            return
        after = self.state.conversations[chosen.id]
        stay = [one for one in inside if one != by]
        assert [one.id for one in after.header.participants] == stay
        heir = chosen.owner_id if chosen.owner_id != by else next(iter(stay), None)
        assert after.owner_id == heir, "somebody else than the longest present owns it"
        if not stay:
            assert after.in_line
            assert after.waiting_since == chosen.waiting_since, "it lost its place"

    @precondition(there_is_a_chat)
    @rule(chat=any_one, agent=any_one, colleague=any_one, when=punctual, then=st.sampled_from(THEN))
    def an_agent_chooses_another(self, chat: int, agent: int, colleague: int, when: Punctuality, then: Any) -> None:
        """And perhaps the other answers at once."""
        chosen = self.chat(chat, active)
        other = self.agent(colleague, lambda one: one.id != chosen.owner_id and one.takes_offers)
        by = self._mostly_the_owner(chosen, agent)
        command = asked.ChooseAgent(**self._by(chosen.id, by), chosen_id=other.id)
        answer = self.asks(command, when)
        if answer is not None and answer.refusal is None:
            after = self.state.conversations[chosen.id]
            assert after.offer is not None
            assert after.offer.chosen_by is not None
            assert (after.offer.agent.id, after.offer.chosen_by.id) == (other.id, by)
            assert (after.owner_id, after.header.participants) == (chosen.owner_id, chosen.header.participants)
            assert by == chosen.owner_id or self.state.agents[by].role != "agent"
            if then is not None:
                self.asks(then(**self._by(chosen.id, other.id), offer_id=after.offer.id))

    @precondition(there_is_a_chat)
    @rule(chat=any_one, agent=any_one, topic=any_one, when=punctual)
    def an_agent_moves_it_to_another_topic(self, chat: int, agent: int, topic: int, when: Punctuality) -> None:
        chosen = self.chat(chat, active)
        by = self._mostly_the_owner(chosen, agent)
        to = self.one_of(self.topics, topic)
        answer = self.asks(asked.MoveToTopic(**self._by(chosen.id, by), topic_id=to), when)
        if answer is not None and answer.refusal is None:
            after = self.state.conversations[chosen.id]
            assert (after.topic.id, after.header.participants, after.owner_id) == (to, (), None)
            assert after.waiting_since == chosen.waiting_since, "it lost its place"
            assert by == chosen.owner_id or self.state.agents[by].role != "agent"

    @precondition(there_is_a_chat)
    @rule(chat=any_one, agent=any_one, when=punctual)
    def a_supervisor_takes_it_over(self, chat: int, agent: int, when: Punctuality) -> None:
        chosen, by = self.chat(chat, lambda one: not one.closed), self.agent(agent if agent % 3 == 0 else 0)
        answer = self.asks(asked.TakeOver(**self._by(chosen.id, by.id)), when)
        if answer is not None and answer.refusal is None:
            after = self.state.conversations[chosen.id]
            assert (after.owner_id, by.role) == (by.id, "supervisor")
            assert chosen.owner_id in (None, by.id) or not after.participant(chosen.owner_id)

    @precondition(there_is_a_chat)
    @rule(chat=any_one, agent=any_one, customer=st.sampled_from([None, ANNA, ZOFIA]), when=punctual)
    def an_agent_says_whose_it_is(self, chat: int, agent: int, customer: Any, when: Punctuality) -> None:
        """Mostly one who takes part; before and after the end."""
        chosen = self.chat(chat, lambda one: bool(one.header.participants))
        inside = [one.id for one in chosen.header.participants]
        by = self.state.agents[self.one_of(inside, agent)] if inside and agent < 8 else self.agent(agent)
        answer = self.asks(asked.AttachCustomer(**self._by(chosen.id, by.id), customer=customer), when)
        if answer is None:
            return
        assert answer.refusal is not None or by.id in inside or by.role == "supervisor"
        if answer.refusal is None:
            after = self.state.conversations[chosen.id]
            assert after.header.customer_id == (customer.id if customer else None)
            untouched = {"head", "looked_up", "customer_id", "customer_verified"}
            assert after.header.model_dump(exclude=untouched) == chosen.header.model_dump(exclude=untouched)

    @precondition(there_is_a_chat)
    @rule(chat=any_one, when=punctual)
    def an_agent_opens_a_ticket_out_of_it(self, chat: int, when: Punctuality) -> None:
        """Which the tickets service decides; the router hears of it."""
        self.ticket(self.chat(chat, active).id, when)

    @precondition(there_is_a_chat)
    @rule(chat=any_one, typing=st.booleans(), when=punctual)
    def an_owner_types_the_first_answer(self, chat: int, typing: bool, when: Punctuality) -> None:
        chosen = self.chat(chat, lambda one: one.unanswered)
        if chosen.owner_id is not None:
            self.asks(asked.TypeFirstAnswer(**self._by(chosen.id, chosen.owner_id), typing=typing), when)

    def _by(self, conversation_id: UUID, agent_id: UUID) -> dict[str, Any]:
        return {"conversation_id": conversation_id, "client_id": self.system.new_id(), "agent_id": agent_id}

    def _mostly_the_owner(self, chat: Conversation, agent: int) -> UUID:
        return chat.owner_id if chat.owner_id and agent % 4 else self.agent(agent).id

    @rule(agent=any_one, does=consoles, when=punctual)
    def an_agents_console(self, agent: int, does: Console, when: Punctuality) -> None:
        """One more is opened, or one closed; or all are lost, noticed late perhaps, or with their gateway."""
        chosen = self.agent(agent, lambda one: does == "opens" or one.load > 0).id
        if does == "gateway lost":
            lost = self.gateways[agent % 2]
            for pages in lost.pages.values():
                pages.clear()
            self.tell_presence(lost, when, ago=15)
        elif does == "opens":
            gateway = self.gateways[agent % 2]
            gateway.pages["agent"][chosen] += 1
            self.tell_presence(gateway, when)
        elif does == "closes":
            gateway = next((one for one in self.gateways if one.pages["agent"][chosen]), self.gateways[0])
            gateway.pages["agent"][chosen] = max(0, gateway.pages["agent"][chosen] - 1)
            self.tell_presence(gateway, when)
        else:
            for gateway in self.gateways:
                if gateway.pages["agent"].pop(chosen, 0):
                    self.tell_presence(gateway, ago=70 if does == "lost long ago" else 0)
            connected = self.state.agents[chosen].connected
            assert not connected or any(isinstance(m, asked.GatewayPresence) for m in self.under_way)
