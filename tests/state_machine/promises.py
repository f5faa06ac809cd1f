"""What is promised of conversations and agents, at every moment at which nothing is under way.

Each function takes the state (and what the machine knows besides) and fails where a promise is broken. Nothing here
asks the rules that are on trial, but for `evolve`, whose promise is that it tells the whole state.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final
from uuid import UUID

from contracts.entries import (
    AgentJoined,
    AgentLeft,
    CustomerAttached,
    CustomerLookedUp,
    EntryBody,
    OfferEnded,
    OfferMade,
    OwnerChanged,
    TicketOpened,
    VisitorEntryBody,
    WaitingAgain,
)
from contracts.views import Header, VisitorHeader, apply_visitor_entry, visitor_entry
from services.router.domain.conversation import Conversation, evolve
from services.router.domain.inactivity import Wait, next_step
from services.router.domain.visitor import visitor_header
from tests.state_machine.keeping import signs
from tests.state_machine.system import State

AFTER_THE_END = {"rated", "ticket_opened", "customer_looked_up", "customer_attached"}
FOR_AGENTS_ONLY = {"customer_looked_up", "customer_attached", "offer_made", "offer_ended", "owner_changed"}
AGENTS_OWN_REASONS = {"handed_over", "taken_over", "moved", "not_answered"}


def one_owner_and_one_offer_at_most(state: State) -> None:
    for conversation in state.conversations.values():
        header, offer = conversation.header, conversation.offer
        inside = [agent.id for agent in header.participants]
        assert len(inside) == len(set(inside)), "an agent takes part twice"
        if header.state == "active":
            assert header.owner is not None, "an active conversation has no owner"
            assert header.owner.id in inside, "the owner does not take part"
            assert offer is None or offer.agent.id != header.owner.id, "the owner is asked"
        elif header.state == "closed":
            assert offer is None, "an offer outlives its conversation"
        else:
            assert (header.owner, inside) == (None, []), "somebody takes part in a conversation that waits"
            assert (header.state == "offered") == (offer is not None)


def each_offer_ends_once(state: State) -> None:
    for conversation_id, log in state.logs.items():
        made = [entry.body.offer_id for entry in log if isinstance(entry.body, OfferMade)]
        ended = Counter(entry.body.offer_id for entry in log if isinstance(entry.body, OfferEnded))
        assert len(made) == len(set(made))
        assert set(ended) <= set(made), "an offer ended that was never made"
        pending, offer = _pending(state, conversation_id), state.conversations[conversation_id].offer
        assert pending == ({offer.id} if offer else set()), "the log tells of other offers than the state"
        for offer_id in made:
            assert ended[offer_id] == (0 if offer_id in pending else 1), "an offer did not end exactly once"


def load_is_what_is_held_and_fits(state: State, load_before: Mapping[UUID, int]) -> None:
    """Above the capacity a load may be only where that was lowered, and then it does not grow."""
    for agent in state.agents.values():
        held = 0
        for conversation in state.conversations.values():
            header, offer = conversation.header, conversation.offer
            takes_part = header.state == "active" and any(one.id == agent.id for one in header.participants)
            held += takes_part or (offer is not None and offer.agent.id == agent.id)
        assert agent.load == held, f"{agent.name} holds {held} conversations, and {agent.load} are counted"
        assert agent.load <= max(agent.capacity, load_before.get(agent.id, 0)), f"{agent.name} holds too many"


def nobody_waits_while_an_agent_has_room(state: State) -> None:
    for conversation in state.conversations.values():
        if conversation.header.state != "waiting":
            continue
        for agent in state.agents.values():
            there = agent.status == "available" and agent.connected and conversation.topic.id in agent.topic_ids
            assert not (there and agent.load < agent.capacity), f"{agent.name} could be asked"


def offers_are_pending_only_in_time_and_with_who_can_take_them(state: State) -> None:
    patience = timedelta(seconds=state.routing.offers_lost_seconds)
    for conversation in state.conversations.values():
        offer = conversation.offer
        if offer is None:
            continue
        agent = state.agents[offer.agent.id]
        assert offer.expires_at > state.now, "an offer outlives its time"
        assert agent.status == "available", "somebody is asked who takes no conversations"
        assert agent.connected or (agent.away_since and agent.away_since + patience > state.now), "nobody is asked"


def who_is_away_too_long_holds_nothing(state: State) -> None:
    patience = timedelta(seconds=state.routing.conversations_lost_seconds)
    for agent in state.agents.values():
        if agent.connected or agent.away_since is None or agent.away_since + patience > state.now:
            continue
        assert agent.load == 0, f"{agent.name} has been away too long"
        for conversation in state.conversations.values():
            inside = [one.id for one in conversation.header.participants]
            assert conversation.closed or agent.id not in inside, f"{agent.name} has been away too long"


def first_answers_are_waited_for_in_time(state: State) -> None:
    for conversation in state.conversations.values():
        due, left = conversation.answer_due, conversation.answer_left
        if conversation.unanswered:
            assert conversation.header.state == "active"
            assert (due is None) != (left is None), "the first answer's time neither runs nor stands still"
        else:
            assert (due, left) == (None, None)
        assert due is None or due > state.now, "an owner keeps a conversation without answering"


def silence_is_noticed(state: State) -> None:
    for conversation in state.conversations.values():
        step = next_step(state.topics[conversation.topic.id], signs(conversation), state.now)
        assert step is None or isinstance(step, Wait), f"silence asks for {step}"


def who_has_been_there_longest_inherits(state: State) -> None:
    """Where an owner goes without a successor of their choice."""
    for log in state.logs.values():
        inside: list[UUID] = []
        owner, gone = None, False
        for entry in log:
            match entry.body:
                case AgentJoined() as joined:
                    inside.append(joined.agent.id)
                    owner = joined.agent.id if joined.owner else owner
                case AgentLeft() as left:
                    inside.remove(left.agent.id)
                    gone = left.agent.id == owner and left.reason in ("left", "not_answered", "connection_lost")
                case OwnerChanged() as changed:
                    assert not gone or changed.agent.id == inside[0], "somebody else than the longest present owns it"
                    owner, gone = changed.agent.id, False
                case WaitingAgain():
                    assert not inside, "it waits although somebody is there"
                    gone = False
                case _:
                    pass
        assert not gone, "the owner has gone, and nobody inherits"


def a_conversation_ends_once_and_hardly_anything_follows(state: State) -> None:
    for conversation_id, log in state.logs.items():
        kinds = [entry.body.kind for entry in log]
        closed = state.conversations[conversation_id].closed
        assert kinds.count("ended") == closed
        if closed:
            assert set(kinds[kinds.index("ended") + 1 :]) <= AFTER_THE_END
        tickets = [entry.body.ticket_id for entry in log if isinstance(entry.body, TicketOpened)]
        assert len(tickets) == len(set(tickets)), "a ticket was told of twice"
        assert kinds.count("customer_looked_up") <= 1


def logs_are_whole_and_tell_the_whole_state(state: State) -> None:
    for conversation_id, log in state.logs.items():
        assert [entry.seq for entry in log] == list(range(1, len(log) + 1))
        assert [entry.at for entry in log] == sorted(entry.at for entry in log)
        kept = state.conversations[conversation_id]
        told = Conversation(Header(conversation_id=conversation_id), kept.visitor_id, kept.waiting_since)
        for entry in log:
            told = evolve(told, entry)
        assert _told(told) == _told(kept)


def whose_it_is_was_said_last_by_an_agent_or_else_found_by_its_address(state: State) -> None:
    for conversation_id, log in state.logs.items():
        customer_id, verified, said = None, False, False
        for entry in log:
            match entry.body:
                case CustomerLookedUp() as found:
                    assert not said, "a look-up was logged after it was known whose it is"
                    customer_id, verified, said = found.customer_id, found.verified, True
                case CustomerAttached() as attached:
                    customer_id, verified, said = attached.customer.id if attached.customer else None, False, True
                case _:
                    pass
        header = state.conversations[conversation_id].header
        assert (header.customer_id, header.customer_verified, header.looked_up) == (customer_id, verified, said)


def visitors_see_nothing_that_is_for_agents(state: State) -> None:
    for conversation_id, log in state.logs.items():
        header = VisitorHeader(conversation_id=conversation_id)
        for entry in log:
            shown = visitor_entry(entry)
            assert (shown.body is None) == (entry.body.kind in FOR_AGENTS_ONLY)
            if shown.body is not None:
                _tells_no_more(shown.body, entry.body)
            header = apply_visitor_entry(header, shown)
        assert header == visitor_header(state.conversations[conversation_id].header)


def _tells_no_more(shown: VisitorEntryBody, told: EntryBody) -> None:
    text = shown.model_dump_json()
    if told.kind == "agent_left":
        assert told.reason not in AGENTS_OWN_REASONS or told.reason not in text
    agent = getattr(told, "agent", None)
    assert agent is None or str(agent.id) not in text
    assert "@" not in text or told.kind in ("visitor_message", "agent_message")


def _pending(state: State, conversation_id: UUID) -> set[UUID]:
    """The offers of which the log tells that they were made, and not that they ended."""
    pending: set[UUID] = set()
    for entry in state.logs[conversation_id]:
        match entry.body:
            case OfferMade() as made:
                assert not pending, "two offers at a time"
                pending.add(made.offer_id)
            case OfferEnded() as ended:
                pending.discard(ended.offer_id)
            case _:
                pass
    return pending


def _told(conversation: Conversation) -> tuple[object, ...]:
    """What of a conversation its log tells."""
    return (
        conversation.header,
        conversation.offer,
        conversation.asked,
        dict(conversation.departed),
        conversation.unanswered,
        conversation.owned_at,
        conversation.visitor_wrote_at,
        conversation.warned_at,
    )


OF_THE_STATE: Final[tuple[Callable[[State], None], ...]] = (
    one_owner_and_one_offer_at_most,
    nobody_waits_while_an_agent_has_room,
    offers_are_pending_only_in_time_and_with_who_can_take_them,
    who_is_away_too_long_holds_nothing,
    first_answers_are_waited_for_in_time,
    silence_is_noticed,
)
OF_THE_LOGS: Final[tuple[Callable[[State], None], ...]] = (
    each_offer_ends_once,
    who_has_been_there_longest_inherits,
    a_conversation_ends_once_and_hardly_anything_follows,
    logs_are_whole_and_tell_the_whole_state,
    whose_it_is_was_said_last_by_an_agent_or_else_found_by_its_address,
    visitors_see_nothing_that_is_for_agents,
)
