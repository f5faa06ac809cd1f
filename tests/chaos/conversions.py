"""Three hundred visitors who wait in vain: each starts a chat, whose address is looked up, and leaves it as a ticket.

Some give an address that is a customer's, some one that nobody has, two at a time; for some the site vouched, and some
of those write another address into the ticket's form. Every fifth ticket is answered by an agent.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, get_args
from urllib.parse import quote
from uuid import UUID, uuid4, uuid5

import httpx

from contracts.base import NamedRef
from contracts.conversation import LeaveAsTicket, StartConversation
from contracts.entries import CustomerLookedUp, Entry, TicketOpened
from contracts.tickets import WriteToTicket
from tests.support.switchboard import Switchboard
from tests.support.system import System

CONVERSIONS: Final = 300
CARDS: Final = 25
REPLY_TO_EVERY: Final = 5
AGENT: Final = NamedRef(id=uuid4(), name="Jan Żak")
Kind = Literal["known", "known and verified", "new", "new and verified", "none", "another in the form"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)


@dataclass(frozen=True)
class Visitor:
    """`email` is given when the chat starts, `form_email` in the ticket's form. `verified`: the site vouches for it."""

    number: int
    kind: Kind
    email: str | None
    form_email: str
    verified: bool
    conversation_id: UUID = field(default_factory=uuid4)
    id: UUID = field(default_factory=uuid4)

    @property
    def text(self) -> str:
        return f"Czy paczka numer {self.number:03} już wyszła?"

    @property
    def is_answered(self) -> bool:
        """Whether an agent writes back."""
        return self.number % REPLY_TO_EVERY == 0

    @property
    def reply_id(self) -> UUID:
        return uuid5(self.conversation_id, "reply")

    @property
    def ticket_is_verified(self) -> bool:
        return self.verified and self.email == self.form_email


def address_of_card(number: int) -> str:
    return f"klient-{number}@example.com"


def visitors() -> list[Visitor]:
    """All of them: as many of each kind."""
    return [_visitor(number, KINDS[number % len(KINDS)]) for number in range(CONVERSIONS)]


def _visitor(number: int, kind: Kind) -> Visitor:
    turn = number // len(KINDS)
    match kind:
        case "known" | "known and verified":
            email = address_of_card(turn % CARDS).replace("klient", "Klient")
            return Visitor(number, kind, email, email, verified=kind == "known and verified")
        case "new":
            # Two come with the same address at about the same time, written in two ways.
            email = f"nowa-{turn // 2}@example.com" if turn % 2 else f"Nowa-{turn // 2}@EXAMPLE.com"
            return Visitor(number, kind, email, email, verified=False)
        case "new and verified":
            return Visitor(number, kind, email := f"pewna-{turn}@example.com", email, verified=True)
        case "none":
            return Visitor(number, kind, None, f"bez-adresu-{turn}@example.com", verified=False)
        case "another in the form":
            return Visitor(number, kind, f"inna-{turn}@example.com", f"obca-{turn}@example.com", verified=True)


@dataclass
class Conversions:
    """What the visitors do, and what the consoles hear of it."""

    board: Switchboard
    system: System
    topic_id: UUID
    people: Sequence[Visitor]
    chance: random.Random
    heard: defaultdict[UUID, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """By conversation: how many entries of each kind."""
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))
    _tickets: dict[UUID, asyncio.Future[UUID]] = field(default_factory=dict)
    _looked_up: dict[UUID, asyncio.Event] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for visitor in self.people:
            self._tickets[visitor.conversation_id] = asyncio.get_running_loop().create_future()
            self._looked_up[visitor.conversation_id] = asyncio.Event()
        self.board.on_entry = self._hear

    async def convert(self) -> None:
        """Returns when every visitor has a ticket, is looked up, and has the answer that they get."""
        async with asyncio.TaskGroup() as group, httpx.AsyncClient(trust_env=False, timeout=5) as http:
            await asyncio.gather(*(group.create_task(self._live(visitor, http)) for visitor in self.people))

    def release(self, number: int) -> None:
        """Let so many more visitors come."""
        for _ in range(number):
            self._room.release()

    def _hear(self, conversation_id: UUID, entry: Entry) -> None:
        self.heard[conversation_id][entry.body.kind] += 1
        match entry.body:
            case TicketOpened(ticket_id=ticket_id):
                self._tickets[conversation_id].set_result(ticket_id)
            case CustomerLookedUp():
                self._looked_up[conversation_id].set()
            case _:
                pass

    async def _live(self, visitor: Visitor, http: httpx.AsyncClient) -> None:
        await self._room.acquire()
        ids = {"conversation_id": visitor.conversation_id, "visitor_id": visitor.id}
        starts = StartConversation(
            **ids,
            client_id=uuid4(),
            widget_id=uuid4(),
            topic_id=self.topic_id,
            name=f"Gość {visitor.number}",
            email=visitor.email,
            verified=visitor.verified,
        )
        assert (await self.board.ask(starts)).refusal is None
        await asyncio.sleep(self.chance.uniform(0, 0.3))
        leaves = LeaveAsTicket(
            **ids, client_id=uuid4(), name=f"Gość {visitor.number}", email=visitor.form_email, text=visitor.text
        )
        assert (await self.board.ask(leaves)).refusal is None
        ticket_id = await self._tickets[visitor.conversation_id]
        if visitor.is_answered:
            await self._answer(visitor, ticket_id, http)
        await self._looked_up[visitor.conversation_id].wait()

    async def _answer(self, visitor: Visitor, ticket_id: UUID, http: httpx.AsyncClient) -> None:
        """Write back; as often as it takes, as a console would."""
        body = WriteToTicket(id=visitor.reply_id, kind="reply", text=f"Paczka {visitor.number:03} wyszła wczoraj.")
        headers = {
            "Authorization": f"Bearer {self.system.service_token}",
            "X-Dymek-Agent": str(AGENT.id),
            "X-Dymek-Agent-Name": quote(AGENT.name),
        }
        url = f"{self.system.url_of('tickets')}/internal/tickets/{ticket_id}/messages"
        while True:
            try:
                answer = await http.post(url, json=body.model_dump(mode="json"), headers=headers)
            except httpx.HTTPError:
                answer = None
            if answer is not None and answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR:
                answer.raise_for_status()
                return
            await asyncio.sleep(0.2)
