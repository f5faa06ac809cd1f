"""Parameters of the running shop, changed for one test as an administrator changes them, and put back after it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from contracts.parameters import Hours, Opening, RoutingSettings, TopicSettings, TopicSettingsList

OPEN = Hours()
CLOSED = Hours(weekly=())
HERE = ZoneInfo("Europe/Warsaw")


def closed_until(days: int = 3) -> tuple[Hours, datetime]:
    """Hours that are closed now, and when they open: at nine in the morning, so many days from now."""
    opens = (datetime.now(HERE) + timedelta(days=days)).replace(hour=9, minute=0, second=0, microsecond=0)
    weekly = (Opening(day=opens.isoweekday(), opens="09:00", closes="17:00"),)
    return Hours(time_zone=HERE.key, weekly=weekly), opens.astimezone(UTC)


class Parameters:
    """The router's own parameters; what is changed holds at once, everywhere."""

    def __init__(self, router: str, service_token: str) -> None:
        self._url = router
        self._headers = {"Authorization": f"Bearer {service_token}"}
        self._topics: dict[str, TopicSettings] = {}
        self._routing: RoutingSettings | None = None

    async def change(self, topic: str, **fields: Any) -> None:
        """Parameters of the topic of this name, as `contracts.parameters.TopicSettings` names them."""
        now = (await self._read_topics())[topic]
        self._topics.setdefault(topic, now)
        await self._save_topic(now.model_copy(update=fields))

    async def change_routing(self, **fields: Any) -> None:
        """What holds for all topics and agents, as `contracts.parameters.RoutingSettings` names it."""
        now = await self._read_routing()
        self._routing = self._routing or now
        await self._put("/internal/routing-settings", now.model_copy(update=fields))

    async def restore(self) -> None:
        """Everything as it was before the first change."""
        for name, before in self._topics.items():
            version = (await self._read_topics())[name].version
            await self._save_topic(before.model_copy(update={"version": version}))
        if self._routing:
            version = (await self._read_routing()).version
            await self._put("/internal/routing-settings", self._routing.model_copy(update={"version": version}))

    async def _read_topics(self) -> dict[str, TopicSettings]:
        answer = TopicSettingsList.model_validate_json(await self._get("/internal/topics/settings"))
        return {topic.name: topic for topic in answer.topics}

    async def _read_routing(self) -> RoutingSettings:
        return RoutingSettings.model_validate_json(await self._get("/internal/routing-settings"))

    async def _save_topic(self, topic: TopicSettings) -> None:
        await self._put(f"/internal/topics/{topic.id}/settings", topic)

    async def _get(self, path: str) -> bytes:
        async with self._client() as client:
            return (await client.get(path)).raise_for_status().content

    async def _put(self, path: str, body: TopicSettings | RoutingSettings) -> None:
        async with self._client() as client:
            headers = {"Content-Type": "application/json"}
            (await client.put(path, content=body.model_dump_json(), headers=headers)).raise_for_status()

    def _client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=self._url, headers=self._headers, timeout=20, trust_env=False)
