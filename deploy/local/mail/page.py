"""A page to read caught mails: a list, and each mail as text, as HTML and as it came.

Invariants: it answers only under this machine's own names, so no other site can read it through a browser; a mail's
HTML is shown in a frame without scripts, without anything from outside, and without this page's origin.
"""

from __future__ import annotations

from html import escape
from typing import Final

from fastapi import FastAPI, HTTPException
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.middleware.trustedhost import TrustedHostMiddleware

from deploy.local.mail.catcher import CaughtMail, Mail

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'"
MAIL_POLICY: Final = "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'"
STYLE: Final = """
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem; font: 1rem/1.5 system-ui, sans-serif; color: #1c1f24 }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid #e2e5ea; vertical-align: top }
td { overflow-wrap: anywhere }
dt { color: #5b6370 } dd { margin: 0 0 .5rem; overflow-wrap: anywhere }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f4f5f7; padding: 1rem; border-radius: .5rem }
iframe { width: 100%; height: 32rem; border: 1px solid #e2e5ea; border-radius: .5rem }
time { white-space: nowrap }
"""


def create_page(caught: CaughtMail) -> FastAPI:
    """The page's application."""
    app = FastAPI(title="Caught mail", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])

    def known(number: int) -> Mail:
        mail = caught.mail(number)
        if mail is None:
            raise HTTPException(404, "There is no such mail.")
        return mail

    @app.get("/")
    def read_list() -> Response:
        return _page("Caught mail", _list(caught.newest()), refresh=True)

    @app.get("/mails.json")
    def read_json() -> Response:
        """All mails for programs, the newest first."""
        return JSONResponse([_plain(mail) for mail in caught.newest()])

    @app.get("/mails/{number}")
    def read_mail(number: int) -> Response:
        mail = known(number)
        return _page(mail.header("Subject"), _mail(mail))

    @app.get("/mails/{number}/html")
    def read_html(number: int) -> Response:
        return HTMLResponse(known(number).part("html"), headers={"Content-Security-Policy": MAIL_POLICY})

    @app.get("/mails/{number}/source")
    def read_source(number: int) -> Response:
        return PlainTextResponse(known(number).source, headers={"X-Content-Type-Options": "nosniff"})

    return app


def _page(title: str, body: str, *, refresh: bool = False) -> Response:
    again = '<meta http-equiv="refresh" content="5">' if refresh else ""
    text = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">{again}'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style></head><body>{body}</body></html>"
    )
    return HTMLResponse(text, headers={"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"})


def _list(mails: list[Mail]) -> str:
    head = "<h1>Caught mail</h1><p>Every mail of this installation ends here; none leaves the machine.</p>"
    if not mails:
        return head + "<p>Nothing has been sent yet.</p>"
    rows = "".join(
        f"<tr><td>{_time(mail)}</td><td>{escape(', '.join(mail.recipients))}</td>"
        f'<td><a href="/mails/{mail.number}">{escape(mail.header("Subject")) or "(no subject)"}</a></td></tr>'
        for mail in mails
    )
    columns = "<tr><th>Caught</th><th>To</th><th>Subject</th></tr>"
    return f"{head}<table><thead>{columns}</thead><tbody>{rows}</tbody></table>"


def _mail(mail: Mail) -> str:
    rows = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in _headers(mail))
    html = (
        f'<h2>HTML</h2><iframe sandbox="allow-popups" src="/mails/{mail.number}/html" title="HTML part"></iframe>'
        if mail.part("html")
        else ""
    )
    return (
        f'<p><a href="/">All mail</a></p><h1>{escape(mail.header("Subject"))}</h1><dl>{rows}</dl>'
        f"<h2>Text</h2><pre>{escape(mail.part('plain'))}</pre>{html}"
        f'<p><a href="/mails/{mail.number}/source">As it came</a></p>'
    )


def _headers(mail: Mail) -> list[tuple[str, str]]:
    named = [(name, mail.header(name)) for name in ("From", "To", "Date", "Message-ID", "References")]
    return [("Delivered to", ", ".join(mail.recipients)), *((name, value) for name, value in named if value)]


def _time(mail: Mail) -> str:
    at = mail.caught_at
    return f'<time datetime="{at.isoformat()}">{at.astimezone().strftime("%Y-%m-%d %H:%M:%S")}</time>'


def _plain(mail: Mail) -> dict[str, object]:
    return {
        "number": mail.number,
        "caught_at": mail.caught_at.isoformat(),
        "recipients": mail.recipients,
        "from": mail.header("From"),
        "to": mail.header("To"),
        "subject": mail.header("Subject"),
        "message_id": mail.header("Message-ID"),
        "text": mail.part("plain"),
        "html": mail.part("html"),
    }
