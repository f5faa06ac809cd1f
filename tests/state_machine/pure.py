"""The router as the domain's rules alone: what arrives, and how it is answered. The rest is in keeping.py."""

from dataclasses import replace
from uuid import UUID

from contracts import conversation as asked
from contracts.base import Message
from contracts.customers import CustomerLookedUp
from contracts.parameters import RoutingSettings, TopicSettings
from contracts.refusals import Refusal, RefusalCode
from contracts.tickets import RatingRecorded, TicketOpened
from services.router.domain import customer, lifecycle
from services.router.domain.agent import register, set_status
from tests.state_machine.decisions import UNKNOWN, decide
from tests.state_machine.keeping import Keeping
from tests.state_machine.system import Answer, State


class PureRouter(Keeping):
    """A router without tables, queues or processes."""

    def look(self) -> State:
        return State(self.now, self.conversations, self.logs, self.agents, self.topics, self.routing)

    def ask(self, command: Message) -> Answer:
        answer = self._ask(command)
        self.settle()
        return answer

    def _ask(self, command: Message) -> Answer:
        if isinstance(command, asked.SetStatus):
            return self._set_status(command)
        if not isinstance(command, asked.ConversationCommand):
            raise TypeError(command.TYPE)
        conversation = self.conversations.get(command.conversation_id)
        key = (command.conversation_id, command.client_id)
        if key in self.answered:
            return Answer(self.answered[key])
        if isinstance(command, asked.StartConversation | asked.LeaveMessage):
            if conversation is not None:
                return Answer(refusal=Refusal(code=RefusalCode.NOT_YOURS))
        elif conversation is None:
            return Answer(refusal=UNKNOWN)
        outcome = decide(self, conversation, command)
        if isinstance(outcome, Refusal):
            return Answer(refusal=outcome)
        self.keep(conversation, outcome, command.client_id)
        return Answer(outcome.answer.seq if outcome.answer else None)

    def _set_status(self, command: asked.SetStatus) -> Answer:
        agent = self.agents.get(command.agent_id)
        if agent is None:
            return Answer(refusal=UNKNOWN)
        if (agent.id, command.client_id) not in self.answered:
            self.answered[agent.id, command.client_id] = None
            self.keep_agent(set_status(agent, command.status, command.reason, self.now))
        return Answer()

    def tell(self, fact: Message) -> None:
        match fact:
            case asked.AgentRegistered():
                known = self.agents.get(fact.agent_id)
                after = register(known, fact, self.routing.default_capacity, self.now)
                if known is None:
                    self.agents[after.id] = after
                else:
                    self.keep_agent(after)
            case asked.GatewayPresence():
                self.hear(fact)
            case CustomerLookedUp():
                known_one = self.conversations[fact.conversation_id]
                self.keep(known_one, customer.looked_up(known_one, fact.customer_id, fact.verified, self.now))
            case TicketOpened(conversation_id=UUID() as about):
                if (about, fact.ticket_id) not in self.answered:
                    known_one = self.conversations[about]
                    opened = lifecycle.ticket_opened(known_one, fact.ticket_id, fact.number, self.now)
                    self.keep(known_one, opened, fact.ticket_id)
            case RatingRecorded():
                if (fact.conversation_id, fact.client_id) not in self.answered:
                    rated = self.conversations[fact.conversation_id]
                    self.keep(rated, lifecycle.rating_recorded(rated, fact, self.now), fact.client_id)
            case _:
                raise TypeError(fact.TYPE)
        self.settle()

    def set_topic(self, topic: TopicSettings) -> None:
        self.topics[topic.id] = topic
        for conversation in list(self.conversations.values()):
            if conversation.topic.id == topic.id and not conversation.closed:
                self.look_for_silence(conversation.id)
        self.to_route.add(topic.id)
        self.settle()

    def set_routing(self, settings: RoutingSettings) -> None:
        self.routing = settings
        for agent in list(self.agents.values()):
            if agent.default_capacity:
                self.keep_agent(replace(agent, capacity=settings.default_capacity))
            self.set_losses(self.agents[agent.id])
        self.settle()
