"""What a reply template may be, and which may stand side by side."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from contracts.templates import Template
from services.gateway.domain import templates as rules
from services.gateway.domain.templates import InvalidTemplate, check, check_beside, is_repetition, may_share

SALES, SUPPORT = UUID(int=1), UUID(int=2)


def template(**fields: Any) -> Template:
    return Template(**{"id": uuid4(), "shortcut": "hej", "title": "Powitanie", "text": "Dzień dobry!", **fields})


def field_of(rule: Any, *args: Any) -> str:
    with pytest.raises(InvalidTemplate) as refused:
        rule(*args)
    return refused.value.field


def test_an_unknown_variable_is_refused_by_its_name() -> None:
    with pytest.raises(InvalidTemplate, match=r"customer\.phone") as refused:
        check(template(text="Numer: {{customer.phone}}, {{customer.name}}"))
    assert refused.value.field == "text"


def test_an_agents_own_template_is_of_no_topic() -> None:
    check(template(own=True))
    assert field_of(check, template(own=True, topic_ids=(SALES,))) == "topic_ids"


@pytest.mark.parametrize("field", ["title", "text"])
def test_what_the_database_cannot_keep_is_refused(field: str) -> None:
    assert field_of(check, template(**{field: "a\0b"})) == field


@pytest.mark.parametrize(
    ("topics", "other_topics", "fits"),
    [
        ((), (), False),
        ((), (SALES,), False),
        ((SALES,), (), False),
        ((SALES,), (SALES, SUPPORT), False),
        ((SALES,), (SUPPORT,), True),
    ],
)
def test_shared_templates_that_meet_in_a_conversation_have_different_shortcuts(
    topics: tuple[UUID, ...], other_topics: tuple[UUID, ...], fits: bool
) -> None:
    one, other = template(topic_ids=topics), template(topic_ids=other_topics)
    if fits:
        check_beside(one, [other])
    else:
        assert field_of(check_beside, one, [other]) == "shortcut"
    check_beside(template(topic_ids=topics, shortcut="inny"), [other])


@pytest.mark.parametrize("shortcut", ["Zażółć", "ZAŻÓŁĆ", "zaz\u0307o\u0301łc\u0301"])
def test_shortcuts_are_the_same_in_any_case_and_any_writing(shortcut: str) -> None:
    assert field_of(check_beside, template(shortcut=shortcut), [template(shortcut="zażółć")]) == "shortcut"


def test_there_is_an_end_to_how_many_there_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_OWN", 2)
    others = [template(own=True, shortcut=f"s{n}") for n in range(2)]
    check_beside(template(own=True), others[:1])
    assert field_of(check_beside, template(own=True), others) == ""


def test_shared_templates_belong_to_those_who_lead() -> None:
    assert [may_share(role) for role in ("agent", "supervisor", "administrator")] == [False, True, True]


def test_the_same_save_again_is_known_as_such() -> None:
    saved = template()
    kept = saved.model_copy(update={"version": 1})
    assert is_repetition(saved, kept)
    assert not is_repetition(saved, kept.model_copy(update={"title": "Inny"}))
    assert not is_repetition(saved, kept.model_copy(update={"version": 2}))
