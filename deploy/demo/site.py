"""The demo shop's page from an address of its own: the widget embedded by a foreign site, as customers will do it.

The gateway serves the same folder under /demo/ with the embed line as it is; here that line gets the gateway's full
address. Nothing else differs.
"""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles


def create_site(folder: Path, gateway_url: str) -> Starlette:
    """A site that serves `folder`, its index page embedding the widget from `gateway_url`."""

    async def index(request: Request) -> HTMLResponse:
        page = (folder / "index.html").read_text(encoding="utf-8")
        return HTMLResponse(page.replace('src="/widget/', f'src="{gateway_url}/widget/'))

    return Starlette(routes=[Route("/", index), Mount("/", StaticFiles(directory=folder))])
