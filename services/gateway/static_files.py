"""The built front end: loader, panel and console, each with the policy under which a browser may show it.

A build is optional while developing: without it these addresses answer 503 and say what to run. Files with a hash in
their name never change and are kept for ever; all others are asked for again, cheaply, by their ETag.
"""

import re
from pathlib import Path
from typing import Final

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from services.gateway.domain.origin import frame_ancestors
from services.gateway.settings import GatewaySettings
from services.gateway.widgets import Widgets

NOT_BUILT: Final = (
    "The front end is not built. Run `make run`, or `npm ci && npm run build`, in the project's directory."
)
FOREVER: Final = "public, max-age=31536000, immutable"
REVALIDATE: Final = "no-cache"
LOADER: Final = "public, max-age=300"
_HASHED: Final = re.compile(r"-[\w-]{8,}\.\w+$")


def policy(*, ancestors: str, sockets: str, frames: str = "'none'") -> str:
    """A content security policy: everything from us, nothing inline, framed only by `ancestors`."""
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "media-src 'self' data:",
            f"connect-src 'self' {sockets}",
            f"frame-src {frames}",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            f"frame-ancestors {ancestors}",
        ]
    )


def build_static_router(settings: GatewaySettings, widgets: Widgets) -> APIRouter:
    """Routes of single files; the mounts of directories are added by `mount_directories`."""
    router = APIRouter(include_in_schema=False)
    widget_dir, console_dir = settings.static_dir / "widget", settings.static_dir / "console"

    @router.get("/widget/loader.js")
    async def loader(request: Request) -> Response:
        headers = {"Cache-Control": LOADER, "Cross-Origin-Resource-Policy": "cross-origin"}
        return _file(widget_dir / "loader.js", request, headers)

    @router.get("/widget/panel/{key}")
    async def panel(key: str, request: Request) -> Response:
        widget = await widgets.widget(key)
        if widget is None:
            return PlainTextResponse("There is no such widget.", 404)
        headers = {
            "Cache-Control": REVALIDATE,
            "Content-Security-Policy": policy(
                ancestors=frame_ancestors(widget.allowed_origins), sockets=_sockets(request)
            ),
        }
        return _file(widget_dir / "panel.html", request, headers)

    @router.get("/console")
    async def console_without_slash() -> Response:
        return RedirectResponse("/console/", 308)

    @router.get("/console/{path:path}")
    async def console(path: str, request: Request) -> Response:
        # Addresses inside the application are all the one page; what looks like a file must be one.
        if "." in path.rsplit("/", 1)[-1] and path != "index.html":
            return await _Directory(console_dir).get_response(path, request.scope)
        headers = {
            "Cache-Control": REVALIDATE,
            # A transcript is shown in a frame: a page of ours that may do nothing (ratings_api.py).
            "Content-Security-Policy": policy(ancestors="'none'", sockets=_sockets(request), frames="'self'"),
            "Cross-Origin-Opener-Policy": "same-origin",
            "X-Frame-Options": "DENY",
        }
        return _file(console_dir / "index.html", request, headers)

    return router


def mount_directories(app: FastAPI, settings: GatewaySettings) -> None:
    """Whole directories: the panel's assets, and the demo site where there is one."""
    # Only the assets: the panel's page must not be had without its policy.
    app.mount("/widget/assets", _Directory(settings.static_dir / "widget" / "assets"))
    if settings.demo_dir is not None and settings.demo_dir.is_dir():
        app.mount("/demo", StaticFiles(directory=settings.demo_dir, html=True))


class _Directory(StaticFiles):
    """Files of a build, with how long they may be kept."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory=directory, check_dir=False)
        self._directory = directory

    async def check_config(self) -> None:
        """A missing directory is answered in `get_response`, readably."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        if not self._directory.is_dir():
            return _not_built()
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            return PlainTextResponse("There is no such file.", error.status_code)
        response.headers["Cache-Control"] = FOREVER if _HASHED.search(path) else REVALIDATE
        return response


def _file(path: Path, request: Request, headers: dict[str, str]) -> Response:
    """One file, or 304 when the browser has it already."""
    try:
        stat = path.stat()
    except FileNotFoundError:
        return _not_built()
    response = StaticFiles(directory=path.parent).file_response(path, stat, request.scope)
    response.headers.update(headers)
    return response


def _not_built() -> Response:
    return PlainTextResponse(NOT_BUILT, 503, {"Cache-Control": "no-store"})


def _sockets(request: Request) -> str:
    """Our own sockets, named because not every browser takes 'self' to cover them."""
    host = request.headers.get("host", "")
    if not re.fullmatch(r"[\w.\-\[\]:]{1,255}", host):
        return ""
    return f"{'wss' if request.url.scheme == 'https' else 'ws'}://{host}"
