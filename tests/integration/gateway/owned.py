"""What the tests' router keeps besides conversations: parameters with their versions, boards, colleagues, histories."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from fastapi import APIRouter, HTTPException

from contracts.base import NamedRef
from contracts.parameters import RoutingSettings, TopicSettings, TopicSettingsList
from contracts.reads import Board, Colleague, Colleagues, ConversationRecord, PastConversations


@dataclass
class Owned:
    topics: dict[UUID, TopicSettings] = field(default_factory=dict)
    routing: RoutingSettings = field(default_factory=lambda: RoutingSettings(version=1))
    boards: dict[UUID, Board] = field(default_factory=dict)
    histories: dict[UUID, PastConversations] = field(default_factory=dict)
    """By visitor or customer."""
    colleagues: tuple[Colleague, ...] = (
        Colleague(agent=NamedRef(id=UUID(int=9), name="Ewa"), status="available", connected=True, load=1, capacity=3),
    )
    records: dict[UUID, ConversationRecord] = field(default_factory=dict)
    members: dict[UUID, set[UUID]] = field(default_factory=dict)
    """Who takes part in a conversation."""

    def routes(self) -> APIRouter:
        routes = APIRouter(prefix="/internal")

        @routes.get("/topics/settings")
        async def topics() -> TopicSettingsList:
            return TopicSettingsList(topics=tuple(self.topics.values()))

        @routes.put("/topics/{topic_id}/settings")
        async def save_topic(topic_id: UUID, body: TopicSettings) -> TopicSettings:
            if topic_id not in self.topics:
                raise HTTPException(404)
            self._same_version(self.topics[topic_id].version, body.version)
            self.topics[topic_id] = body.model_copy(update={"version": body.version + 1})
            return self.topics[topic_id]

        @routes.get("/routing-settings")
        async def routing() -> RoutingSettings:
            return self.routing

        @routes.put("/routing-settings")
        async def save_routing(body: RoutingSettings) -> RoutingSettings:
            self._same_version(self.routing.version, body.version)
            if body.default_capacity == 77:
                raise HTTPException(422, "Seventy-seven is too odd.")
            self.routing = body.model_copy(update={"version": body.version + 1})
            return self.routing

        @routes.get("/agents")
        async def agents() -> Colleagues:
            return Colleagues(agents=self.colleagues)

        @routes.get("/agents/{agent_id}/board")
        async def board(agent_id: UUID) -> Board:
            if agent_id not in self.boards:
                raise HTTPException(404)
            return self.boards[agent_id]

        @routes.get("/conversations/{stream}/colleagues")
        async def colleagues(stream: UUID, agent_id: UUID) -> Colleagues:
            if agent_id not in self.members.get(stream, ()):
                raise HTTPException(403)
            return Colleagues(agents=self.colleagues)

        @routes.get("/conversations/{stream}/record")
        async def record(stream: UUID, agent_id: UUID) -> ConversationRecord:
            if stream not in self.records:
                raise HTTPException(404)
            found = self.records[stream]
            if found.state != "closed" and agent_id not in self.members.get(stream, ()):
                raise HTTPException(403)
            return found

        @routes.get("/visitors/{visitor_id}/conversations")
        async def history(visitor_id: UUID) -> PastConversations:
            return self.histories.get(visitor_id, PastConversations())

        @routes.get("/customers/{customer_id}/conversations")
        async def customers_history(customer_id: UUID) -> PastConversations:
            return self.histories.get(customer_id, PastConversations())

        return routes

    @staticmethod
    def _same_version(stored: int, read: int) -> None:
        if stored != read:
            raise HTTPException(409, "The version is another one.")
