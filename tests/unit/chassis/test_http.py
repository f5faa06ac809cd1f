"""Internal HTTP: only services may ask, and every failure has a type."""

import json
from typing import Annotated, Any
from uuid import uuid4

import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI, HTTPException, Query, Request, Response
from pydantic import BaseModel

from services.chassis.context import Cause, bound
from services.chassis.errors import Conflict, Forbidden, InternalHttpError, NotFound, Unavailable
from services.chassis.http import InternalClient, read_body, require_service_token
from services.chassis.settings import ServiceSettings

TOKEN = "t" * 32


class Thing(BaseModel):
    name: str
    tags: list[str] = []


def service() -> FastAPI:
    settings = ServiceSettings.model_validate(
        {
            "amqp_url": "amqp://a/",
            "database_url": "postgresql://a/",
            "service_token": TOKEN,
            "port": 0,
            "environment": "development",
        }
    )
    router = APIRouter(prefix="/internal", dependencies=[Depends(require_service_token(settings))])

    @router.get("/things/{name}")
    async def read_thing(name: str, tag: Annotated[list[str] | None, Query()] = None) -> Thing:
        return Thing(name=name, tags=tag or [])

    @router.post("/things")
    async def make_thing(thing: Thing) -> Thing:
        return thing

    @router.get("/notes")
    async def read_notes(zone: str) -> Response:
        return Response(f"Godziny: {zone}", media_type="text/plain; charset=utf-8")

    @router.api_route("/caller", methods=["POST", "PUT", "PATCH"])
    async def caller(request: Request) -> Thing:
        has_body = "with" if await request.body() else "without"
        return Thing(name=request.headers.get("x-caller", "nobody"), tags=[has_body])

    @router.get("/status/{status}")
    async def fail(status: int) -> None:
        raise HTTPException(status, "the reason")

    @router.get("/correlation")
    async def correlation(request: Request) -> Thing:
        return Thing(name=request.headers.get("x-correlation-id", "none"))

    app = FastAPI()
    app.include_router(router)
    return app


def client(token: str = TOKEN) -> InternalClient:
    return InternalClient("http://service", token, transport=httpx.ASGITransport(app=service()))


async def test_an_answer_is_read_as_its_model() -> None:
    assert await client().get("/internal/things/lamp", Thing, tag=["a", "b"]) == Thing(name="lamp", tags=["a", "b"])
    assert await client().get("/internal/things/lamp", Thing, tag=None) == Thing(name="lamp")
    assert await client().post("/internal/things", Thing(name="lamp"), Thing) == Thing(name="lamp")
    await client().post("/internal/things", Thing(name="lamp"))


async def test_a_request_says_for_whom_it_is_and_may_have_no_body() -> None:
    anna, thing, path = {"X-Caller": "anna"}, Thing(name="lamp"), "/internal/caller"
    assert await client().post(path, None, Thing, anna) == Thing(name="anna", tags=["without"])
    assert await client().put(path, thing, Thing, anna) == Thing(name="anna", tags=["with"])
    assert await client().patch(path, thing, Thing, anna) == Thing(name="anna", tags=["with"])
    assert await client().post(path, thing, Thing) == Thing(name="nobody", tags=["with"])


async def test_an_answer_that_is_text_is_read_as_it_is() -> None:
    assert await client().text("/internal/notes", zone="Łódź") == "Godziny: Łódź"
    with pytest.raises(NotFound):
        await client().text("/internal/status/404")


@pytest.mark.parametrize("token", ["", "t", "t" * 31, "T" * 32, "ż" * 32])
async def test_a_wrong_token_is_forbidden(token: str) -> None:
    transport = httpx.ASGITransport(app=service())
    async with httpx.AsyncClient(transport=transport, base_url="http://service") as asking:
        answer = await asking.get("/internal/things/lamp", headers={b"Authorization": f"Bearer {token}".encode()})
    assert answer.status_code == 401
    if token.isascii():
        with pytest.raises(Forbidden):
            await client(token).get("/internal/things/lamp", Thing)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (404, NotFound),
        (403, Forbidden),
        (409, Conflict),
        (418, InternalHttpError),
        (500, Unavailable),
        (503, Unavailable),
    ],
)
async def test_a_failure_has_a_type(status: int, error: type[Exception]) -> None:
    with pytest.raises(error) as raised:
        await client().get(f"/internal/status/{status}", Thing)
    if isinstance(raised.value, Conflict):
        assert raised.value.detail == "the reason"
        assert json.loads(raised.value.body) == {"detail": "the reason"}


async def test_an_answer_of_another_shape_is_unavailable_and_not_quoted() -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json={"secret": "words"}))
    with pytest.raises(Unavailable) as raised:
        await InternalClient("http://service", TOKEN, transport=transport).get("/", Thing)
    assert "words" not in str(raised.value)


async def test_a_get_is_tried_twice_and_a_post_once_when_the_connection_fails() -> None:
    asked: list[str] = []

    def refuse(request: httpx.Request) -> httpx.Response:
        asked.append(request.method)
        raise httpx.ConnectError("refused")

    asking = InternalClient("http://service", TOKEN, transport=httpx.MockTransport(refuse))
    with pytest.raises(Unavailable):
        await asking.get("/", Thing)
    with pytest.raises(Unavailable):
        await asking.post("/", Thing(name="lamp"))
    assert asked == ["GET", "GET", "POST"]


async def test_a_request_carries_the_correlation_of_the_work_it_belongs_to() -> None:
    correlation_id = uuid4()
    with bound(Cause(correlation_id, None, None)):
        assert (await client().get("/internal/correlation", Thing)).name == str(correlation_id)
    assert (await client().get("/internal/correlation", Thing)).name == "none"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "name: Field required"),
        ({"name": "a", "tags": ["b", 1]}, "tags.1: Input should be a valid string"),
        ({"name": "a\0"}, "name: U+0000 cannot be stored"),
        ({"name": "a", "tags": ["b", "\0"]}, "tags: U+0000 cannot be stored"),
    ],
)
def test_a_body_that_cannot_be_taken_is_refused_with_its_field_and_a_sentence(body: dict[str, Any], said: str) -> None:
    with pytest.raises(HTTPException) as refused:
        read_body(Thing, body)
    assert (refused.value.status_code, refused.value.detail) == (422, said)


def test_a_body_that_only_writes_of_u_0000_is_taken() -> None:
    assert read_body(Thing, {"name": "\\u0000", "more": 1}) == Thing(name="\\u0000")
