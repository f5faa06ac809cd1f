"""The people in a world, what each of them does, and what they are answered."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from contracts.base import Actor, NamedRef
from contracts.conversation import (
    AcceptOffer,
    AttachCustomer,
    ChooseAgent,
    DeclineOffer,
    EndConversation,
    JoinConversation,
    LeaveAsTicket,
    LeaveConversation,
    MoveToTopic,
    RateConversation,
    SetStatus,
    TakeOver,
    TypeFirstAnswer,
)
from contracts.entries import Entry
from contracts.parameters import TopicSettings
from contracts.reads import AgentStatus, ChatCard, Desk, OfferCard
from contracts.refusals import Refusal

if TYPE_CHECKING:
    from tests.integration.router.world import World


@dataclass
class Answer:
    """`entry` where an entry answered, else what the reply said."""

    seq: int | None = None
    refusal: Refusal | None = None
    entry: Entry | None = None

    @property
    def code(self) -> str | None:
        return self.refusal.code if self.refusal else None


@dataclass
class Visitor:
    world: "World"
    conversation_id: UUID
    id: UUID

    @property
    def actor(self) -> Actor:
        return Actor(kind="visitor", id=self.id)

    async def post(self, text: str = "dzień dobry") -> Answer:
        return await self.world.ask(self.world.post_command(self.conversation_id, self.actor, text))

    async def end(self) -> Answer:
        return await self.world.ask(
            EndConversation(conversation_id=self.conversation_id, client_id=uuid4(), by=self.actor)
        )

    async def opens_page(self) -> None:
        """A page with the conversation is open, and the router knows."""
        self.world.gateway.conversations.add(self.conversation_id)
        await self._seen("SELECT EXISTS (SELECT FROM page WHERE subject = $1)")

    async def closes_page(self) -> None:
        """The last page has gone, and the router knows."""
        self.world.gateway.conversations.discard(self.conversation_id)
        await self._seen("SELECT NOT EXISTS (SELECT FROM page WHERE subject = $1)")

    async def _seen(self, question: str) -> None:
        await self.world.tell_presence()
        await self.world.eventually(question, self.conversation_id)

    async def leave_as_ticket(self, text: str = "Proszę o kontakt", email: str = "anna@example.com") -> Answer:
        return await self.world.ask(
            LeaveAsTicket(
                conversation_id=self.conversation_id,
                client_id=uuid4(),
                visitor_id=self.id,
                name="Anna",
                email=email,
                text=text,
            )
        )

    def rating(self) -> RateConversation:
        return RateConversation(
            conversation_id=self.conversation_id, client_id=uuid4(), visitor_id=self.id, score="good", comment="dzięki"
        )


@dataclass
class Agent:
    world: "World"
    id: UUID
    name: str

    @property
    def actor(self) -> Actor:
        return Actor(kind="agent", id=self.id)

    @property
    def desk(self) -> Desk:
        return self.world.desks[self.id]

    async def comes_on(self) -> None:
        await self.sets("available")

    async def opens_console(self) -> None:
        """A console is open, and the router knows."""
        self.world.gateway.agents.add(self.id)
        await self.world.tell_presence()
        await self.world.eventually("SELECT connected FROM agent WHERE id = $1", self.id)

    async def loses_console(self) -> None:
        """The last console has gone, and the router knows."""
        self.world.gateway.agents.discard(self.id)
        await self.world.tell_presence()
        await self.world.eventually("SELECT NOT connected FROM agent WHERE id = $1", self.id)

    async def sets(self, status: AgentStatus) -> Answer:
        return await self.world.ask(SetStatus(agent_id=self.id, client_id=uuid4(), status=status))

    async def offer(self, visitor: "Visitor | None" = None) -> OfferCard:
        """The offer the agent has, once they have it."""

        def offers() -> list[OfferCard]:
            offers = self.desk.offers if self.id in self.world.desks else ()
            return [o for o in offers if visitor is None or o.conversation_id == visitor.conversation_id]

        await self.world.until(lambda: bool(offers()))
        return offers()[0]

    async def accepts(self, offer: OfferCard) -> Answer:
        return await self.world.ask(self.accept_command(offer))

    def accept_command(self, offer: OfferCard) -> AcceptOffer:
        return AcceptOffer(
            conversation_id=offer.conversation_id, client_id=uuid4(), offer_id=offer.offer_id, agent_id=self.id
        )

    async def declines(self, offer: OfferCard) -> Answer:
        return await self.world.ask(
            DeclineOffer(
                conversation_id=offer.conversation_id, client_id=uuid4(), offer_id=offer.offer_id, agent_id=self.id
            )
        )

    async def chat(self, visitor: "Visitor") -> ChatCard:
        """The conversation on the agent's desk, once it is there."""

        def chats() -> list[ChatCard]:
            return [c for c in self.desk.chats if c.conversation_id == visitor.conversation_id]

        await self.world.until(lambda: bool(chats()))
        return chats()[0]

    async def chooses(self, visitor: "Visitor", chosen: "Agent") -> Answer:
        return await self._asks(ChooseAgent, visitor, chosen_id=chosen.id)

    async def moves(self, visitor: "Visitor", topic: TopicSettings) -> Answer:
        return await self._asks(MoveToTopic, visitor, topic_id=topic.id)

    async def joins(self, visitor: "Visitor") -> Answer:
        return await self._asks(JoinConversation, visitor)

    async def leaves(self, visitor: "Visitor") -> Answer:
        return await self._asks(LeaveConversation, visitor)

    async def takes_over(self, visitor: "Visitor") -> Answer:
        return await self._asks(TakeOver, visitor)

    async def attaches(self, visitor: "Visitor", customer: NamedRef | None) -> Answer:
        return await self._asks(AttachCustomer, visitor, customer=customer)

    async def types(self, visitor: "Visitor", typing: bool = True) -> Answer:
        return await self._asks(TypeFirstAnswer, visitor, typing=typing)

    async def _asks(self, kind: Any, visitor: "Visitor", **values: Any) -> Answer:
        return await self.world.ask(
            kind(conversation_id=visitor.conversation_id, client_id=uuid4(), agent_id=self.id, **values)
        )

    async def posts(self, conversation_id: UUID, text: str = "w czym pomóc?") -> Answer:
        return await self.world.ask(self.world.post_command(conversation_id, self.actor, text))

    async def ends(self, conversation_id: UUID) -> Answer:
        return await self.world.ask(EndConversation(conversation_id=conversation_id, client_id=uuid4(), by=self.actor))
