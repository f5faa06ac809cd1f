"""Conversations, agents and commands with sensible values, for tests that care about one of them."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from contracts.base import Actor, NamedRef
from contracts.conversation import (
    AcceptOffer,
    DeclineOffer,
    EndConversation,
    LeaveAsTicket,
    PostMessage,
    RateConversation,
    StartConversation,
    TypeFirstAnswer,
)
from contracts.parameters import TopicSettings
from contracts.refusals import Refusal
from services.router.domain import first_answer, handover, leaving, lifecycle, offers
from services.router.domain.agent import Agent
from services.router.domain.conversation import Conversation, Decision

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SALES = TopicSettings(id=UUID(int=1), name="Sprzedaż", offer_seconds=20, first_answer_seconds=60)
SUPPORT = TopicSettings(id=UUID(int=2), name="Wsparcie techniczne", offer_seconds=20)
VISITOR = UUID(int=77)
TWENTY_SECONDS = timedelta(seconds=20)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def ref(topic: TopicSettings) -> NamedRef:
    return NamedRef(id=topic.id, name=topic.name)


def agent(number: int, **changes: object) -> Agent:
    """An agent who is there and takes conversations of one topic."""
    values: dict[str, object] = {
        "id": UUID(int=1000 + number),
        "name": f"Agent {number}",
        "topic_ids": frozenset({SALES.id}),
        "capacity": 3,
        "idle_since": NOON,
        "status": "available",
        "connected": True,
    }
    return Agent(**(values | changes))  # type: ignore[arg-type]


def done(outcome: Decision | Refusal) -> Decision:
    assert isinstance(outcome, Decision), outcome
    return outcome


def after(outcome: Decision | Refusal) -> Conversation:
    return done(outcome).conversation


def refused(outcome: Decision | Refusal | None) -> str:
    assert isinstance(outcome, Refusal), outcome
    return str(outcome.code)


def kinds(outcome: Decision | Refusal) -> list[str]:
    return [entry.body.kind for entry in done(outcome).entries]


def start_command(
    visitor_id: UUID = VISITOR, topic: TopicSettings = SALES, *, verified: bool = False
) -> StartConversation:
    return StartConversation(
        conversation_id=uuid4(),
        client_id=uuid4(),
        visitor_id=visitor_id,
        widget_id=uuid4(),
        topic_id=topic.id,
        name="Anna",
        email="anna@example.com",
        verified=verified,
    )


def waiting(since: datetime = NOON, visitor_id: UUID = VISITOR, *, verified: bool = False) -> Conversation:
    return after(lifecycle.start(start_command(visitor_id, verified=verified), SALES, since))


def offered(conversation: Conversation, to: Agent, now: datetime = NOON) -> Conversation:
    return after(offers.make_offer(conversation, to.ref, uuid4(), TWENTY_SECONDS, now))


def active(owner: Agent, *others: Agent) -> Conversation:
    """A conversation that the first has accepted and the others have joined, in this order."""
    conversation = after(accept(offered(waiting(), owner), owner))
    for number, other in enumerate(others, start=1):
        conversation = after(handover.join(conversation, other, at(number)))
    return conversation


def answered(conversation: Conversation) -> Conversation:
    assert conversation.owner_id is not None
    return after(post(conversation, Actor(kind="agent", id=conversation.owner_id)))


def accept(
    conversation: Conversation,
    by: Agent,
    offer_id: UUID | None = None,
    topic: TopicSettings = SALES,
    now: datetime = NOON,
) -> Decision | Refusal:
    return offers.accept(conversation, AcceptOffer(**_offer(conversation, by, offer_id)), topic, now)


def decline(conversation: Conversation, by: Agent, offer_id: UUID | None = None) -> Decision | Refusal:
    return offers.decline(conversation, DeclineOffer(**_offer(conversation, by, offer_id)), NOON)


def expire(conversation: Conversation) -> Conversation:
    assert conversation.offer is not None
    return offers.expire(conversation, conversation.offer.id, conversation.offer.expires_at).conversation


def choose(conversation: Conversation, by: Agent, chosen: Agent | None, now: datetime = NOON) -> Decision | Refusal:
    return handover.choose(conversation, by, chosen, uuid4(), TWENTY_SECONDS, now)


def leave(conversation: Conversation, who: Agent, now: datetime = NOON) -> Decision | Refusal:
    return leaving.leave(conversation, who.id, now)


def types(conversation: Conversation, who: Agent, typing: bool, now: datetime) -> Conversation:
    command = TypeFirstAnswer(conversation_id=conversation.id, client_id=uuid4(), agent_id=who.id, typing=typing)
    return first_answer.type_first_answer(conversation, command, now).conversation


def post(
    conversation: Conversation, author: Actor, text: str = "dzień dobry", now: datetime = NOON
) -> Decision | Refusal:
    command = PostMessage(conversation_id=conversation.id, client_id=uuid4(), author=author, text=text)
    return lifecycle.post(conversation, command, now)


def end(
    conversation: Conversation, by: Actor, who: Agent | None = None, topic: TopicSettings = SALES
) -> Decision | Refusal:
    command = EndConversation(conversation_id=conversation.id, client_id=uuid4(), by=by)
    return lifecycle.end(conversation, command, who, topic, at(60))


def ticket_command(
    conversation: Conversation, visitor_id: UUID = VISITOR, email: str = "anna@example.com"
) -> LeaveAsTicket:
    return LeaveAsTicket(
        conversation_id=conversation.id,
        client_id=uuid4(),
        visitor_id=visitor_id,
        name="Anna",
        email=email,
        text="Proszę o kontakt",
    )


def leave_as_ticket(conversation: Conversation, visitor_id: UUID = VISITOR) -> Decision | Refusal:
    return lifecycle.leave_as_ticket(conversation, ticket_command(conversation, visitor_id), NOON)


def rate_command(conversation: Conversation, visitor_id: UUID = VISITOR) -> RateConversation:
    return RateConversation(conversation_id=conversation.id, client_id=uuid4(), visitor_id=visitor_id, score="good")


def visitor(visitor_id: UUID = VISITOR) -> Actor:
    return Actor(kind="visitor", id=visitor_id)


def by(who: Agent) -> Actor:
    return Actor(kind="agent", id=who.id)


def _offer(conversation: Conversation, who: Agent, offer_id: UUID | None) -> dict[str, UUID]:
    if offer_id is None:
        assert conversation.offer is not None
        offer_id = conversation.offer.id
    return {
        "conversation_id": conversation.id,
        "client_id": uuid4(),
        "offer_id": offer_id,
        "agent_id": who.id,
    }
