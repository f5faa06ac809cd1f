"""What agents choose for themselves, and that every change of it and of their accounts is told."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest

from contracts.mail import AgentContactChanged
from contracts.topology import EVENTS
from tests.integration.gateway.behind import nobody_signed_in_may
from tests.integration.gateway.conftest import SALES, SUPPORT, Gateway
from tests.integration.gateway.test_administration import Person, person, refusal
from tests.support.wiretap import Wiretap

PATH = "/api/session/preferences"
NOTHING = {"language": "pl", "new_tickets": False, "missed_chats": False}


async def choose(someone: Person, **fields: Any) -> dict[str, Any]:
    answer = await someone.put(PATH, {**NOTHING, **fields})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def contact(tap: Wiretap, agent_id: UUID) -> AgentContactChanged:
    """The next word of the agent."""
    while True:
        message = (await tap.heard()).message
        if isinstance(message, AgentContactChanged) and message.agent_id == agent_id:
            return message


# --- what is chosen


async def test_an_agent_wants_no_mails_in_polish_until_they_choose(gateway: Gateway) -> None:
    someone, other = await person(gateway), await person(gateway)
    assert (await someone.get(PATH)).json() == NOTHING
    chosen = await choose(someone, language="en", missed_chats=True)
    assert chosen == {"language": "en", "new_tickets": False, "missed_chats": True}
    assert (await someone.get(PATH)).json() == chosen
    assert (await other.get(PATH)).json() == NOTHING


async def test_only_somebody_signed_in_has_preferences(gateway: Gateway) -> None:
    for method in ("GET", "PUT"):
        await nobody_signed_in_may(gateway, method, PATH)


@pytest.mark.parametrize(
    ("fields", "named"), [({"language": "de"}, "language"), ({"new_tickets": "sometimes"}, "new_tickets")]
)
async def test_a_choice_that_there_is_not_is_refused(gateway: Gateway, fields: dict[str, Any], named: str) -> None:
    someone = await person(gateway)
    assert refusal(await someone.put(PATH, {**NOTHING, **fields})) == (422, "invalid", named)
    assert (await someone.get(PATH)).json() == NOTHING


# --- what the notifier is told


async def test_every_change_of_a_contact_is_told_under_a_higher_version(gateway: Gateway, amqp_url: str) -> None:
    chief, someone = await person(gateway, "administrator"), await person(gateway)
    async with Wiretap(amqp_url, (EVENTS, AgentContactChanged.TYPE)) as tap:
        await choose(someone, new_tickets=True)
        first = await contact(tap, someone.agent_id)
        assert (first.email, first.topic_ids, first.language) == (someone.email, (SALES.id,), "pl")
        assert (first.new_tickets, first.missed_chats) == (True, False)

        await choose(someone, new_tickets=True)  # Nothing has changed, and nothing is told.
        account = await chief.account(someone.agent_id)
        answer = await chief.change(account, name="Ola Nowa", topic_ids=[str(SALES.id), str(SUPPORT.id)])
        assert answer.status_code == 200, answer.text
        second = await contact(tap, someone.agent_id)
        assert (second.name, second.topic_ids, second.new_tickets) == ("Ola Nowa", (SALES.id, SUPPORT.id), True)

        address = f"{uuid4().hex[:12]}@example.com"
        assert (await chief.change(answer.json(), email=address)).status_code == 200
        third = await contact(tap, someone.agent_id)
        await choose(someone, language="en")
        fourth = await contact(tap, someone.agent_id)
    assert third.email == fourth.email == address
    assert (fourth.language, fourth.new_tickets) == ("en", False)
    assert first.version < second.version < third.version < fourth.version


async def test_of_choices_and_changes_at_once_the_highest_version_tells_what_is_kept(
    gateway: Gateway, amqp_url: str
) -> None:
    chief, someone = await person(gateway, "administrator"), await person(gateway)
    account = await chief.account(someone.agent_id)
    async with Wiretap(amqp_url, (EVENTS, AgentContactChanged.TYPE)) as tap:
        *choices, changed = await asyncio.gather(
            choose(someone, new_tickets=True),
            choose(someone, missed_chats=True),
            choose(someone, language="en"),
            chief.change(account, name="Ola Nowa"),
        )
        assert changed.status_code == 200, changed.text
        told = [await contact(tap, someone.agent_id) for _ in range(4)]
    versions = [one.version for one in told]
    assert sorted(set(versions)) == sorted(versions)
    last = max(told, key=lambda one: one.version)
    kept = (await someone.get(PATH)).json()
    assert kept in choices
    assert {name: getattr(last, name) for name in NOTHING} == kept
    assert last.name == "Ola Nowa"
