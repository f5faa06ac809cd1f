"""The services' internal HTTP, as the demo's data is loaded through it."""

from __future__ import annotations

from urllib.parse import quote

import httpx

from contracts.base import Model, NamedRef
from deploy.local.environment import Installation


class Owners:
    """Asks each service for what it owns. Raises httpx.HTTPStatusError when one refuses."""

    def __init__(self, client: httpx.AsyncClient, installation: Installation) -> None:
        self._client = client
        self._installation = installation

    async def read(self, service: str, path: str, **query: str) -> bytes:
        """What is there."""
        url = self._installation.url(service) + path
        answer = await self._client.get(url, params=query, headers=self._headers(None))
        return answer.raise_for_status().content

    async def find(self, service: str, path: str, **query: str) -> bytes | None:
        """What is there; None where there is nothing."""
        try:
            return await self.read(service, path, **query)
        except httpx.HTTPStatusError as error:
            if error.response.status_code == httpx.codes.NOT_FOUND:
                return None
            raise

    async def send(
        self, method: str, service: str, path: str, body: Model, *, keep: bool = False, agent: NamedRef | None = None
    ) -> httpx.Response:
        """Write. `keep`: 409 is no error, somebody has changed it since it was loaded; `agent`: who does it."""
        answer = await self._client.request(
            method,
            self._installation.url(service) + path,
            content=body.model_dump_json(),
            headers={**self._headers(agent), "Content-Type": "application/json"},
        )
        if not (keep and answer.status_code == httpx.codes.CONFLICT):
            answer.raise_for_status()
        return answer

    def _headers(self, agent: NamedRef | None) -> dict[str, str]:
        headers = {"Authorization": f"Bearer {self._installation.service_token}"}
        if agent is not None:
            headers |= {"X-Dymek-Agent": str(agent.id), "X-Dymek-Agent-Name": quote(agent.name)}
        return headers
