"""For every log that can be, every cut of it and both views: what a page folds is what a fresh snapshot says."""

import json
from random import Random
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from contracts import views
from contracts.base import Model
from contracts.entries import Entry, VisitorEntry
from services.router.domain.visitor import visitor_header
from tests.contracts.logs import AGENTS, CONVERSATION, CUSTOMERS, EMAIL, Talk

M = TypeVar("M", bound=Model)

lucks = st.randoms(use_true_random=False)
lengths = st.integers(0, 60)


def talk(luck: Random, turns: int) -> Talk:
    made = Talk(luck)
    for _ in range(turns):
        made.turn()
    return made


def through_the_wire(value: M) -> M:
    """What a page has of it: written as JSON and read again."""
    return type(value).model_validate_json(value.model_dump_json())


def folded(header: views.Header, entries: list[Entry]) -> views.Header:
    for entry in entries:
        header = views.apply_entry(header, entry)
    return header


def folded_for_visitor(header: views.VisitorHeader, entries: list[VisitorEntry]) -> views.VisitorHeader:
    for entry in entries:
        header = views.apply_visitor_entry(header, entry)
    return header


@given(lucks, lengths, st.data())
def test_entries_after_a_snapshot_make_it_the_fresh_one(luck: Random, turns: int, data: st.DataObject) -> None:
    log = talk(luck, turns).entries
    seen = [views.visitor_entry(entry) for entry in log]
    cut = data.draw(st.integers(0, len(log)))
    old = through_the_wire(folded(views.Header(conversation_id=CONVERSATION), log[:cut]))
    old_seen = through_the_wire(folded_for_visitor(views.VisitorHeader(conversation_id=CONVERSATION), seen[:cut]))
    fresh = folded(views.Header(conversation_id=CONVERSATION), log)
    assert folded(old, [through_the_wire(entry) for entry in log[cut:]]) == fresh
    # The router makes a visitor's snapshot out of the agents' header, never by folding the visitor's log.
    assert folded_for_visitor(old_seen, [through_the_wire(entry) for entry in seen[cut:]]) == visitor_header(fresh)


@given(lucks, lengths)
def test_at_every_entry_both_views_agree(luck: Random, turns: int) -> None:
    header = views.Header(conversation_id=CONVERSATION)
    seen = views.VisitorHeader(conversation_id=CONVERSATION)
    for entry in talk(luck, turns).entries:
        header = views.apply_entry(header, entry)
        seen = views.apply_visitor_entry(seen, views.visitor_entry(entry))
        assert seen == visitor_header(header), entry


@given(lucks, lengths)
def test_a_header_says_what_is_true_after_every_turn(luck: Random, turns: int) -> None:
    made = Talk(luck)
    for _ in range(turns):
        made.turn()
        header = folded(views.Header(conversation_id=CONVERSATION), made.entries)
        assert header.state == made.state
        assert header.participants == tuple(made.inside)
        assert header.owner == made.owner
        assert (header.offer.offer_id if header.offer else None) == (made.asked.offer_id if made.asked else None)
        assert (header.offer.chosen_by if header.offer else None) == (made.asked.chosen_by if made.asked else None)
        assert header.topic == made.topic
        assert (header.close_reason, header.ticket_number) == (made.reason, made.ticket)
        assert (header.rating.score if header.rating else None) == made.rated
        assert header.customer_id == (made.customer.id if made.customer else None)
        assert header.looked_up == made.looked_up
        assert header.head == len(made.entries)


@given(lucks, lengths)
def test_nothing_that_is_for_agents_only_reaches_the_visitor(luck: Random, turns: int) -> None:
    made = talk(luck, turns)
    told = [json.loads(views.visitor_entry(entry).model_dump_json()) for entry in made.entries]
    text = json.dumps(told)
    assert EMAIL not in text
    assert [agent.id for agent in AGENTS if str(agent.id) in text] == []
    customers = [word for customer in CUSTOMERS for word in (customer.name, str(customer.id))]
    secrets = ("offer", "customer", "handed_over", "taken_over", *customers)
    assert [word for word in secrets if word in text] == []
    assert [entry["seq"] for entry in told] == list(range(1, len(told) + 1))
