"""What every HTTP request passes: the origin check for requests that change something, and the security headers.

Pure ASGI, because a wrapper that buffers or re-tasks would get between a socket and its cancellation. A page of another
site can make a browser send our cookie's request, but not our Origin; services with the service token have no origin.
"""

from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from contracts.refusals import RefusalCode
from services.gateway.domain.origin import may_talk
from services.gateway.problems import Problem, answer

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
INTERNAL: Final = "/internal/"
MAX_BODY_BYTES: Final = 128 * 1024
"""A customer's card with everything in it, in letters of three bytes."""
LONG_BODIES: Final = {"/api/admin/customer-fields": 2 * 1024 * 1024}
"""Fifty fields, each with a hundred choices, are the longest list that can be saved."""
YEAR: Final = 31_536_000


class OriginCheck:
    """Refuses what changes something and does not come from a page of ours, and bodies larger than any we take."""

    def __init__(self, app: ASGIApp, own: frozenset[str]) -> None:
        self._app = app
        self._own = own

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE:
            headers = Headers(scope=scope)
            if not scope["path"].startswith(INTERNAL) and not may_talk(headers.get("origin"), self._own):
                refusal = Problem(RefusalCode.NOT_YOURS, "This request does not come from a page of ours.")
                await answer(refusal)(scope, receive, send)
                return
            length = headers.get("content-length", "0")
            most = LONG_BODIES.get(scope["path"], MAX_BODY_BYTES)
            if "transfer-encoding" in headers or not length.isdigit() or int(length) > most:
                refusal = Problem(RefusalCode.TOO_LONG, "The body is too long, or does not say how long it is.")
                await answer(refusal)(scope, receive, send)
                return
        await self._app(scope, receive, send)


class SecurityHeaders:
    """Adds what every answer should say, where the route has not said otherwise."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self._app = app
        self._headers = {
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "strict-origin-when-cross-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            "Cross-Origin-Resource-Policy": "same-origin",
        }
        if secure:
            self._headers["Strict-Transport-Security"] = f"max-age={YEAR}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith(("/api/", INTERNAL)):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, send_with_headers)
