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
)
from contracts.refusals import Refusal
from services.router.domain import lifecycle
from services.router.domain.agent import Agent
from services.router.domain.conversation import Conversation, Decision

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SALES = NamedRef(id=UUID(int=1), name="Sprzedaż")
VISITOR = UUID(int=77)
TWENTY_SECONDS = timedelta(seconds=20)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def agent(number: int, **changes: object) -> Agent:
    values: dict[str, object] = {
        "id": UUID(int=1000 + number),
        "name": f"Agent {number}",
        "topic_ids": frozenset({SALES.id}),
        "capacity": 3,
        "idle_since": NOON,
        "status": "available",
    }
    return Agent(**(values | changes))  # type: ignore[arg-type]


def done(outcome: Decision | Refusal) -> Decision:
    assert isinstance(outcome, Decision), outcome
    return outcome


def refused(outcome: Decision | Refusal | None) -> str:
    assert isinstance(outcome, Refusal), outcome
    return str(outcome.code)


def start_command(visitor_id: UUID = VISITOR) -> StartConversation:
    return StartConversation(
        conversation_id=uuid4(),
        client_id=uuid4(),
        visitor_id=visitor_id,
        widget_id=uuid4(),
        topic_id=SALES.id,
        name="Anna",
        email="anna@example.com",
    )


def waiting(since: datetime = NOON, visitor_id: UUID = VISITOR) -> Conversation:
    return lifecycle.start(start_command(visitor_id), SALES, since).conversation


def offered(conversation: Conversation, to: Agent, now: datetime = NOON) -> Conversation:
    return done(lifecycle.make_offer(conversation, to.ref, uuid4(), TWENTY_SECONDS, now)).conversation


def active(owner: Agent) -> Conversation:
    return done(accept(offered(waiting(), owner), owner)).conversation


def accept(conversation: Conversation, by: Agent, offer_id: UUID | None = None) -> Decision | Refusal:
    return lifecycle.accept(conversation, AcceptOffer(**_offer(conversation, by, offer_id)), NOON)


def decline(conversation: Conversation, by: Agent, offer_id: UUID | None = None) -> Decision | Refusal:
    return lifecycle.decline(conversation, DeclineOffer(**_offer(conversation, by, offer_id)), NOON)


def post(conversation: Conversation, author: Actor, text: str = "dzień dobry") -> Decision | Refusal:
    command = PostMessage(conversation_id=conversation.id, client_id=uuid4(), author=author, text=text)
    return lifecycle.post(conversation, command, NOON)


def end(conversation: Conversation, by: Actor) -> Decision | Refusal:
    return lifecycle.end(
        conversation, EndConversation(conversation_id=conversation.id, client_id=uuid4(), by=by), at(60)
    )


def leave_as_ticket(conversation: Conversation, visitor_id: UUID = VISITOR) -> Decision | Refusal:
    command = LeaveAsTicket(
        conversation_id=conversation.id,
        client_id=uuid4(),
        visitor_id=visitor_id,
        name="Anna",
        email="anna@example.com",
        text="Proszę o kontakt",
    )
    return lifecycle.leave_as_ticket(conversation, command, NOON)


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
