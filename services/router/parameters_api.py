"""Internal HTTP: topics as they are now, and the parameters that administrators change.

What is out of bounds is answered 422 with the field's name and a sentence, what somebody else has changed since it was
read with 409.
"""

from typing import Annotated, Any, TypeVar
from uuid import UUID

from fastapi import APIRouter, Body, HTTPException, params, status
from pydantic import BaseModel, ValidationError

from contracts.parameters import RoutingSettings, TopicSettings, TopicSettingsList
from contracts.reads import AgentTopics
from services.router.parameters import ChangedMeanwhile, Parameters, UnknownTopic

M = TypeVar("M", bound=BaseModel)
Json = Annotated[dict[str, Any], Body()]


def build_parameters_router(parameters: Parameters, *, guard: params.Depends) -> APIRouter:
    """The routes; `guard` is the dependency that lets only services in."""
    router = APIRouter(prefix="/internal", dependencies=[guard])

    @router.get("/topics")
    async def read_topics() -> AgentTopics:
        return await parameters.topics()

    @router.post("/topics")
    async def add_topic(body: Json) -> TopicSettings:
        return await parameters.add(_read(TopicSettings, body))

    @router.get("/topics/settings")
    async def read_settings() -> TopicSettingsList:
        return await parameters.settings()

    @router.put("/topics/{topic_id}/settings")
    async def save_settings(topic_id: UUID, body: Json) -> TopicSettings:
        topic = _read(TopicSettings, body)
        if topic.id != topic_id:
            raise _invalid("id", "is not the topic's of this address")
        try:
            return await parameters.save(topic)
        except UnknownTopic:
            raise HTTPException(status.HTTP_404_NOT_FOUND, "There is no such topic.") from None
        except ChangedMeanwhile:
            raise _conflict() from None

    @router.get("/routing-settings")
    async def read_routing() -> RoutingSettings:
        return await parameters.routing()

    @router.put("/routing-settings")
    async def save_routing(body: Json) -> RoutingSettings:
        try:
            return await parameters.save_routing(_read(RoutingSettings, body))
        except ChangedMeanwhile:
            raise _conflict() from None

    return router


def _read(model: type[M], body: dict[str, Any]) -> M:
    try:
        return model.model_validate(body)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise _invalid(field, first["msg"].removeprefix("Value error, ")) from None


def _invalid(field: str, said: str) -> HTTPException:
    return HTTPException(status.HTTP_422_UNPROCESSABLE_CONTENT, f"{field}: {said}" if field else said)


def _conflict() -> HTTPException:
    return HTTPException(status.HTTP_409_CONFLICT, "Somebody else has changed it since it was read.")
