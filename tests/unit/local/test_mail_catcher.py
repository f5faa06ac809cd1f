"""The mail catcher keeps what is sent, sends nothing on, and shows it to this machine alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from email.message import EmailMessage
from pathlib import Path

import aiosmtplib
import httpx
import pytest
import pytest_asyncio

from deploy.local.environment import Installation
from deploy.local.mail.catcher import CaughtMail, catch
from deploy.local.mail.page import create_page


def written(subject: str = "Zgłoszenie #1042 zostało przyjęte", html: str = "<p>Dzień dobry</p>") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "dymek@dymek.test", "anna@example.com", subject
    message.set_content("Dzień dobry,\nżółw.\n")
    message.add_alternative(html, subtype="html")
    return message


@pytest.fixture
def caught(tmp_path: Path) -> CaughtMail:
    return CaughtMail(tmp_path / "mail")


@pytest_asyncio.fixture(loop_scope="session")
async def smtp_port(caught: CaughtMail) -> AsyncIterator[int]:
    server = await catch(caught, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()


def reader(caught: CaughtMail, host: str = "127.0.0.1") -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(create_page(caught)), base_url=f"http://{host}")


async def test_a_mail_that_is_sent_is_caught_and_can_be_read(caught: CaughtMail, smtp_port: int) -> None:
    await aiosmtplib.send(written(), hostname="127.0.0.1", port=smtp_port, start_tls=False)
    async with reader(caught) as page:
        listed = (await page.get("/")).text
        shown = (await page.get("/mails/1")).text
        html = await page.get("/mails/1/html")
        source = (await page.get("/mails/1/source")).text
        (plain,) = (await page.get("/mails.json")).json()
        missing = await page.get("/mails/2")
    assert "Zgłoszenie #1042 zostało przyjęte" in listed
    assert "anna@example.com" in listed
    assert "Dzień dobry,\nżółw." in shown
    assert "<p>Dzień dobry</p>" in html.text
    assert "Subject:" in source
    assert (plain["subject"], plain["recipients"]) == ("Zgłoszenie #1042 zostało przyjęte", ["anna@example.com"])
    assert plain["text"] == "Dzień dobry,\nżółw.\n"
    assert missing.status_code == 404


async def test_what_a_mail_holds_does_not_run_on_the_page(caught: CaughtMail) -> None:
    evil = "<script>alert(1)</script>"
    caught.add([evil], written(evil, evil).as_bytes())
    async with reader(caught) as page:
        for path in ("/", "/mails/1"):
            answer = await page.get(path)
            assert evil not in answer.text
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        html = await page.get("/mails/1/html")
    assert html.headers["Content-Security-Policy"].startswith("sandbox allow-popups; default-src 'none'")


async def test_no_other_name_leads_to_the_page(caught: CaughtMail) -> None:
    async with reader(caught, "evil.example") as page:
        assert (await page.get("/mails.json")).status_code == 400
    async with reader(caught, "localhost") as page:
        assert (await page.get("/mails.json")).status_code == 200


def test_mails_are_kept_between_runs_the_newest_of_them(tmp_path: Path) -> None:
    before = CaughtMail(tmp_path, kept=3)
    for number in range(5):
        before.add(["anna@example.com"], written(f"List {number}").as_bytes())
    after = CaughtMail(tmp_path, kept=3)
    after.add(["anna@example.com"], written("List 5").as_bytes())
    assert [(mail.number, mail.header("Subject")) for mail in after.newest()] == [
        (6, "List 5"),
        (5, "List 4"),
        (4, "List 3"),
    ]


def test_the_notifier_of_a_local_run_sends_to_the_catcher() -> None:
    ports = {"gateway": 8080, "notifier": 20001, "smtp": 20002, "mail": 20003}
    installation = Installation("amqp://x", {"notifier": "postgresql://x"}, ports, "token")
    settings = installation.environment("notifier")
    assert (settings["DYMEK_NOTIFIER_SMTP_HOST"], settings["DYMEK_NOTIFIER_SMTP_PORT"]) == ("127.0.0.1", "20002")
    assert settings["DYMEK_NOTIFIER_CONSOLE_URL"] == "http://127.0.0.1:8080/console/"
