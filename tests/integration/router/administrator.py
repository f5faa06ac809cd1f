"""What an administrator does with parameters: reads them, changes some, saves the whole."""

from contracts.parameters import RoutingSettings, TopicSettings
from contracts.reads import Topics, TopicView
from tests.integration.router.world import World


async def save_topic(world: World, topic: TopicSettings, **changes: object) -> TopicSettings:
    """The topic as it is kept after the changes."""
    changed = TopicSettings.model_validate(topic.model_dump() | changes)
    async with world.http() as client:
        return await client.put(f"/internal/topics/{changed.id}/settings", changed, TopicSettings)


async def save_routing(world: World, **changes: object) -> RoutingSettings:
    """What holds for all, after the changes."""
    async with world.http() as client:
        known = await client.get("/internal/routing-settings", RoutingSettings)
        changed = RoutingSettings.model_validate(known.model_dump() | changes)
        return await client.put("/internal/routing-settings", changed, RoutingSettings)


async def topic_now(world: World, topic: TopicSettings) -> TopicView:
    """The topic as everybody sees it now."""
    async with world.http() as client:
        topics = await client.get("/internal/topics", Topics)
    return next(view for view in topics.topics if view.id == topic.id)
