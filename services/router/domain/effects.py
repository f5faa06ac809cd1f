"""What a change entails elsewhere: whose room it takes, what has to be timed, told and looked at anew.

Computed from before and after alone, so that whatever keeps conversations and agents (work.py on tables, the tests in
memory) does the same. A conversation's change comes first; the agents it concerns change with it, and their changes
entail more.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from contracts.conversation import ConversationEnded
from contracts.entries import Entry, OfferEnded, VisitorEntry
from contracts.parameters import RoutingSettings
from contracts.reads import BoardCard
from contracts.views import visitor_entry
from services.router.domain.agent import Agent, release, set_status, take
from services.router.domain.conversation import Conversation, Decision

OFFER: Final = "offer"
"""Timer of an offer: its time is over."""
ANSWER: Final = "answer"
"""Timer of a conversation: its owner's first answer is overdue."""

MOST_BYTES: Final = 1024 * 1024
"""Of a conversation's entries in one message, as JSON. Brokers take no message beyond a size (RabbitMQ 16 MiB), and all
that is to be told after one that is refused would wait behind it for ever."""


class Timer(NamedTuple):
    """To ring at `due_at`, instead of any other of its kind and subject; not at all where that is None."""

    kind: str
    subject: UUID
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Effects:
    """What a conversation's change entails.

    `taken` and `released` are the agents whose load grows and shrinks, `asked` those who are offered it, `missed` those
    who let an offer expire, `shown` all whose desks show something else. `route` are topics in which somebody waits
    who did not before, `places` those whose queue has moved. `card` says that lists show something else, `over`
    that the conversation has just ended.
    """

    taken: frozenset[UUID] = frozenset()
    released: frozenset[UUID] = frozenset()
    asked: frozenset[UUID] = frozenset()
    missed: frozenset[UUID] = frozenset()
    shown: frozenset[UUID] = frozenset()
    route: frozenset[UUID] = frozenset()
    places: frozenset[UUID] = frozenset()
    timers: tuple[Timer, ...] = ()
    card: bool = False
    over: bool = False


def of_conversation(before: Conversation | None, decision: Decision) -> Effects:
    """What keeping the decision entails; `before` is None for a conversation that has just begun."""
    after = decision.conversation
    held = before.holders if before else frozenset()
    changed = before is None or _shown(before) != _shown(after)
    counts = before is None or changed or _first_answer(before) != _first_answer(after)
    asked_before = before.offer.id if before and before.offer else None
    asked_now = after.offer is not None and after.offer.id != asked_before
    return Effects(
        taken=after.holders - held,
        released=held - after.holders,
        asked=frozenset({after.offer.agent.id}) if after.offer and asked_now else frozenset(),
        missed=frozenset(
            entry.body.agent.id
            for entry in decision.entries
            if isinstance(entry.body, OfferEnded) and entry.body.outcome == "expired"
        ),
        shown=held | after.holders if counts else frozenset(),
        route=_queues(after, "waiting") - _queues(before, "waiting"),
        places=_queues(before, "waiting", "offered") ^ _queues(after, "waiting", "offered"),
        timers=_timers(before, after),
        card=changed,
        over=after.closed and not (before is not None and before.closed),
    )


def on_agent(agent: Agent, effects: Effects, settings: RoutingSettings, now: datetime) -> Agent:
    """The agent after a conversation's change."""
    if agent.id in effects.taken:
        agent = take(agent, now)
    if agent.id in effects.released:
        agent = release(agent, now)
    if agent.id in effects.asked:
        agent = replace(agent, last_offered_at=now)
    if agent.id in effects.missed and settings.break_after_missed and agent.status == "available":
        agent = set_status(agent, "break", "", now, cause="missed_offer")
    return agent


def topics_to_route(before: Agent, after: Agent) -> frozenset[UUID]:
    """The topics for whose queues the agent has room that they had not before."""
    if not after.has_room:
        return frozenset()
    if not before.has_room or after.load < before.load:
        return after.topic_ids
    return after.topic_ids - before.topic_ids


def topics_staffed(before: Agent, after: Agent) -> frozenset[UUID]:
    """The topics of which one agent more, or one less, takes conversations."""
    return _staffs(before) ^ _staffs(after)


def withdraws(before: Agent, after: Agent) -> bool:
    """Whether the agent loses what they are being asked about: they take no conversations any more."""
    return before.status == "available" and after.status != "available"


def disconnects(before: Agent, after: Agent) -> bool:
    """Whether the last console has gone: perhaps for a moment, and nobody will tell that the agent stopped typing."""
    return before.connected and not after.connected


def ended(conversation: Conversation, newest: tuple[Entry, ...], now: datetime, *, answered: bool) -> ConversationEnded:
    """What is told of a conversation that has just ended: its `newest` entries as its visitor saw them, as far as fits.

    `answered`: an agent wrote something, in these entries or in older ones.
    """
    entries = _newest_within(tuple(visitor_entry(entry) for entry in newest), MOST_BYTES)
    header = conversation.header
    if header.visitor_name is None or header.started_at is None or header.close_reason is None:
        raise ValueError("a conversation begins with its `started` entry and ends with its `ended` entry")
    return ConversationEnded(
        conversation_id=conversation.id,
        topic=conversation.topic,
        visitor_name=header.visitor_name,
        visitor_email=header.visitor_email,
        verified=conversation.verified,
        language=header.language,
        reason=header.close_reason,
        owner=header.owner,
        customer_id=header.customer_id,
        answered=answered,
        started_at=header.started_at,
        ended_at=header.ended_at or now,
        entries=entries,
        older_left_out=(entries[0].seq if entries else header.head + 1) > 1,
    )


def card(conversation: Conversation) -> BoardCard:
    """The conversation as lists show it."""
    header = conversation.header
    if header.visitor_name is None or header.started_at is None:
        raise ValueError("a conversation begins with its `started` entry")
    return BoardCard(
        conversation_id=conversation.id,
        head=header.head,
        state=header.state,
        topic=conversation.topic,
        visitor_name=header.visitor_name,
        waiting_since=conversation.waiting_since,
        started_at=header.started_at,
        owner=header.owner,
        participants=header.participants,
        offered_to=conversation.offer.agent if conversation.offer else None,
    )


def _newest_within(entries: tuple[VisitorEntry, ...], most_bytes: int) -> tuple[VisitorEntry, ...]:
    """The last of the entries, without a gap, that together are no more JSON than this."""
    size = 0
    for index in range(len(entries) - 1, -1, -1):
        size += len(entries[index].model_dump_json().encode()) + 1
        if size > most_bytes:
            return entries[index + 1 :]
    return entries


def _shown(conversation: Conversation) -> tuple[object, ...]:
    """What lists show of a conversation, but for how long its log is."""
    header = conversation.header
    return header.state, header.topic, header.owner, header.participants, conversation.offer


def _first_answer(conversation: Conversation) -> tuple[object, ...]:
    return conversation.unanswered, conversation.answer_due


def _queues(conversation: Conversation | None, *states: str) -> frozenset[UUID]:
    """The topic in whose queue the conversation stands in one of the states."""
    stands = conversation is not None and conversation.header.state in states
    return frozenset({conversation.topic.id}) if conversation is not None and stands else frozenset()


def _timers(before: Conversation | None, after: Conversation) -> tuple[Timer, ...]:
    timers: list[Timer] = []
    offer_before = before.offer if before else None
    if offer_before is not None and (after.offer is None or after.offer.id != offer_before.id):
        timers.append(Timer(OFFER, offer_before.id, None))
    if after.offer is not None and (offer_before is None or after.offer.id != offer_before.id):
        timers.append(Timer(OFFER, after.offer.id, after.offer.expires_at))
    if after.answer_due != (before.answer_due if before else None):
        timers.append(Timer(ANSWER, after.id, after.answer_due))
    return tuple(timers)


def _staffs(agent: Agent) -> frozenset[UUID]:
    return agent.topic_ids if agent.takes_offers else frozenset()
