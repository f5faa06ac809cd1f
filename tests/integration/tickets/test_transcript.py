"""The visitor gets the conversation by e-mail once, whether they ask before its end or after; agents read it here."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from contracts.mail import SendMail, TranscriptMail
from contracts.tickets import RequestTranscript
from contracts.topology import COMMANDS
from tests.integration.tickets.conftest import JAN, agents_of, ended
from tests.support.in_process import running, settled
from tests.support.wiretap import Wiretap

MAILS = (COMMANDS, "notifier.commands")
ENDED_QUEUE = "tickets.conversation.ended.v1"
COMMAND_QUEUE = "tickets.commands"


def request(conversation_id: UUID) -> RequestTranscript:
    return RequestTranscript(conversation_id=conversation_id, client_id=uuid4())


@pytest.mark.parametrize("order", ["asked first", "ended first", "asked twice"])
async def test_a_transcript_is_mailed_once_at_the_end(tickets_url: str, amqp_url: str, order: str) -> None:
    over = ended(uuid4())
    wish = request(over.conversation_id)
    async with Wiretap(amqp_url, MAILS) as tap:
        async with running("tickets", tickets_url, amqp_url):
            if order == "ended first":
                async with settled(ENDED_QUEUE, 2):
                    await tap.say(over, times=2)
            async with settled(COMMAND_QUEUE, 1):
                await tap.say(wish)
            if order != "ended first":
                assert await tap.rest() == [], "not before the end"
                async with settled(ENDED_QUEUE, 2):
                    await tap.say(over, times=2)
            if order == "asked twice":
                async with settled(COMMAND_QUEUE, 1):
                    await tap.say(request(over.conversation_id))
        told = await tap.rest()
    assert len(told) == 1
    mail: SendMail = told[0].message
    assert isinstance(mail.body, TranscriptMail)
    assert (mail.to, mail.conversation_id) == (over.visitor_email, over.conversation_id)
    assert [entry.seq for entry in mail.body.entries] == [1, 2, 4, 5]


async def test_of_an_end_and_a_wish_at_the_same_moment_neither_is_missed(tickets_url: str, amqp_url: str) -> None:
    overs = [ended(uuid4()) for _ in range(25)]
    async with Wiretap(amqp_url, MAILS) as tap:
        async with (
            running("tickets", tickets_url, amqp_url),
            settled(ENDED_QUEUE, len(overs)),
            settled(COMMAND_QUEUE, len(overs)),
        ):
            for over in overs:
                await tap.say(over)
                await tap.say(request(over.conversation_id))
        told = [received.message.conversation_id for received in await tap.rest()]
    assert sorted(told) == sorted(over.conversation_id for over in overs)


@pytest.mark.parametrize("missing", [{"visitor_email": None}, {"answered": False}])
async def test_without_an_address_or_an_answer_nothing_is_mailed(
    tickets_url: str, amqp_url: str, missing: dict[str, Any]
) -> None:
    over = ended(uuid4(), **missing)
    async with Wiretap(amqp_url, MAILS) as tap:
        async with running("tickets", tickets_url, amqp_url), settled(ENDED_QUEUE, 1), settled(COMMAND_QUEUE, 1):
            await tap.say(over)
            await tap.say(request(over.conversation_id))
        assert await tap.rest() == []


async def test_agents_read_a_conversation_that_is_over_as_text_and_as_a_page(tickets_url: str, amqp_url: str) -> None:
    over = ended(uuid4())
    path = f"/internal/conversations/{over.conversation_id}/transcript"
    async with (
        running("tickets", tickets_url, amqp_url) as app,
        Wiretap(amqp_url) as tap,
        agents_of(app, JAN) as (jan,),
    ):
        before = await jan.send("GET", path)
        async with settled(ENDED_QUEUE, 1):
            await tap.say(over)
        text = await jan.send("GET", path, zone="UTC")
        page = await jan.send("GET", path, format="html", language="en")
        nowhere = await jan.send("GET", path, zone="Mars/Base")
    assert (before.status_code, nowhere.status_code) == (404, 422)
    assert "[2025-03-01 09:30:00] Jan Kowalski: Tak." in text.text
    assert text.headers["content-type"].startswith("text/plain")
    assert "Czy &lt;b&gt;wysyłacie&lt;/b&gt; za granicę?" in page.text
    assert page.headers["content-type"].startswith("text/html")
