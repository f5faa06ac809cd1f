"""A router that dies in between: what it had committed is told by another, and what it had not is done again."""

import asyncio
import os
import sys

from contracts.live import LiveEntry
from deploy.local.steps import ROOT
from tests.integration.router.invariants import check_promises
from tests.integration.router.world import World
from tests.support.in_process import TOKEN

DIES_AFTER_ITS_COMMIT = """
import os
from services.chassis.database import Database
Database.announce = lambda self, stored, **_: os._exit(9) if stored else None
from services.chassis.run import main
main("router")
"""


async def test_what_a_killed_router_committed_is_published_by_another_once(empty_world: World) -> None:
    world = empty_world
    async with world.router():
        anna = await world.visitor(await world.topic())
    environment = {
        **os.environ,
        "DYMEK_ROUTER_AMQP_URL": world.amqp_url,
        "DYMEK_ROUTER_DATABASE_URL": world.database_url,
        "DYMEK_ROUTER_SERVICE_TOKEN": TOKEN,
        "DYMEK_ROUTER_ENVIRONMENT": "development",
        "DYMEK_ROUTER_PORT": "0",
    }
    doomed = await asyncio.create_subprocess_exec(
        sys.executable, "-c", DIES_AFTER_ITS_COMMIT, cwd=ROOT, env=environment, stdout=asyncio.subprocess.DEVNULL
    )
    command = world.post_command(anna.conversation_id, anna.actor, "nie zgub mnie")
    await world.publisher.publish(command)
    assert await asyncio.wait_for(doomed.wait(), 20) == 9
    assert len(world.log(anna.conversation_id)) == 1
    async with world.router() as service:
        entry = await world.logged(anna.conversation_id, "visitor_message")
        # The command was never acknowledged, so it came again and was answered with its number.
        await world.until(lambda: command.client_id in world.answers)
        assert world.answers[command.client_id].seq == entry.seq == 2
        await anna.post("i jeszcze to")
        told = [m for m in world.heard if isinstance(m, LiveEntry) and m.conversation_id == anna.conversation_id]
        assert {m.entry.seq for m in told} == {1, 2, 3}
        await check_promises(service.database, world.clock)


async def test_an_offer_whose_router_died_expires_on_another(empty_world: World) -> None:
    world = empty_world
    async with world.router():
        topic = await world.topic()
        jan, ewa = await world.agent(topic), await world.agent(topic, name="Ewa")
        anna = await world.visitor(topic)
        await jan.offer(anna)
    world.time_passes(60)
    async with world.router() as service:
        await ewa.offer(anna)
        await check_promises(service.database, world.clock)
