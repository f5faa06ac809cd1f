"""The compatibility check, by a table: each mutation of real contracts with the verdict it must get."""

import copy
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from contracts import compat
from contracts.compat import current, findings

Documents = dict[str, dict[str, Any]]
POST = "conversation.post_message.v1"
STARTED = "conversation.started.v1"


def change(*path: str, to: Any) -> Callable[[Documents], None]:
    """Set what is at the path (keys; `a.b` is one key)."""

    def mutate(documents: Documents) -> None:
        target: Any = documents
        for step in path[:-1]:
            target = target[step]
        target[path[-1]] = to

    return mutate


def remove(*path: str) -> Callable[[Documents], None]:
    def mutate(documents: Documents) -> None:
        target: Any = documents
        for step in path[:-1]:
            target = target[step]
        if isinstance(target, list):
            target.remove(path[-1])
        else:
            del target[path[-1]]

    return mutate


def append(*path: str, value: Any) -> Callable[[Documents], None]:
    def mutate(documents: Documents) -> None:
        target: Any = documents
        for step in path:
            target = target[step]
        target.append(value)

    return mutate


def together(*mutations: Callable[[Documents], None]) -> Callable[[Documents], None]:
    def mutate(documents: Documents) -> None:
        for mutation in mutations:
            mutation(documents)

    return mutate


def copied(name: str, to: str) -> Callable[[Documents], None]:
    def mutate(documents: Documents) -> None:
        documents[to] = copy.deepcopy(documents[name])

    return mutate


def drop_variant(document: str, union: tuple[str, ...], tag: str) -> Callable[[Documents], None]:
    def mutate(documents: Documents) -> None:
        target: Any = documents[document]
        for step in union:
            target = target[step]
        reference = target["discriminator"]["mapping"].pop(tag)
        target["oneOf"].remove({"$ref": reference})

    return mutate


def add_variant(document: str, union: tuple[str, ...], tag: str) -> Callable[[Documents], None]:
    def mutate(documents: Documents) -> None:
        target: Any = documents[document]
        target["$defs"]["Novelty"] = {"type": "object", "properties": {}, "title": "Novelty"}
        for step in union:
            target = target[step]
        target["discriminator"]["mapping"][tag] = "#/$defs/Novelty"
        target["oneOf"].append({"$ref": "#/$defs/Novelty"})

    return mutate


class Case(NamedTuple):
    name: str
    mutation: Callable[[Documents], None]
    verdict: str | None
    """A part of the only finding's text; None where the change is compatible."""


TEXT = {"type": "string", "maxLength": 300}
NAME = {"type": "string", "minLength": 1, "maxLength": 120}
ADDRESS = {"type": "string", "minLength": 3, "maxLength": 254, "pattern": r"^[^@\s]+@[^@\s]+$"}
ENTRY_BODY = ("$defs", "Entry", "properties", "body")

CASES = (
    # messages: either side may be the older one
    Case("an optional field is added", change(POST, "properties", "mood", to={**TEXT, "default": ""}), None),
    Case("a description changes", change(POST, "description", to="Other words."), None),
    Case("a model gets another name", change(POST, "title", to="Say"), None),
    Case(
        "a required field is added",
        together(change(POST, "properties", "mood", to=TEXT), append(POST, "required", value="mood")),
        "the new field mood is required",
    ),
    Case(
        "a field is removed",
        together(remove(POST, "properties", "text"), remove(POST, "required", "text")),
        "the field text was removed",
    ),
    Case("an optional field is removed", remove(STARTED, "properties", "visitor_email"), "visitor_email was removed"),
    Case(
        "a field is renamed",
        together(
            remove(STARTED, "properties", "visitor_email"),
            change(STARTED, "properties", "visitor_address", to={**TEXT, "default": ""}),
        ),
        "visitor_email was removed",
    ),
    Case("an optional field becomes required", append(STARTED, "required", value="visitor_email"), "became required"),
    Case("a required field becomes optional", remove(STARTED, "required", "visitor_name"), "became optional"),
    Case("a type changes", change(POST, "properties", "text", "type", to="integer"), "from string to integer"),
    Case(
        "an integer becomes a number",
        change("agent.registered.v1", "properties", "version", "type", to="number"),
        "from integer to number",
    ),
    Case(
        "a field may be null now",
        change(STARTED, "properties", "visitor_name", to={"anyOf": [NAME, {"type": "null"}]}),
        "to null or string",
    ),
    Case("a field may no longer be null", change(STARTED, "properties", "visitor_email", to=ADDRESS), "type changed"),
    Case(
        "a text may only be shorter", change(POST, "properties", "text", "maxLength", to=2000), "maxLength was narrowed"
    ),
    Case("a text may be longer", change(POST, "properties", "text", "maxLength", to=8000), "maxLength was widened"),
    Case(
        "a bound is added",
        change(STARTED, "properties", "started_at", "maxLength", to=10),
        "maxLength was narrowed from None",
    ),
    Case("a bound is lifted", remove(POST, "properties", "text", "maxLength"), "maxLength was widened"),
    Case("a lower bound rises", change(POST, "properties", "text", "minLength", to=2), "minLength was narrowed"),
    Case("a lower bound falls", change(POST, "properties", "text", "minLength", to=0), "minLength was widened"),
    Case("a pattern changes", change(POST, "properties", "text", "pattern", to="^a"), "pattern changed"),
    Case("a format changes", change(POST, "properties", "client_id", "format", to="date"), "format changed"),
    Case(
        "a default changes",
        change("conversation.start.v1", "properties", "language", "default", to="en"),
        "default changed",
    ),
    Case(
        "a value is removed from an enumeration",
        remove("agent.set_status.v1", "properties", "status", "enum", "break"),
        "the value break was removed",
    ),
    Case(
        "a value is added to an enumeration",
        append("agent.set_status.v1", "properties", "status", "enum", value="away"),
        "the value away was added",
    ),
    Case(
        "an enumeration becomes a text",
        remove("agent.set_status.v1", "properties", "status", "enum"),
        "any other was added",
    ),
    Case(
        "a text becomes an enumeration",
        change(POST, "properties", "text", "enum", to=["yes", "no"]),
        "only certain values",
    ),
    Case("a variant is removed", drop_variant("live.entry.v1", ENTRY_BODY, "rated"), "the variant rated was removed"),
    Case("a variant is added", add_variant("live.entry.v1", ENTRY_BODY, "novelty"), "the variant novelty was added"),
    Case(
        "variants are told apart by another field",
        change("live.entry.v1", *ENTRY_BODY, "discriminator", "propertyName", to="type"),
        "another field",
    ),
    Case(
        "a field deep inside is removed",
        together(
            remove("live.entry.v1", "$defs", "OfferMade", "properties", "expires_at"),
            remove("live.entry.v1", "$defs", "OfferMade", "required", "expires_at"),
        ),
        "expires_at was removed",
    ),
    Case(
        "the items of a list change",
        change("agent.registered.v1", "properties", "topic_ids", "items", to={"type": "string", "format": "date"}),
        "format changed",
    ),
    Case("the envelope changes", remove("envelope", "required", "correlationid"), "became optional"),
    # message types and majors
    Case("a message type is added", copied(POST, "conversation.wave.v1"), None),
    Case("a next major is added beside", copied(POST, "conversation.post_message.v2"), None),
    Case("a message type is removed", remove(POST), "removed before a release carried its next major"),
    Case(
        "a message type is replaced at once",
        together(copied(POST, "conversation.post_message.v2"), remove(POST)),
        "removed before",
    ),
    # what pages send: they may be older than the gateway
    Case(
        "pages may send a longer text",
        change("wire", "$defs", "Post", "properties", "text", "maxLength", to=8000),
        None,
    ),
    Case(
        "pages may only send a shorter text",
        change("wire", "$defs", "Post", "properties", "text", "maxLength", to=100),
        "maxLength was narrowed",
    ),
    Case("pages may send another frame", add_variant("wire", ("$defs", "ClientFrame"), "wave"), None),
    Case(
        "pages may no longer send a frame",
        drop_variant("wire", ("$defs", "ClientFrame"), "seen"),
        "the variant seen was removed",
    ),
    Case(
        "pages must send another field",
        together(
            change("wire", "$defs", "Seen", "properties", "at", to=TEXT),
            append("wire", "$defs", "Seen", "required", value="at"),
        ),
        "the new field at is required",
    ),
    Case(
        "pages may send null",
        change(
            "wire", "$defs", "Typing", "properties", "typing", to={"anyOf": [{"type": "boolean"}, {"type": "null"}]}
        ),
        None,
    ),
    Case("pages may omit a field", remove("wire", "$defs", "Typing", "required", "typing"), None),
    # what pages receive: they may be older, and ignore what they do not know
    Case(
        "pages receive another field",
        together(
            change("wire", "$defs", "Ack", "properties", "at", to=TEXT),
            append("wire", "$defs", "Ack", "required", value="at"),
        ),
        None,
    ),
    Case("pages receive another frame", add_variant("wire", ("$defs", "VisitorServerFrame"), "wave"), None),
    Case("pages receive another refusal", append("wire", "$defs", "RefusalCode", "enum", value="asleep"), None),
    Case(
        "pages no longer receive a field",
        together(
            remove("wire", "$defs", "Ack", "properties", "seq"), remove("wire", "$defs", "Ack", "required", "seq")
        ),
        "the field seq was removed",
    ),
    Case("pages receive a field only sometimes", remove("wire", "$defs", "Ack", "required", "seq"), "became optional"),
    Case(
        "pages receive a shorter text", change("wire", "$defs", "Alert", "properties", "name", "maxLength", to=10), None
    ),
    Case(
        "pages receive a number as text",
        change("wire", "$defs", "Beat", "properties", "heads", "additionalProperties", "type", to="string"),
        "from integer to string",
    ),
    # bodies between services: either side may be older
    Case(
        "a service's body gets an optional field",
        change("internal", "$defs", "NewAgent", "properties", "phone", to={**TEXT, "default": ""}),
        None,
    ),
    Case(
        "a service's body must have another field",
        together(
            change("internal", "$defs", "NewAgent", "properties", "phone", to=TEXT),
            append("internal", "$defs", "NewAgent", "required", value="phone"),
        ),
        "phone is required",
    ),
    Case(
        "a service's body is removed",
        together(remove("internal", "x-directions", "NewAgent"), remove("internal", "$defs", "NewAgent")),
        "the type was removed",
    ),
)


def documents() -> Documents:
    return {name: dict(document) for name, document in current().items()}


def test_unchanged_contracts_are_compatible() -> None:
    assert findings(documents(), documents()) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_change_gets_its_verdict(case: Case) -> None:
    old, new = documents(), documents()
    case.mutation(new)
    assert new != old, "the mutation changes nothing"
    found = findings(old, new)
    if case.verdict is None:
        assert found == []
    else:
        assert found, "the change was not noticed"
        assert all(case.verdict in str(finding) for finding in found), found


def test_an_old_major_may_go_once_a_release_carried_the_next_one() -> None:
    old, new = documents(), documents()
    old["conversation.post_message.v2"] = new["conversation.post_message.v2"] = old[POST]
    del new[POST]
    assert findings(old, new) == []


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one contract, committed, and no release yet."""
    home = tmp_path / "contracts"
    (home / "schemas").mkdir(parents=True)
    (home / "schemas" / f"{POST}.json").write_text(json.dumps(current()[POST]), "utf-8")
    monkeypatch.setattr(compat, "HERE", home)
    monkeypatch.setattr(compat, "RELEASED", home / "released.json")
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    return home


def git(where: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.com")
    subprocess.run(["git", *identity, *arguments], cwd=where, check=True, capture_output=True)


def commit(where: Path) -> None:
    git(where, "add", ".")
    git(where, "commit", "--quiet", "--message", "Change contracts")


def shorten(home: Path, limit: int) -> None:
    path = home / "schemas" / f"{POST}.json"
    schema = json.loads(path.read_text("utf-8"))
    schema["properties"]["text"]["maxLength"] = limit
    path.write_text(json.dumps(schema), "utf-8")


def test_before_the_first_release_anything_goes(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shorten(checkout, 10)
    assert compat.main([]) == 0
    assert "nothing released yet" in capsys.readouterr().out


def test_the_last_tag_is_what_counts(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(checkout, "tag", "v1")
    shorten(checkout, 10)
    assert compat.main([]) == 1
    told = capsys.readouterr()
    assert f"{POST}.text: maxLength was narrowed from 4000 to 10" in told.err
    assert "contracts against tag v1: 1 incompatible changes" in told.out
    commit(checkout.parent)
    git(checkout, "tag", "v2")
    assert compat.main([]) == 0


def test_without_tags_the_committed_copy_counts(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compat.main(["--release"]) == 0
    shorten(checkout, 10)
    assert compat.main([]) == 1
    assert "contracts against released.json" in capsys.readouterr().out
