"""What the command line asks every service: whether it is ready, and how old its oldest unpublished message is."""

import asyncio
from collections.abc import Mapping
from typing import Final, NamedTuple

import httpx
from prometheus_client.parser import text_string_to_metric_families

LAG: Final = "dymek_outbox_lag_seconds"
SECONDS: Final = 5.0


class ServiceHealth(NamedTuple):
    """A service's answer; `lag` in seconds, None when it gave none; `complaint` is empty when it is ready."""

    service: str
    lag: float | None
    complaint: str

    @property
    def ready(self) -> bool:
        return not self.complaint


async def services_health(addresses: Mapping[str, str], token: str) -> list[ServiceHealth]:
    """The health of each service, in the order of `addresses`; `token` is the services'."""
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(timeout=SECONDS, headers=headers, trust_env=False) as client:
        return await asyncio.gather(*(_health(client, name, url) for name, url in addresses.items()))


async def _health(client: httpx.AsyncClient, service: str, url: str) -> ServiceHealth:
    try:
        readiness = await client.get(f"{url.rstrip('/')}/readyz")
        metrics = await client.get(f"{url.rstrip('/')}/metrics")
    except (httpx.HTTPError, httpx.InvalidURL):
        return ServiceHealth(service, None, "does not answer")
    complaint = "" if readiness.status_code == httpx.codes.OK else complaint_of(readiness)
    return ServiceHealth(service, lag_of(metrics.text), complaint)


def complaint_of(readiness: httpx.Response) -> str:
    """Why a service is not ready, from the answer of its /readyz."""
    try:
        checks = readiness.json()["checks"]
        return "; ".join(f"{name}: {said}" for name, said in checks.items() if said != "ok") or "not ready"
    except (ValueError, KeyError, TypeError, AttributeError):
        return f"not ready (HTTP {readiness.status_code})"


def lag_of(metrics: str) -> float | None:
    """The outbox lag in a text of Prometheus metrics, or None when it is not there."""
    try:
        for family in text_string_to_metric_families(metrics):
            for sample in family.samples:
                if sample.name == LAG:
                    return sample.value
    except ValueError:
        return None
    return None
