"""The demo shop from an address of its own: the widget embedded by a foreign site, as customers will do it.

The gateway serves the same folder under /demo/ with the embed line as it is; here that line gets the gateway's full
address, and a customer may sign in at /konto. To whoever is signed in the shop gives a page with an identity token,
signed anew for every page with the widget's secret (docs/identity.md). The secret is made at each start and is nowhere
but in this process.
"""

from __future__ import annotations

import json
import secrets
from html import escape
from pathlib import Path
from string import Template

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from deploy.demo.identity import signed
from deploy.demo.load import CUSTOMERS, WIDGET_KEY

ANNA = CUSTOMERS[0]
COOKIE = "palarnia"
ACCOUNT = Path(__file__).parent / "account.html"
WELCOME = f"""
      <h1>Moje konto</h1>
      <p class="lead">{escape(ANNA.name)}, jesteś zalogowana. Sklep potwierdza czatowi adres
      <strong>{escape(ANNA.emails[0])}</strong>, więc w dymku czekają też wcześniejsze rozmowy.</p>
      <h2>Zamówienia</h2>
      <ul>
        <li>Espresso Dolne, 2 × 250 g: w drodze</li>
        <li>Etiopia Guji, 250 g: dostarczone</li>
      </ul>
      <form method="post" action="/konto/wyjdz"><button class="action">Wyloguj się</button></form>
"""
DOOR = f"""
      <h1>Moje konto</h1>
      <p class="lead">To sklep na niby, więc hasła nie potrzeba.</p>
      <form method="post" action="/konto/wejdz">
        <button class="action">Zaloguj się jako {escape(ANNA.name)}</button>
      </form>
"""


def create_site(folder: Path, gateway_url: str, secret: str | None) -> Starlette:
    """A site that serves `folder`, its pages embedding the widget from `gateway_url`.

    Without the widget's secret nobody's address is vouched for.
    """
    sessions: set[str] = set()
    loader = f'<script async src="{gateway_url}/widget/loader.js" data-widget="{WIDGET_KEY}"></script>'

    async def index(request: Request) -> HTMLResponse:
        page = (folder / "index.html").read_text(encoding="utf-8")
        page = page.replace('src="/widget/', f'src="{gateway_url}/widget/')
        return HTMLResponse(page.replace("</nav>", '<a href="/konto">Moje konto</a></nav>'))

    async def account(request: Request) -> HTMLResponse:
        known = request.cookies.get(COOKIE) in sessions
        user = _user(secret) if known else ""
        page = Template(ACCOUNT.read_text(encoding="utf-8"))
        shown = page.substitute(content=WELCOME if known else DOOR, widget=user + loader)
        # Of one visitor alone: a copy of the token in a cache would be somebody else's.
        return HTMLResponse(shown, headers={"Cache-Control": "no-store"})

    async def enter(request: Request) -> Response:
        session = secrets.token_urlsafe(16)
        sessions.add(session)
        answer = RedirectResponse("/konto", status_code=303)
        answer.set_cookie(COOKIE, session, httponly=True, samesite="lax")
        return answer

    async def leave(request: Request) -> Response:
        sessions.discard(request.cookies.get(COOKIE, ""))
        answer = RedirectResponse("/konto", status_code=303)
        answer.delete_cookie(COOKIE)
        return answer

    return Starlette(
        routes=[
            Route("/", index),
            Route("/konto", account),
            Route("/konto/wejdz", enter, methods=["POST"]),
            Route("/konto/wyjdz", leave, methods=["POST"]),
            Mount("/", StaticFiles(directory=folder)),
        ]
    )


def _user(secret: str | None) -> str:
    """The lines that tell the widget who is signed in, and vouch for their address where the shop can."""
    user = {"name": ANNA.name, "email": ANNA.emails[0]}
    if secret is not None:
        user["token"] = signed(secret, ANNA.emails[0], ANNA.name)
    words = json.dumps(user).replace("<", "\\u003c")
    return f"""<script>
      window.dymek = window.dymek || function () {{ (dymek.q = dymek.q || []).push([].slice.call(arguments)); }};
      dymek("set_user", {words});
    </script>
    """
