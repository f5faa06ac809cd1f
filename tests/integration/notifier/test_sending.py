"""A mail that was asked for goes out once, whatever the mail server does, and its state tells what became of it."""

from typing import Any
from uuid import uuid4

import pytest

from contracts.envelope import read
from contracts.mail import MailChanged, Mails, ReplyMail, SendMail
from contracts.topology import EVENTS
from services.chassis.errors import Forbidden
from services.chassis.inbox import once
from tests.integration.notifier.conftest import (
    COMMANDS,
    confirmation,
    mail_of,
    mails,
    make_due,
    make_old,
    notifier,
    reply,
    transcript,
)
from tests.support.in_process import client_of, settled
from tests.support.mail_server import DROP, STALL, TAKE_AND_DROP, MailServer
from tests.support.wiretap import Wiretap

CHANGED = (EVENTS, MailChanged.TYPE)


async def heard_until(tap: Wiretap, asked: SendMail, state: str) -> list[MailChanged]:
    """What is told of the mail until it has come to a state, that included."""
    told: list[MailChanged] = []
    while not told or told[-1].state != state:
        changed: Any = (await tap.heard()).message
        if changed.mail_id == asked.mail_id:
            told.append(changed)
    return told


async def test_an_answer_to_a_ticket_is_sent_and_told_of(
    notifier_url: str, amqp_url: str, mail_server: MailServer
) -> None:
    asked = reply("Dzień dobry,\n\ntak: wysyłamy też za granicę 🙂")
    async with notifier(notifier_url, amqp_url, mail_server) as app, Wiretap(amqp_url, CHANGED) as tap:
        await tap.say(asked)
        told = await heard_until(tap, asked, "sent")
        mail = await mail_of(app, asked)
    (taken,) = mail_server.mails
    assert (taken.sender, taken.recipients) == ("pomoc@kawa.test", ("anna@example.com",))
    assert taken.id == f"<{asked.mail_id}@kawa.test>"
    assert taken.message["Subject"] == "Re: Pytanie o wysyłkę [#1042]"
    assert taken.message["Auto-Submitted"] == "no"
    assert taken.message["References"] == f"<thread.{asked.ticket_id}@kawa.test>"
    for kind in ("plain", "html"):
        part = taken.message.get_body((kind,))
        assert part is not None
        assert "tak: wysyłamy też za granicę 🙂" in part.get_content()
    assert [changed.state for changed in told] == ["sending", "sent"]
    assert told[0].at < told[1].at
    assert {changed.ticket_id for changed in told} == {asked.ticket_id}
    assert (mail.state, mail.attempts, mail.next_try_at, mail.reason) == ("sent", 1, None, "")
    assert mail.sent_at is not None
    assert mail.about is not None
    assert (mail.kind, mail.to, mail.about.name) == ("ticket_reply", "anna@example.com", "#1042")


async def test_a_mail_asked_for_many_times_goes_out_once(
    notifier_url: str, amqp_url: str, mail_server: MailServer
) -> None:
    asked, last = reply(), reply()
    async with notifier(notifier_url, amqp_url, mail_server), Wiretap(amqp_url, CHANGED) as tap:
        async with settled(COMMANDS, 7):
            await tap.say(asked, times=5)
            await tap.say(asked)  # another message about the same mail
            await tap.say(last)
        await heard_until(tap, last, "sent")
    assert len(mail_server.mails) == 2


async def test_what_the_server_refuses_for_good_has_failed_with_its_words(
    notifier_url: str, amqp_url: str, mail_server: MailServer
) -> None:
    mail_server.answers["RCPT"] = ["550 5.1.1 No such mailbox here"]
    asked = reply()
    async with notifier(notifier_url, amqp_url, mail_server) as app, Wiretap(amqp_url, CHANGED) as tap:
        await tap.say(asked)
        told = await heard_until(tap, asked, "failed")
        mail = await mail_of(app, asked)
    assert told[-1].reason == mail.reason == "refused: 550 5.1.1 No such mailbox here"
    assert (mail.state, mail.next_try_at, mail.sent_at) == ("failed", None, None)
    assert mail_server.mails == []


@pytest.mark.parametrize(
    ("step", "answer", "reason"),
    [
        ("CONNECT", "421 Too busy", "busy: 421 Too busy"),
        ("CONNECT", STALL, "no_answer"),
        ("CONNECT", DROP, "no_connection"),
        ("RCPT", "450 4.2.1 Greylisted", "busy: 450 4.2.1 Greylisted"),
        ("DATA", "451 4.3.0 Try again later", "busy: 451 4.3.0 Try again later"),
        ("DATA", STALL, "no_answer"),
        ("DATA", DROP, "no_answer"),
    ],
)
async def test_what_passes_is_tried_again_later_and_arrives_once(
    notifier_url: str, amqp_url: str, mail_server: MailServer, step: Any, answer: str, reason: str
) -> None:
    mail_server.answers[step] = [answer]
    asked = reply()
    async with notifier(notifier_url, amqp_url, mail_server, smtp_seconds=1.0) as app:
        async with Wiretap(amqp_url, CHANGED) as tap:
            await tap.say(asked)
            told = await heard_until(tap, asked, "pending")
            waiting = await mail_of(app, asked)
            assert waiting.next_try_at is not None
            assert waiting.next_try_at > waiting.asked_at
            await make_due(notifier_url, asked.mail_id)
            await heard_until(tap, asked, "sent")
        mail = await mail_of(app, asked)
    assert told[-1].reason.startswith(reason)
    assert (mail.state, mail.attempts, mail.reason) == ("sent", 2, "")
    assert [taken.id for taken in mail_server.mails] == [f"<{asked.mail_id}@kawa.test>"]


async def test_a_server_that_is_away_delays_and_loses_nothing(
    notifier_url: str, amqp_url: str, mail_server: MailServer
) -> None:
    asked = [reply() for _ in range(5)]
    await mail_server.close()
    async with notifier(notifier_url, amqp_url, mail_server), Wiretap(amqp_url, CHANGED) as tap:
        reasons = []
        for one in asked:
            await tap.say(one)
            reasons += [changed.reason.split(":")[0] for changed in await heard_until(tap, one, "pending")]
        await mail_server.open()
        for one in asked:
            await make_due(notifier_url, one.mail_id)
        await mail_server.received(5)
    assert reasons == ["", "no_connection"] * 5
    assert sorted(taken.id for taken in mail_server.mails) == sorted(f"<{one.mail_id}@kawa.test>" for one in asked)


async def test_a_mail_taken_by_a_server_that_never_says_so_comes_twice_with_one_message_id(
    notifier_url: str, amqp_url: str, mail_server: MailServer
) -> None:
    """The documented case: nobody can know that the first copy was taken, and a lost mail would be worse."""
    mail_server.answers["DATA"] = [TAKE_AND_DROP]
    asked = reply()
    async with notifier(notifier_url, amqp_url, mail_server), Wiretap(amqp_url, CHANGED) as tap:
        await tap.say(asked)
        await heard_until(tap, asked, "pending")
        await make_due(notifier_url, asked.mail_id)
        await heard_until(tap, asked, "sent")
    first, second = mail_server.mails
    assert first.content == second.content
    assert first.id == f"<{asked.mail_id}@kawa.test>"


async def test_a_mail_kept_by_a_process_that_died_before_it_acknowledged_goes_out_once(
    notifier_url: str, amqp_url: str, mail_server: MailServer
) -> None:
    asked, next_one = reply(), reply()
    async with Wiretap(amqp_url, CHANGED) as tap:
        async with notifier(notifier_url, amqp_url, mail_server) as app:
            service = app.state.service
            await service.broker.stop()
            async with Wiretap(amqp_url) as dying:
                await dying.say(asked)
                message = await dying.take(COMMANDS)
                await once(service.database, COMMANDS, app.state.events.handle)(read(message.body))
                await heard_until(tap, asked, "sent")
        async with notifier(notifier_url, amqp_url, mail_server):
            await tap.say(next_one)  # comes after what was not acknowledged
            await heard_until(tap, next_one, "sent")
    assert [taken.id for taken in mail_server.mails] == [f"<{one.mail_id}@kawa.test>" for one in (asked, next_one)]


async def test_a_mail_left_by_a_dead_process_is_tried_again_when_its_time_is_over(
    notifier_url: str, amqp_url: str, mail_server: MailServer
) -> None:
    mail_server.answers["DATA"] = [STALL]
    asked = reply()
    async with Wiretap(amqp_url, CHANGED) as tap:
        async with notifier(notifier_url, amqp_url, mail_server) as app:
            await tap.say(asked)
            await mail_server.reached("DATA")
            (task,) = app.state.postman._under_way.values()
            task.cancel()  # as if the process had been killed between its notes
        await heard_until(tap, asked, "sending")
        async with notifier(notifier_url, amqp_url, mail_server) as app:
            assert (await mail_of(app, asked)).state == "sending"
            await make_due(notifier_url, asked.mail_id)
            await heard_until(tap, asked, "sent")
    assert [taken.id for taken in mail_server.mails] == [f"<{asked.mail_id}@kawa.test>"]


async def test_a_mail_that_nobody_lives_to_finish_is_given_up_in_the_end(
    notifier_url: str, amqp_url: str, mail_server: MailServer
) -> None:
    mail_server.answers["DATA"] = [STALL]
    asked = reply()
    async with Wiretap(amqp_url, CHANGED) as tap:
        async with notifier(notifier_url, amqp_url, mail_server) as app:
            await tap.say(asked)
            await mail_server.reached("DATA")
            (task,) = app.state.postman._under_way.values()
            task.cancel()  # as if the process had been killed between its notes
        async with notifier(notifier_url, amqp_url, mail_server) as app:
            await make_old(notifier_url, asked.mail_id)
            await make_due(notifier_url, asked.mail_id)
            told = await heard_until(tap, asked, "failed")
            mail = await mail_of(app, asked)
    assert [changed.state for changed in told] == ["sending", "failed"]
    assert told[-1].reason == mail.reason == "unexpected: every process that tried it died"
    assert mail_server.mails == []


async def test_nobody_is_flooded_with_confirmations(notifier_url: str, amqp_url: str, mail_server: MailServer) -> None:
    names = ("ofiara@example.com", "OFIARA@EXAMPLE.COM", "ofiara+1@example.com", "Ofiara+2@Example.com")
    asked = [confirmation(to=name) for name in names]
    other = confirmation(to="ktos.inny@example.com")
    limits = {"confirmations_per_recipient": 2, "confirmations_per_day": 1000}
    async with notifier(notifier_url, amqp_url, mail_server, **limits) as app, Wiretap(amqp_url, CHANGED) as tap:
        async with settled(COMMANDS, 5):
            for one in (*asked, other):
                await tap.say(one)
        await mail_server.received(3)
        shown = [await mail_of(app, one) for one in asked]
        held = [one for one in shown if one.state == "failed"]
        told = [(await tap.heard()).message for _ in range(3 * 2 + 2)]
    assert sorted(mail.recipients[0].lower() for mail in mail_server.mails)[0] == "ktos.inny@example.com"
    assert len(mail_server.mails) == 3
    assert [one.reason for one in held] == ["limit_recipient"] * 2
    assert sorted(one.reason for one in told if one.state == "failed") == ["limit_recipient"] * 2


async def test_nobody_is_flooded_with_transcripts_either_unless_the_address_is_known_to_be_theirs(
    notifier_url: str, amqp_url: str, mail_server: MailServer
) -> None:
    to = "ofiara.zapisow@example.com"
    claimed = [transcript(to=to), confirmation(to=to), transcript(to=to), transcript(to=to)]
    known = [transcript(to=to, verified=True) for _ in range(3)]
    async with notifier(notifier_url, amqp_url, mail_server, confirmations_per_recipient=2) as app:
        async with Wiretap(amqp_url) as tap, settled(COMMANDS, 7):
            for one in (*claimed, *known):
                await tap.say(one)
        await mail_server.received(5)
        shown = [await mail_of(app, one) for one in claimed]
    assert sorted(one.reason for one in shown) == ["", "", "limit_recipient", "limit_recipient"]


async def test_what_cannot_be_addressed_has_failed_at_once(
    notifier_url: str, amqp_url: str, mail_server: MailServer
) -> None:
    asked = reply(to="anna,ewa@example.com")
    async with notifier(notifier_url, amqp_url, mail_server) as app, Wiretap(amqp_url, CHANGED) as tap:
        await tap.say(asked)
        (told,) = await heard_until(tap, asked, "failed")
        mail = await mail_of(app, asked)
    assert told.reason == mail.reason == "address"
    assert mail_server.connections == 0


async def test_mails_are_listed_by_state_and_page_by_page(
    notifier_url: str, amqp_url: str, mail_server: MailServer
) -> None:
    conversation_id = uuid4()
    body = ReplyMail(number=7, subject_line="Temat", text="Tekst", agent_name="Jan")
    asked = [SendMail(mail_id=uuid4(), to="a@b.pl", body=body, conversation_id=conversation_id) for _ in range(3)]
    async with notifier(notifier_url, amqp_url, mail_server) as app, Wiretap(amqp_url, CHANGED) as tap:
        for one in asked:
            await tap.say(one)
            await heard_until(tap, one, "sent")
        everything = await mails(app, conversation_id=conversation_id)
        rest = await mails(app, conversation_id=conversation_id, before=everything[0].mail_id)
        pending = await mails(app, conversation_id=conversation_id, state="pending")
        async with client_of(app, token="wrong") as stranger:
            with pytest.raises(Forbidden):
                await stranger.get("/internal/mails", Mails)
    assert [one.mail_id for one in everything] == [one.mail_id for one in reversed(asked)]
    assert rest == everything[1:]
    assert pending == ()


async def test_two_processes_share_the_mails_and_double_none(
    notifier_url: str, amqp_url: str, mail_server: MailServer
) -> None:
    asked = [reply(f"Odpowiedź {n}") for n in range(30)]
    first, second = (notifier(notifier_url, amqp_url, mail_server) for _ in range(2))
    async with first, second, Wiretap(amqp_url) as tap:
        for one in asked:
            await tap.say(one)
        await mail_server.received(30)
    assert sorted(taken.id for taken in mail_server.mails) == sorted(f"<{one.mail_id}@kawa.test>" for one in asked)
