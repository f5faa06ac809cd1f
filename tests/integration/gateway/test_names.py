"""Every agent may read who the others are, and nothing else of their accounts."""

from typing import Any

from tests.integration.gateway.conftest import Gateway
from tests.integration.gateway.test_administration import Person, person, refusal


async def names(reader: Person) -> list[dict[str, Any]]:
    answer = await reader.get("/api/agents/names")
    assert list(answer.json()) == ["agents"]
    return list(answer.json()["agents"])


async def test_agents_read_the_names_of_all_agents_in_their_order_and_nothing_else(gateway: Gateway) -> None:
    zofia = await person(gateway, "administrator", "Zofia Zając")
    adam = await person(gateway, "agent", "Adam Bąk")
    read = await names(adam)
    own = [{"id": str(adam.agent_id), "name": "Adam Bąk"}, {"id": str(zofia.agent_id), "name": "Zofia Zając"}]
    assert [agent for agent in read if agent in own] == own
    assert all(set(agent) == {"id", "name"} for agent in read)


async def test_a_new_name_is_read_at_once(gateway: Gateway) -> None:
    chief = await person(gateway, "administrator", "Marta Wilk")
    await chief.change(await chief.account(), name="Marta Wilk-Lis")
    assert {"id": str(chief.agent_id), "name": "Marta Wilk-Lis"} in await names(chief)


async def test_nobody_else_reads_them(gateway: Gateway) -> None:
    assert refusal(await gateway.http.get("/api/agents/names")) == (401, "unauthorised", None)
