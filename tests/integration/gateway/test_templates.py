"""Reply templates: who uses, makes, changes and removes which, and what becomes of changes that meet."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
import pytest_asyncio

from contracts.reads import TopicView
from contracts.templates import Templates
from tests.integration.gateway.conftest import SALES, SUPPORT, Gateway
from tests.integration.gateway.test_administration import Person, person, refusal

Body = dict[str, Any]
NOT_ALLOWED = (403, "not_allowed", None)
UNKNOWN = (404, "unknown", None)


@dataclass(frozen=True)
class Team:
    """Who sits at the consoles; the agents are of the topic SALES."""

    jan: Person
    ewa: Person
    chief: Person


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def people(shared_gateway: Gateway) -> Team:
    jan, ewa = await person(shared_gateway), await person(shared_gateway)
    return Team(jan, ewa, await person(shared_gateway, "supervisor"))


@pytest_asyncio.fixture(loop_scope="session")
async def team(gateway: Gateway, people: Team) -> AsyncIterator[Team]:
    """The team, without any templates before and after."""
    yield people
    for someone in (people.jan, people.ewa, people.chief):
        for one in await usable(someone):
            if one["own"] or someone is people.chief:
                assert (await remove(someone, one)).status_code == 204


def a_template(**fields: Any) -> Body:
    body = {"version": 0, "shortcut": "hej", "title": "Powitanie", "text": "Dzień dobry, {{visitor.name}}!"}
    return {"id": str(uuid4()), **body, "topic_ids": [], "own": False, **fields}


async def save(someone: Person, template: Body, **fields: Any) -> httpx.Response:
    return await someone.put(f"/api/templates/{template['id']}", {**template, **fields})


async def saved(someone: Person, **fields: Any) -> Body:
    answer = await save(someone, a_template(**fields))
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def remove(someone: Person, template: Body) -> httpx.Response:
    return await someone.send("DELETE", f"/api/templates/{template['id']}?version={template['version']}")


async def usable(someone: Person) -> list[Body]:
    answer = await someone.get("/api/templates")
    assert answer.status_code == 200, answer.text
    Templates.model_validate(answer.json())
    return list(answer.json()["templates"])


async def titles(someone: Person) -> list[str]:
    return [one["title"] for one in await usable(someone)]


# --- who uses which


async def test_an_agent_gets_their_own_first_then_shared_ones_of_all_topics_and_of_theirs(team: Team) -> None:
    await saved(team.chief, title="Wszyscy", shortcut="a")
    await saved(team.chief, title="Sprzedaż", shortcut="b", topic_ids=[str(SALES.id), str(SUPPORT.id)])
    await saved(team.chief, title="Wsparcie", shortcut="c", topic_ids=[str(SUPPORT.id)])
    await saved(team.jan, title="Zwykle tak", shortcut="d", own=True)
    assert await titles(team.jan) == ["Zwykle tak", "Sprzedaż", "Wszyscy"]
    assert await titles(team.ewa) == ["Sprzedaż", "Wszyscy"]
    assert await titles(team.chief) == ["Sprzedaż", "Wsparcie", "Wszyscy"]


async def test_nobody_who_is_not_signed_in_reads_or_writes_templates(gateway: Gateway) -> None:
    path = f"/api/templates/{uuid4()}"
    for method, at in (("GET", "/api/templates"), ("PUT", path), ("DELETE", f"{path}?version=1")):
        answer = await gateway.http.request(method, at, json=a_template(), headers=gateway.origin)
        assert refusal(answer) == (401, "unauthorised", None)


async def test_shared_templates_are_made_changed_and_removed_by_those_who_lead(team: Team) -> None:
    assert refusal(await save(team.jan, a_template())) == NOT_ALLOWED
    template = await saved(team.chief)
    assert refusal(await save(team.jan, template, title="Moje")) == NOT_ALLOWED
    assert refusal(await remove(team.jan, template)) == NOT_ALLOWED
    assert refusal(await save(team.jan, template, own=True)) == (422, "invalid", "own")
    assert [one["title"] for one in await usable(team.jan)] == ["Powitanie"]
    assert (await save(team.chief, template, title="Nowe")).json()["version"] == 2


async def test_an_agents_own_template_is_theirs_alone_and_for_others_there_is_none(team: Team) -> None:
    own = await saved(team.jan, own=True)
    for other in (team.ewa, team.chief):
        assert await titles(other) == []
        assert refusal(await save(other, own, title="Moje")) == UNKNOWN
        assert refusal(await save(other, own, version=0)) == UNKNOWN
        assert (await remove(other, own)).status_code == 204  # as for any id that there is not
    assert await usable(team.jan) == [own]


# --- what may be kept


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"text": "Numer: {{customer.phone}}"}, "text"),
        ({"text": "   "}, "text"),
        ({"text": "x" * 4001}, "text"),
        ({"text": "a\0b"}, "text"),
        ({"title": " "}, "title"),
        ({"shortcut": "dzień dobry"}, "shortcut"),
        ({"shortcut": ""}, "shortcut"),
        ({"topic_ids": [str(UUID(int=77))]}, "topic_ids"),
        ({"own": True, "topic_ids": [str(SALES.id)]}, "topic_ids"),
        ({"version": -1}, "version"),
    ],
)
async def test_a_field_that_cannot_be_is_named_and_nothing_is_kept(team: Team, fields: Body, named: str) -> None:
    answer = await save(team.chief, a_template(**fields))
    assert refusal(answer) == (422, "invalid", named)
    assert await usable(team.chief) == []


@pytest.mark.parametrize("version", [0, 2**63, "x"])
async def test_a_version_that_none_can_be_is_named(team: Team, version: object) -> None:
    answer = await remove(team.chief, a_template(version=version))
    assert refusal(answer) == (422, "invalid", "version")


async def test_an_unknown_variable_is_named(team: Team) -> None:
    answer = await save(team.chief, a_template(text="{{agent.name}} {{customer.phone}}"))
    assert "customer.phone" in answer.json()["message"]


async def test_the_address_names_the_template_that_the_body_is(team: Team) -> None:
    answer = await team.chief.put(f"/api/templates/{uuid4()}", a_template())
    assert refusal(answer) == (422, "invalid", "id")


async def test_a_shortcut_is_one_templates_where_both_could_be_meant(team: Team) -> None:
    sales, support = [str(SALES.id)], [str(SUPPORT.id)]
    await saved(team.chief, shortcut="Zwrot", topic_ids=sales)
    for topics in ([], sales, sales + support):
        answer = await save(team.chief, a_template(shortcut="zwrot", topic_ids=topics))
        assert refusal(answer) == (422, "invalid", "shortcut")
    other = await saved(team.chief, shortcut="zwrot", topic_ids=support)
    assert refusal(await save(team.chief, other, topic_ids=[])) == (422, "invalid", "shortcut")
    await saved(team.jan, shortcut="zwrot", own=True, title="Mój")
    assert refusal(await save(team.jan, a_template(shortcut="ZWROT", own=True))) == (422, "invalid", "shortcut")
    await saved(team.ewa, shortcut="zwrot", own=True)
    assert await titles(team.jan) == ["Mój", "Powitanie"]


async def test_of_many_who_want_one_shortcut_at_once_one_gets_it(team: Team) -> None:
    answers = await asyncio.gather(*(save(team.chief, a_template(title=f"Nr {n}")) for n in range(12)))
    assert sorted(answer.status_code for answer in answers) == [200] + [422] * 11
    assert len(await usable(team.chief)) == 1


# --- changes that meet


async def test_a_change_over_an_older_version_is_refused_with_the_present_one(team: Team) -> None:
    template = await saved(team.chief)
    newer = (await save(team.chief, template, text="Witam!")).json()
    answer = await save(team.chief, template, text="Cześć!")
    assert refusal(answer) == (409, "conflict", None)
    assert answer.json()["present"] == newer
    stale = await remove(team.chief, template)
    assert refusal(stale) == (409, "conflict", None)
    assert stale.json()["present"] == newer
    assert await usable(team.chief) == [newer]


async def test_of_changes_at_once_one_is_kept_and_the_others_are_told(team: Team) -> None:
    template = await saved(team.chief)
    answers = await asyncio.gather(*(save(team.chief, template, title=f"Nr {n}") for n in range(8)))
    [kept] = [answer.json() for answer in answers if answer.status_code == 200]
    assert [answer.status_code for answer in answers].count(409) == 7
    assert {answer.json()["present"]["title"] for answer in answers if answer.status_code == 409} == {kept["title"]}
    assert await usable(team.chief) == [kept]


async def test_the_same_save_again_is_answered_as_the_first(team: Team) -> None:
    template = a_template(own=True)
    first, second = await asyncio.gather(save(team.jan, template), save(team.jan, template))
    assert (first.status_code, first.json()) == (second.status_code, second.json()) == (200, {**template, "version": 1})
    changed = {**template, "version": 1, "title": "Inny"}
    once = await save(team.jan, changed)
    again = await save(team.jan, changed)
    assert once.json() == again.json() == {**changed, "version": 2}
    assert len(await usable(team.jan)) == 1


async def test_what_is_removed_is_gone_for_good_and_removing_it_again_does_no_harm(team: Team) -> None:
    template = await saved(team.chief)
    assert (await remove(team.chief, template)).status_code == 204
    assert (await remove(team.chief, template)).status_code == 204
    assert refusal(await save(team.chief, template, title="Jeszcze")) == UNKNOWN
    assert await usable(team.chief) == []


async def test_a_topic_that_has_just_been_made_can_be_named(team: Team, gateway: Gateway) -> None:
    topic = TopicView(id=uuid4(), name="Zwroty", offer_seconds=20)
    template = a_template(topic_ids=[str(topic.id)])
    assert refusal(await save(team.chief, template)) == (422, "invalid", "topic_ids")
    gateway.router.topics = (SALES, SUPPORT, topic)
    assert (await save(team.chief, template)).status_code == 200
