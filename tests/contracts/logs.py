"""Random logs that obey the rules of a conversation's life, and what is true after each turn of one.

What is true is kept here by plain lists, apart from the folds of contracts/views.py that the logs are for testing.
`python -m tests.contracts.logs` writes some of them as vectors for both languages (contracts/samples/views); the same
seeds give the same logs.
"""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from contracts import entries as e
from contracts import views
from contracts.base import Model, NamedRef
from contracts.entries import Entry, EntryBody
from contracts.generate import HERE

CONVERSATION = UUID(int=1)
NAMES = ("Jan Kowalski", "Ewa Zielińska", "Jan Kowalski", "Łukasz", "🙂 Ola", "Ａnna")
AGENTS = tuple(NamedRef(id=UUID(int=100 + number), name=name) for number, name in enumerate(NAMES))
TOPICS = (NamedRef(id=UUID(int=201), name="Sprzedaż"), NamedRef(id=UUID(int=202), name="Wsparcie"))
CUSTOMERS = (NamedRef(id=UUID(int=300), name="Anna Nowak"), NamedRef(id=UUID(int=301), name="Zofia Lis"))
EMAIL = "anna@example.com"
SEEDS = range(1, 9)


class Talk:
    """A conversation that makes random moves. `entries` is its log; the rest is what is true of it now."""

    def __init__(self, luck: Random) -> None:
        self.luck = luck
        self.at = datetime(2025, 3, 14, 9, 0, tzinfo=UTC)
        self.ids = 1000
        self.entries: list[Entry] = []
        self.topic = luck.choice(TOPICS)
        self.inside: list[NamedRef] = []
        self.owner: NamedRef | None = None
        self.asked: e.OfferMade | None = None
        self.reason: e.CloseReason | None = None
        self.ticket: int | None = None
        self.looked_up = False
        self.customer: NamedRef | None = None
        self.rated: e.Score | None = None
        self.add(e.Started(topic=self.topic, visitor_name="Anna", visitor_email=EMAIL))

    @property
    def state(self) -> views.State:
        if self.reason:
            return "closed"
        if self.inside:
            return "active"
        return "offered" if self.asked else "waiting"

    def turn(self) -> None:
        """One random move of those that are possible now: one entry, or those that belong together."""
        self.at += timedelta(seconds=self.luck.randint(0, 90))
        self.luck.choice(self._moves())()

    def add(self, body: EntryBody) -> None:
        self.entries.append(Entry(seq=len(self.entries) + 1, at=self.at, body=body))

    def _moves(self) -> list[Callable[[], None]]:
        moves: list[Callable[[], None]] = [self._attach] if self.looked_up else [self._look_up]
        if self.reason == "became_ticket":
            return [*moves, self._ticket]
        if self.reason:
            return [*moves, self._rate]
        moves += [self._visitor_writes, self._warn, self._take_over]
        moves += [self._accept, self._turn_down] if self.asked else [self._offer]
        if self.inside:
            moves += [self._agent_writes, self._join, self._leave, self._leave, self._move, self._open_ticket]
        else:
            moves.append(self._leave_as_ticket)
        if len(self.entries) > 15:
            moves.append(self._end)
        return moves

    def _id(self) -> UUID:
        self.ids += 1
        return UUID(int=self.ids)

    def _visitor_writes(self) -> None:
        self.add(e.VisitorMessage(client_id=self._id(), text="Dzień dobry 🙂"))

    def _agent_writes(self) -> None:
        self.add(e.AgentMessage(client_id=self._id(), agent=self.luck.choice(self.inside), text="Słucham?"))

    def _warn(self) -> None:
        self.add(e.InactivityWarned(closes_at=self.at + timedelta(minutes=5)))

    def _look_up(self) -> None:
        self.looked_up = True
        self.customer = self.luck.choice([None, CUSTOMERS[0]])
        self.add(e.CustomerLookedUp(customer_id=self.customer.id if self.customer else None))

    def _attach(self) -> None:
        by = self.luck.choice(self.inside or AGENTS)
        self.customer = self.luck.choice([customer for customer in (None, *CUSTOMERS) if customer != self.customer])
        self.add(e.CustomerAttached(customer=self.customer, by=by))

    def _offer(self) -> None:
        asked = self.luck.choice([agent for agent in AGENTS if agent != self.owner])
        self.asked = e.OfferMade(
            offer_id=self._id(), agent=asked, expires_at=self.at + timedelta(minutes=1), chosen_by=self.owner
        )
        self.add(self.asked)

    def _end_offer(self, outcome: e.OfferOutcome) -> None:
        if self.asked:
            self.add(e.OfferEnded(offer_id=self.asked.offer_id, agent=self.asked.agent, outcome=outcome))
            self.asked = None

    def _turn_down(self) -> None:
        outcomes: list[e.OfferOutcome] = ["declined", "expired", "withdrawn"]
        self._end_offer(self.luck.choice(outcomes))

    def _accept(self) -> None:
        assert self.asked is not None
        agent = self.asked.agent
        self._end_offer("accepted")
        self._pass_on(agent, "handed_over")

    def _take_over(self) -> None:
        if not self.inside:
            self._end_offer("withdrawn")
        self._pass_on(self.luck.choice([agent for agent in AGENTS if agent != self.owner]), "taken_over")

    def _pass_on(self, agent: NamedRef, reason: e.LeaveReason) -> None:
        if self.owner and self.owner != agent:
            self._out(self.owner, reason)
        self.owner = agent
        if agent in self.inside:
            self.add(e.OwnerChanged(agent=agent))
        else:
            self.inside.append(agent)
            self.add(e.AgentJoined(agent=agent, owner=True))

    def _join(self) -> None:
        others = [agent for agent in AGENTS if agent not in self.inside]
        if others:
            self.inside.append(self.luck.choice(others))
            self.add(e.AgentJoined(agent=self.inside[-1], owner=False))

    def _out(self, agent: NamedRef, reason: e.LeaveReason) -> None:
        self.inside.remove(agent)
        self.add(e.AgentLeft(agent=agent, reason=reason))

    def _leave(self) -> None:
        reasons: list[e.WaitReason] = ["left", "connection_lost", "not_answered"]
        reason = self.luck.choice(reasons)
        agent = self.owner if reason == "not_answered" else self.luck.choice(self.inside)
        assert agent is not None
        self._out(agent, reason)
        if not self.inside:
            self._wait_again(reason)
        elif agent == self.owner:
            self.owner = self.inside[0]
            self.add(e.OwnerChanged(agent=self.owner))

    def _move(self) -> None:
        self._end_offer("withdrawn")
        for agent in tuple(self.inside):
            self._out(agent, "moved")
        self.topic = next(topic for topic in TOPICS if topic != self.topic)
        self._wait_again("moved")

    def _wait_again(self, reason: e.WaitReason) -> None:
        self.owner = None
        self.add(e.WaitingAgain(reason=reason, topic=self.topic))

    def _open_ticket(self) -> None:
        self.ticket = (self.ticket or 17) + 1
        self.add(e.TicketOpened(ticket_id=self._id(), number=self.ticket))

    def _leave_as_ticket(self) -> None:
        self.ticket = None
        self._close("became_ticket")

    def _end(self) -> None:
        reasons: list[e.CloseReason] = ["ended_by_agent", "ended_by_visitor", "inactive"]
        self._close(self.luck.choice(reasons))

    def _close(self, reason: e.CloseReason) -> None:
        self._end_offer("withdrawn")
        self.reason = reason
        self.add(e.SystemMessage(purpose="closing", text="Do widzenia."))
        self.add(e.Ended(reason=reason, agent=self.owner if reason == "ended_by_agent" else None))

    def _ticket(self) -> None:
        self.ticket = self.ticket or 17
        self.add(e.TicketOpened(ticket_id=UUID(int=400), number=self.ticket))

    def _rate(self) -> None:
        scores: list[e.Score] = ["good", "neutral", "bad"]
        self.rated = self.luck.choice(scores)
        self.add(e.Rated(score=self.rated))


def vectors() -> dict[str, str]:
    """File name to text: logs and cuts, in both views, as contracts/views.py folds them."""
    files: dict[str, str] = {}
    for seed in SEEDS:
        luck = Random(seed)
        talk = Talk(luck)
        for _ in range(45):
            talk.turn()
        cut = luck.randrange(len(talk.entries) // 2)
        agents = [views.Header(conversation_id=CONVERSATION)]
        visitors = [views.VisitorHeader(conversation_id=CONVERSATION)]
        seen = [views.visitor_entry(entry) for entry in talk.entries]
        for entry, of_visitor in zip(talk.entries, seen, strict=True):
            agents.append(views.apply_entry(agents[-1], entry))
            visitors.append(views.apply_visitor_entry(visitors[-1], of_visitor))
        name = f"random-{seed}-from-{cut}"
        files[f"agent-{name}.json"] = _vector(f"agent-{name}", agents[cut], talk.entries[cut:], agents[-1])
        files[f"visitor-{name}.json"] = _vector(f"visitor-{name}", visitors[cut], seen[cut:], visitors[-1])
    return files


def _vector(name: str, header: Model, after: Sequence[Model], expected: Model) -> str:
    vector = {
        "name": name,
        "view": name.split("-")[0],
        "header": header.model_dump(mode="json"),
        "entries": [entry.model_dump(mode="json") for entry in after],
        "expected": expected.model_dump(mode="json"),
    }
    return json.dumps(vector, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    for file_name, text in vectors().items():
        (HERE / "samples" / "views" / file_name).write_text(text, "utf-8")
