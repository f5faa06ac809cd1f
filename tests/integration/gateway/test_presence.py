"""The router learns who has a page open at a gateway: when they come, when they go, and when the gateway goes."""

from collections.abc import Callable
from uuid import UUID

from contracts.conversation import GatewayPresence
from contracts.topology import EVENTS
from tests.integration.gateway.conftest import SALES, running_gateway
from tests.support.wiretap import Wiretap


async def told(tap: Wiretap, fits: Callable[[GatewayPresence], bool]) -> GatewayPresence:
    """The next presence that fits."""
    while True:
        message = (await tap.heard()).message
        assert isinstance(message, GatewayPresence)
        if fits(message):
            return message


async def test_the_router_is_told_who_has_a_page_open_here_and_when_the_gateway_goes(
    amqp_url: str, gateway_database: str
) -> None:
    async with Wiretap(amqp_url, (EVENTS, GatewayPresence.TYPE)) as tap:
        async with running_gateway(amqp_url, gateway_database, presence_seconds=0.3) as gateway:
            cookie = await gateway.session_cookie()
            answer = await gateway.http.get("/api/session", headers={"Cookie": cookie})
            jan = UUID(answer.json()["agent_id"])
            async with gateway.visitor() as visitor, gateway.agent(cookie), gateway.agent(cookie):
                stream = await visitor.start(SALES.id)
                first = await told(tap, lambda present: present.conversations == (stream,))
                assert first.agents == (jan,)
            second = await told(tap, lambda present: not present.agents and not present.conversations)
            assert (second.gateway_id, second.number > first.number) == (first.gateway_id, True)
            async with gateway.agent(cookie):
                await told(tap, lambda present: present.agents == (jan,))
        last = (await tap.rest())[-1].message
        assert isinstance(last, GatewayPresence)
        assert (last.agents, last.conversations) == ((), ())
