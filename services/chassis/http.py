"""Internal HTTP: how a service reads another's answers, and how it lets only services ask.

Every request under `/internal` carries `Authorization: Bearer <service token>`. The client turns answers into contract
models and failures into types; only a GET is tried a second time, and only when the connection failed. For whom a
service asks is said in further headers, where it matters. A body that cannot be taken is refused with 422, whose detail
is "field: sentence".
"""

import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any, Final, TypeVar, overload

import httpx
from fastapi import Header, HTTPException, status
from pydantic import BaseModel, ValidationError

from contracts.text import holds_nul
from services.chassis.context import current_cause
from services.chassis.errors import Conflict, Forbidden, InternalHttpError, NotFound, Unavailable
from services.chassis.settings import ServiceSettings
from services.chassis.tracing import current_traceparent

M = TypeVar("M", bound=BaseModel)
Headers = Mapping[str, str]

NO_HEADERS: Final[Headers] = {}
SECONDS = 5.0
_KINDS: dict[int, type[InternalHttpError]] = {401: Forbidden, 403: Forbidden, 404: NotFound, 409: Conflict}


def require_service_token(settings: ServiceSettings) -> Callable[..., Awaitable[None]]:
    """A FastAPI dependency that lets in only requests with the service token: `dependencies=[Depends(...)]`."""
    expected = f"Bearer {settings.service_token.get_secret_value()}".encode()

    async def check(authorization: Annotated[str, Header()] = "") -> None:
        if not secrets.compare_digest(authorization.encode(), expected):
            raise HTTPException(status.HTTP_401_UNAUTHORIZED, "the service token is missing or wrong")

    return check


def read_body(model: type[M], body: dict[str, Any]) -> M:
    """The body as the model, which can be stored. Raises the 422 that names the first field that cannot be taken."""
    try:
        asked = model.model_validate(body)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise invalid(where, first["msg"].removeprefix("Value error, ")) from None
    for field in model.model_fields:
        if holds_nul(asked.model_dump_json(include={field})):
            raise invalid(field, "U+0000 cannot be stored")
    return asked


def invalid(where: str, said: str) -> HTTPException:
    """422: what stands at `where` cannot be taken, and why; without a place, the whole of it."""
    return HTTPException(status.HTTP_422_UNPROCESSABLE_CONTENT, f"{where}: {said}" if where else said)


class InternalClient:
    """Asks one other service. Raises NotFound, Forbidden, Conflict, Unavailable, or InternalHttpError for the rest."""

    def __init__(self, base_url: str, token: str, *, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._client = httpx.AsyncClient(
            base_url=base_url,
            timeout=SECONDS,
            headers={"Authorization": f"Bearer {token}"},
            limits=httpx.Limits(max_connections=100, max_keepalive_connections=20),
            transport=transport,
            trust_env=False,
        )

    async def close(self) -> None:
        await self._client.aclose()

    async def get(self, path: str, model: type[M], **params: object) -> M:
        """GET `path`; parameters that are None are left out, lists are repeated."""
        return _read(await self._get(path, params), model)

    async def text(self, path: str, **params: object) -> str:
        """GET `path`, whose answer is no model but text."""
        return (await self._get(path, params)).text

    async def _get(self, path: str, params: Mapping[str, object]) -> httpx.Response:
        query = {name: _plain(value) for name, value in params.items() if value is not None}
        try:
            return await self._send("GET", path, params=query)
        except Unavailable as error:
            if not isinstance(error.__cause__, (httpx.ConnectError, httpx.ReadError, httpx.RemoteProtocolError)):
                raise
            return await self._send("GET", path, params=query)

    @overload
    async def post(self, path: str, body: BaseModel | None, model: type[M], headers: Headers = NO_HEADERS) -> M: ...

    @overload
    async def post(
        self, path: str, body: BaseModel | None, model: None = None, headers: Headers = NO_HEADERS
    ) -> None: ...

    async def post(
        self, path: str, body: BaseModel | None, model: type[M] | None = None, headers: Headers = NO_HEADERS
    ) -> M | None:
        """POST `body` as JSON, or without one; the answer as `model`, or nothing."""
        answer = await self._send("POST", path, body, headers)
        return None if model is None else _read(answer, model)

    async def put(self, path: str, body: BaseModel, model: type[M], headers: Headers = NO_HEADERS) -> M:
        """PUT `body` as JSON; the answer as `model`."""
        return _read(await self._send("PUT", path, body, headers), model)

    async def patch(self, path: str, body: BaseModel, model: type[M], headers: Headers = NO_HEADERS) -> M:
        """PATCH with `body` as JSON; the answer as `model`."""
        return _read(await self._send("PATCH", path, body, headers), model)

    async def _send(
        self,
        method: str,
        path: str,
        body: BaseModel | None = None,
        headers: Headers = NO_HEADERS,
        params: dict[str, object] | None = None,
    ) -> httpx.Response:
        try:
            answer = await self._client.request(
                method,
                path,
                params=params,  # type: ignore[arg-type]
                json=None if body is None else body.model_dump(mode="json"),
                headers={**_trace_headers(), **headers},
            )
        except httpx.HTTPError as error:
            raise Unavailable("another service does not answer") from error
        if answer.is_success:
            return answer
        if answer.status_code >= 500:
            raise Unavailable(f"another service answered {answer.status_code}")
        raise _KINDS.get(answer.status_code, InternalHttpError)(answer.status_code, _detail(answer), answer.content)


def _read(answer: httpx.Response, model: type[M]) -> M:
    try:
        return model.model_validate_json(answer.content)
    except ValidationError:
        raise Unavailable(f"another service answered something that is no {model.__name__}") from None


def _detail(answer: httpx.Response) -> str:
    try:
        detail = answer.json().get("detail", "")
    except (ValueError, AttributeError):
        return ""
    return detail if isinstance(detail, str) else ""


def _plain(value: object) -> object:
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(one) for one in value]
    return value if isinstance(value, (bool, int, float)) else str(value)


def _trace_headers() -> dict[str, str]:
    cause = current_cause()
    headers = {"X-Correlation-Id": str(cause.correlation_id)} if cause else {}
    traceparent = current_traceparent(cause.traceparent if cause else None)
    if traceparent:
        headers["traceparent"] = traceparent
    return headers
