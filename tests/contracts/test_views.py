"""The shared vectors of both views, and the property that connects them: the same log, folded either way, agrees."""

import json
from pathlib import Path
from typing import Any, get_args

import pytest

from contracts import views
from contracts.entries import Entry, EntryBody, VisitorEntry, VisitorEntryBody
from contracts.generate import HERE

VECTORS = sorted((HERE / "samples" / "views").glob("*.json"))


def load(path: Path) -> dict[str, Any]:
    vector: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return vector


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.stem)
def test_entries_applied_to_a_header_give_the_expected_header(path: Path) -> None:
    vector = load(path)
    if vector["view"] == "agent":
        header = views.Header.model_validate(vector["header"])
        for entry in vector["entries"]:
            header = views.apply_entry(header, Entry.model_validate(entry))
        assert header == views.Header.model_validate(vector["expected"])
    else:
        visitor_header = views.VisitorHeader.model_validate(vector["header"])
        for entry in vector["entries"]:
            visitor_header = views.apply_visitor_entry(visitor_header, VisitorEntry.model_validate(entry))
        assert visitor_header == views.VisitorHeader.model_validate(vector["expected"])


@pytest.mark.parametrize(
    "path", [path for path in VECTORS if path.stem.startswith("agent-")], ids=lambda path: path.stem
)
def test_the_visitors_vector_is_the_allowed_part_of_the_agents(path: Path) -> None:
    twin = path.with_name(path.name.replace("agent-", "visitor-", 1))
    if twin.is_file() and "one" not in path.stem:
        allowed = [views.visitor_entry(Entry.model_validate(entry)) for entry in load(path)["entries"]]
        assert allowed == [VisitorEntry.model_validate(entry) for entry in load(twin)["entries"]]


def kinds(union: Any) -> set[str]:
    return {model.model_fields["kind"].default for model in get_args(get_args(union)[0])}


def test_every_kind_of_entry_has_a_vector_in_each_view() -> None:
    seen: dict[str, set[str | None]] = {"agent": set(), "visitor": set()}
    for path in VECTORS:
        vector = load(path)
        seen[vector["view"]] |= {entry["body"]["kind"] if entry["body"] else None for entry in vector["entries"]}
    assert seen["agent"] == kinds(EntryBody)
    assert seen["visitor"] == {*kinds(VisitorEntryBody), None}


def test_an_entry_out_of_order_is_refused_in_both_views() -> None:
    vector = load(HERE / "samples" / "views" / "agent-one-visitor-message.json")
    entry = Entry.model_validate(vector["entries"][0]).model_copy(update={"seq": 7})
    with pytest.raises(ValueError, match="does not follow"):
        views.apply_entry(views.Header.model_validate(vector["header"]), entry)
    with pytest.raises(ValueError, match="does not follow"):
        views.apply_visitor_entry(
            views.VisitorHeader(conversation_id=vector["header"]["conversation_id"]), views.visitor_entry(entry)
        )


SECRETS_OF_THE_HOUSE = (
    "anna.nowak@example.com",
    "192.0.2.0",
    "Firefox",
    "oferta",
    "expires_at",
    "customer_id",
    "offer",
    "chosen_by",
    "handed_over",
    "taken_over",
)


@pytest.mark.parametrize(
    "path", [path for path in VECTORS if path.stem.startswith("visitor-")], ids=lambda path: path.stem
)
def test_nothing_of_offers_customers_or_the_browser_reaches_the_visitor(path: Path) -> None:
    text = path.read_text("utf-8")
    assert [secret for secret in SECRETS_OF_THE_HOUSE if secret in text] == []
