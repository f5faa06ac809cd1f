"""A small company at work: any order of what people, the house and the post may do, and what is promised in all.

The machine is whoever stands around the router: it sends what visitors and agents ask for, tells for two gateways
which pages are open, saves parameters, and lets time pass. Messages may come late, in another order, or again.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, Literal, TypeVar
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from contracts import conversation as asked
from contracts.base import Actor, Message
from contracts.entries import Entry
from contracts.parameters import RoutingSettings, TopicSettings
from contracts.tickets import TicketOpened
from services.router.domain.agent import Agent
from services.router.domain.conversation import Conversation
from tests.state_machine import promises
from tests.state_machine.system import Answer, State, System

T = TypeVar("T")
any_one = st.integers(min_value=0, max_value=11)
punctual = st.sampled_from(["at once", "at once", "at once", "twice", "late"])
Punctuality = Literal["at once", "twice", "late"]


EMAIL = "anna@example.com"


class Gateway:
    """Who has how many pages open there. Agents and visitors' conversations are counted by id."""

    def __init__(self, id: UUID) -> None:
        self.id = id
        self.number = 0
        self.pages: dict[str, Counter[UUID]] = {"agent": Counter(), "visitor": Counter()}

    def open(self, kind: str) -> tuple[UUID, ...]:
        return tuple(sorted(one for one, count in self.pages[kind].items() if count > 0))


def there_is_a_chat(company: "Company") -> bool:
    return bool(company.state.conversations)


class Company(RuleBasedStateMachine):
    """The machine without rules; what people do is in visitors.py and agents.py, what else happens in house.py."""

    system: System

    def new_system(self) -> System:
        raise NotImplementedError

    def __init__(self) -> None:
        super().__init__()
        self.system = self.new_system()
        self.visitors: list[UUID] = []
        self.under_way: list[Message] = []
        self.sent: list[asked.ConversationCommand] = []
        self.done: dict[UUID, Answer] = {}
        self.loads: dict[UUID, int] = {}
        self.tickets = 0
        self.checked: dict[UUID, Conversation] = {}
        self.versions: Counter[UUID] = Counter()

    @initialize(
        capacities=st.lists(st.sampled_from([1, 2, 3, 3]), min_size=2, max_size=4),
        choice=st.sampled_from(["longest_idle", "round_robin", "fewest_chats"]),
        greets=st.sampled_from(["never", "at_start", "on_join"]),
        chats=st.integers(0, 4),
        together=st.sampled_from([0, 4]),
    )
    def opens(self, capacities: list[int], choice: Any, greets: Any, chats: int, together: int) -> None:
        """Two topics, two gateways, some chats, and agents at work: the first supervises, the second has one topic."""
        new = self.system.new_id
        words = {"welcome_text": {"pl": "Dzień dobry!"}, "closing_text": {"pl": "Do widzenia!", "en": "Goodbye!"}}
        sales = {"id": new(), "name": "Sprzedaż", "choice": choice, "offer_seconds": 20, "welcome": greets, **words}
        silence = {"inactivity_seconds": 300, "inactivity_warning_seconds": 60}
        support = {"id": new(), "name": "Wsparcie", "inactivity_from": "last_message", "returning_first": True}
        for settings in (sales, support):
            self.system.set_topic(TopicSettings.model_validate({**settings, **silence}))
        self.gateways = [Gateway(new()), Gateway(new())]
        self.topics: list[UUID] = [sales["id"], support["id"]]  # type: ignore[list-item]
        self.agents: list[UUID] = []
        for number, capacity in enumerate(capacities):
            agent_id = new()
            self.agents.append(agent_id)
            topics = self.topics[:1] if number == 1 else self.topics
            role: Any = "agent" if number else "supervisor"
            self.register(agent_id, name=f"Agent {number}", capacity=capacity, topic_ids=tuple(topics), role=role)
            self.gateways[number % 2].pages["agent"][agent_id] = 1
        for gateway in self.gateways:
            self.tell_presence(gateway)
        for agent_id in self.agents:
            self.system.ask(asked.SetStatus(agent_id=agent_id, client_id=new(), status="available"))

        for number in range(chats):
            command = asked.StartConversation(**self.begins(self.topics[number % 2], number), email=EMAIL)
            self.asks(command)
            self.page(self.gateways[number % 2], command.conversation_id, 1)
            offer = self.state.conversations[command.conversation_id].offer
            if offer is not None:
                ids = {"conversation_id": command.conversation_id, "client_id": new(), "agent_id": offer.agent.id}
                self.asks(asked.AcceptOffer(**ids, offer_id=offer.id))
            for agent_id in self.agents[: together if number == 0 else 0]:
                ids = {"conversation_id": command.conversation_id, "client_id": new(), "agent_id": agent_id}
                self.asks(asked.JoinConversation(**ids))

    # --- what the rules are made of

    @property
    def state(self) -> State:
        return self.system.look()

    def one_of(self, values: list[T], index: int) -> T:
        return values[index % len(values)]

    def chat(self, index: int, wanted: Callable[[Conversation], bool] = lambda one: True) -> Conversation:
        """A conversation, mostly one that is wanted; the newest first."""
        chats = sorted(self.state.conversations.values(), key=lambda one: (one.waiting_since, one.id), reverse=True)
        return self.one_of([one for one in chats if index < 11 and wanted(one)] or chats, index)

    def agent(self, index: int, wanted: Callable[[Agent], bool] = lambda one: True) -> Agent:
        """An agent, mostly one who is wanted."""
        agents = [self.state.agents[agent_id] for agent_id in self.agents]
        return self.one_of([one for one in agents if index < 11 and wanted(one)] or agents, index)

    def person(self, chat: Conversation, index: int) -> Actor:
        """The visitor, an agent, or a stranger."""
        people = [Actor(kind="visitor", id=chat.visitor_id)]
        people += [Actor(kind="agent", id=one.id) for one in chat.header.participants]
        people += [Actor(kind="agent", id=one) for one in self.agents]
        people.append(Actor(kind="visitor", id=UUID(int=3)))
        return self.one_of(people, index)

    def begins(self, topic_id: UUID, visitor: int) -> dict[str, Any]:
        """What a command to begin a conversation says; the visitor is a new one, or has been here before."""
        if visitor % 3 == 0 or not self.visitors:
            self.visitors.append(self.system.new_id())
        return {
            "conversation_id": self.system.new_id(),
            "client_id": self.system.new_id(),
            "visitor_id": self.one_of(self.visitors[::-1], visitor),
            "widget_id": UUID(int=5),
            "topic_id": topic_id,
            "name": "Anna",
        }

    def page(self, gateway: Gateway, conversation_id: UUID, change: int) -> None:
        """So many more pages of the visitor's are open there."""
        gateway.pages["visitor"][conversation_id] += change
        self.tell_presence(gateway)

    def asks(self, command: asked.ConversationCommand, when: Punctuality = "at once") -> Answer | None:
        """Send a command; None while it is still under way."""
        self.sent.append(command)
        if when == "late":
            self.under_way.append(command)
            return None
        answer = self.arrives(command)
        if when == "twice":
            self.arrives(command)
        return answer

    def arrives(self, command: Message) -> Answer:
        """Deliver a command. Whoever has been told once that it is done is told so again, and nothing more happens."""
        client_id: UUID = command.client_id  # type: ignore[attr-defined]
        before, known = self.logs(), self.done.get(client_id)
        answer = self.system.ask(command)
        if known is not None:
            assert answer == known, "the same request was answered in two ways"
            assert self.logs() == before, "a repetition made an entry"
        elif answer.refusal is not None:
            assert self.logs() == before, "what was refused made an entry"
        elif answer.seq is not None:
            self.done[client_id] = answer
        return answer

    def logs(self) -> dict[UUID, list[Entry]]:
        return {conversation_id: list(log) for conversation_id, log in self.state.logs.items()}

    def tells(self, fact: Message, when: Punctuality = "at once") -> None:
        if when == "late":
            self.under_way.append(fact)
            return
        self.system.tell(fact)
        if when == "twice":
            self.system.tell(fact)

    def ticket(self, conversation_id: UUID, when: Punctuality = "at once") -> None:
        """The tickets service has opened one out of the conversation."""
        self.tickets += 1
        opened = {"ticket_id": self.system.new_id(), "number": self.tickets, "conversation_id": conversation_id}
        rest = {"topic": {"id": self.topics[0], "name": "Sprzedaż"}, "subject_line": "Zgłoszenie", "name": "Anna"}
        self.tells(TicketOpened.model_validate({**opened, **rest, "opened_at": self.state.now}), when)

    def tell_presence(self, gateway: Gateway, when: Punctuality = "at once", ago: float = 0) -> None:
        """The gateway says who has a page open there."""
        gateway.number += 1
        self.tells(
            asked.GatewayPresence(
                gateway_id=gateway.id,
                number=gateway.number,
                at=self.state.now - timedelta(seconds=ago),
                agents=gateway.open("agent"),
                conversations=gateway.open("visitor"),
            ),
            when,
        )

    def register(self, agent_id: UUID, when: Punctuality = "at once", **account: Any) -> None:
        self.versions[agent_id] += 1
        known = self.state.agents.get(agent_id)
        if known is not None:
            kept = {"name": known.name, "capacity": known.capacity, "topic_ids": tuple(sorted(known.topic_ids))}
            account = {**kept, "role": known.role, "default_capacity": known.default_capacity, **account}
        self.tells(asked.AgentRegistered(agent_id=agent_id, version=self.versions[agent_id], **account), when)

    def save_topic(self, topic: TopicSettings, **changes: Any) -> None:
        self.system.set_topic(TopicSettings.model_validate({**topic.model_dump(), **changes}))

    def save_routing(self, **changes: Any) -> None:
        self.system.set_routing(RoutingSettings.model_validate({**self.state.routing.model_dump(), **changes}))

    # --- what is promised

    @invariant()
    def all_promises_are_kept(self) -> None:
        state = self.state
        promises.load_is_what_is_held_and_fits(state, self.loads)
        self.loads = {agent.id: agent.load for agent in state.agents.values()}
        for promise in promises.OF_THE_STATE:
            promise(state)
        # Logs are read again only where something has changed: they are long.
        changed = {one.id for one in state.conversations.values() if self.checked.get(one.id) is not one}
        self.checked = dict(state.conversations)
        for promise in promises.OF_THE_LOGS:
            promise(replace(state, logs={one: log for one, log in state.logs.items() if one in changed}))
