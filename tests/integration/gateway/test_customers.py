"""Customers at the console: cards that agents find and change, and rules about them that administrators set."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from contracts.base import NamedRef
from contracts.customers import Customer, CustomerPage, FieldDefinition, FieldDefinitions
from contracts.reads import PastConversation, PastConversations
from contracts.tickets import SubmitRating
from services.gateway.guards import MAX_BODY_BYTES
from tests.integration.gateway.behind import (
    NOT_ALLOWED,
    Body,
    House,
    a_card,
    an_address,
    house,
    nobody_signed_in_may,
)
from tests.integration.gateway.conftest import SALES
from tests.integration.gateway.test_administration import Person, refusal
from tests.support.in_process import settled

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SALES_REF = NamedRef(id=SALES.id, name=SALES.name)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def home(amqp_url: str, database_urls: dict[str, str]) -> AsyncIterator[House]:
    async with house(amqp_url, database_urls) as one:
        yield one


async def saved(someone: Person, **fields: Any) -> Body:
    """A new card, as the form that comes back from a save."""
    card = a_card(**fields)
    answer = await someone.put(f"/api/customers/{card['id']}", card)
    assert answer.status_code == 200, answer.text
    return {**card, "version": answer.json()["version"]}


async def with_fields(administrator: Person, *fields: FieldDefinition) -> FieldDefinitions:
    """The only custom fields."""
    present = FieldDefinitions.model_validate((await administrator.get("/api/customer-fields")).json())
    body = FieldDefinitions(version=present.version, fields=fields).model_dump(mode="json")
    answer = await administrator.put("/api/admin/customer-fields", body)
    assert answer.status_code == 200, answer.text
    return FieldDefinitions.model_validate(answer.json())


# --- cards


async def test_a_card_that_one_agent_makes_is_found_by_another_as_they_type(home: House) -> None:
    email = an_address()
    card = await saved(home.agent, name="Łucja Żółkiewska", company="Kawiarnia Łódź", emails=[email])
    for asked in ("zolk", "kawiarnia lodz", email[:8]):
        page = CustomerPage.model_validate((await home.colleague.get("/api/customers", q=asked)).json())
        assert [str(one.id) for one in page.customers] == [card["id"]], asked
    read = Customer.model_validate((await home.colleague.get(f"/api/customers/{card['id']}")).json())
    assert (read.name, read.company, read.emails) == ("Łucja Żółkiewska", "Kawiarnia Łódź", (email,))


async def test_the_list_is_read_page_by_page(home: House) -> None:
    family = uuid4().hex[:10]
    made = {(await saved(home.agent, name=f"{family} {n}"))["id"] for n in range(5)}
    found: list[str] = []
    after: str | None = None
    for _ in range(3):
        asked: dict[str, Any] = {"q": family, "limit": 2, **({"after": after} if after else {})}
        page = (await home.agent.get("/api/customers", **asked)).json()
        found += [one["id"] for one in page["customers"]]
        after = page["next"]
    assert after is None
    assert len(found) == 5
    assert set(found) == made


async def test_of_two_who_change_a_card_the_second_is_shown_what_the_first_saved(home: House) -> None:
    card = await saved(home.agent, name="Anna")
    path = f"/api/customers/{card['id']}"
    assert (await home.agent.put(path, {**card, "note": "Dzwonić rano"})).status_code == 200
    late = await home.colleague.put(path, {**card, "company": "Kawa"})
    assert refusal(late) == (409, "conflict", None)
    present = Customer.model_validate(late.json()["present"])
    assert (present.note, present.company) == ("Dzwonić rano", "")
    assert Customer.model_validate((await home.agent.get(path)).json()) == present
    again = await home.colleague.put(
        path, {**card, "note": present.note, "company": "Kawa", "version": present.version}
    )
    assert (again.status_code, again.json()["note"], again.json()["company"]) == (200, "Dzwonić rano", "Kawa")


async def test_an_address_that_is_another_customers_is_refused_and_whose_it_is_told(home: House) -> None:
    email = an_address()
    owner = await saved(home.agent, name="Anna Nowak", emails=[email])
    other = a_card(name="Piotr", emails=[an_address(), email.upper()])
    answer = await home.agent.put(f"/api/customers/{other['id']}", other)
    assert refusal(answer) == (409, "conflict", None)
    [taken] = answer.json()["taken"]
    assert (taken["customer"]["id"], taken["customer"]["name"]) == (owner["id"], "Anna Nowak")
    assert "belongs to another customer" in answer.json()["message"]
    assert (await home.agent.get(f"/api/customers/{other['id']}")).status_code == 404


@pytest.mark.parametrize(
    ("fields", "named", "said"),
    [
        ({"name": "  "}, "name", ""),
        ({"emails": ["anna"]}, "emails.0", ""),
        ({"emails": ["a@b.pl", "anna@..pl"]}, "emails.1", "this is not an e-mail address"),
        ({"phones": ["brak"]}, "phones.0", "a phone number has digits"),
        ({"note": "x" * 4001}, "note", "at most 4000 characters"),
        ({"values": {str(UUID(int=5)): "x"}}, f"values.{UUID(int=5)}", "there is no such field"),
    ],
)
async def test_what_a_card_cannot_hold_is_named_with_its_rule(home: House, fields: Body, named: str, said: str) -> None:
    card = a_card(**fields)
    answer = await home.agent.put(f"/api/customers/{card['id']}", card)
    assert refusal(answer) == (422, "invalid", named)
    assert answer.json()["message"].startswith(f"The request is not valid: {named}")
    assert said in answer.json()["message"]


async def test_a_card_that_is_not_there_and_an_address_of_another_are_told_apart(home: House) -> None:
    nobody, card = uuid4(), a_card()
    assert refusal(await home.agent.get(f"/api/customers/{nobody}")) == (404, "unknown", None)
    assert refusal(await home.agent.put(f"/api/customers/{nobody}", card)) == (422, "invalid", "id")
    gone = {**card, "version": 3}
    assert refusal(await home.agent.put(f"/api/customers/{card['id']}", gone)) == (404, "unknown", None)
    assert refusal(await home.agent.get("/api/customers/anna")) == (422, "invalid", "customer_id")


@pytest.mark.parametrize(
    ("query", "named"), [({"limit": 0}, "limit"), ({"after": "nigdzie"}, "after"), ({"q": "x" * 301}, "q")]
)
async def test_a_list_that_cannot_be_asked_for_is_refused(home: House, query: Body, named: str) -> None:
    assert refusal(await home.agent.get("/api/customers", **query)) == (422, "invalid", named)


@pytest.mark.parametrize("asked", ["kawa\u0000", "\U0001f642 ' OR 1=1 -- %_\\", " ", "@"])
async def test_whatever_is_looked_for_is_answered(home: House, asked: str) -> None:
    assert (await home.agent.get("/api/customers", q=asked)).status_code in (200, 422)


@pytest.mark.parametrize("fields", [{"note": "a\u0000b"}, {"name": "Anna\u0000"}, {"phones": ["12\u00003"]}])
async def test_a_card_with_what_no_database_holds_is_refused(home: House, fields: Body) -> None:
    card = a_card(**fields)
    answer = await home.agent.put(f"/api/customers/{card['id']}", card)
    assert refusal(answer)[:2] == (422, "invalid")


# --- what a customer has talked about, and how they rated it


async def test_a_cards_history_is_the_routers_and_its_ratings_are_the_tickets_services(home: House) -> None:
    card = await saved(home.agent)
    customer_id, stream = UUID(card["id"]), uuid4()
    past = PastConversation(conversation_id=stream, topic_name="Sprzedaż", state="closed", started_at=NOW)
    home.gateway.router.owned.histories[customer_id] = PastConversations(conversations=(past,))
    read = PastConversations.model_validate(
        (await home.agent.get(f"/api/customers/{customer_id}/conversations")).json()
    )
    assert [one.conversation_id for one in read.conversations] == [stream]

    ratings = f"/api/customers/{customer_id}/ratings"
    assert (await home.agent.get(ratings)).json() == {"ratings": []}
    given = SubmitRating(conversation_id=stream, client_id=uuid4(), topic=SALES_REF, score="good", rated_at=NOW)
    async with settled("tickets.commands", 1):
        await home.tap.say(given)
    [rating] = (await home.agent.get(ratings)).json()["ratings"]
    assert (rating["conversation_id"], rating["score"]) == (str(stream), "good")


async def test_ratings_are_the_customers_whose_conversation_it_is_now(home: House) -> None:
    wrong, right = [UUID((await saved(home.agent))["id"]) for _ in range(2)]
    past = PastConversation(conversation_id=uuid4(), topic_name="Sprzedaż", state="closed", started_at=NOW)
    given = SubmitRating(
        conversation_id=past.conversation_id, client_id=uuid4(), topic=SALES_REF, score="bad", rated_at=NOW
    )
    async with settled("tickets.commands", 1):
        await home.tap.say(given)
    histories = home.gateway.router.owned.histories
    for owner, other in ((wrong, right), (right, wrong)):
        histories[owner], histories[other] = PastConversations(conversations=(past,)), PastConversations()
        assert len((await home.agent.get(f"/api/customers/{owner}/ratings")).json()["ratings"]) == 1
        assert (await home.agent.get(f"/api/customers/{other}/ratings")).json() == {"ratings": []}


# --- what administrators set


async def test_every_agent_reads_the_fields_of_cards_and_fills_them(home: House) -> None:
    field = FieldDefinition(id=uuid4(), label="Rabat", kind="number", show_in_chat=True)
    await with_fields(home.administrator, field)
    read = FieldDefinitions.model_validate((await home.agent.get("/api/customer-fields")).json())
    assert read.fields == (field,)
    card = await saved(home.agent, values={str(field.id): "12,50"})
    shown = (await home.agent.get(f"/api/customers/{card['id']}")).json()["fields"]
    assert [(one["label"], one["value"]) for one in shown] == [("Rabat", "12.50")]
    wrong = a_card(values={str(field.id): "dużo"})
    answer = await home.agent.put(f"/api/customers/{wrong['id']}", wrong)
    assert refusal(answer) == (422, "invalid", f"values.{field.id}")
    assert "Rabat" in answer.json()["message"]


async def test_of_two_lists_of_fields_the_older_is_refused_with_the_newer(home: House) -> None:
    read = (await home.administrator.get("/api/customer-fields")).json()
    first = await with_fields(home.administrator, FieldDefinition(id=uuid4(), label="NIP"))
    late = await home.administrator.put("/api/admin/customer-fields", read)
    assert refusal(late) == (409, "conflict", None)
    assert FieldDefinitions.model_validate(late.json()["present"]) == first


async def test_a_fault_in_a_list_of_fields_is_named(home: House) -> None:
    read = (await home.administrator.get("/api/customer-fields")).json()
    field = FieldDefinition(id=uuid4(), label="NIP").model_dump(mode="json")
    twice = {**read, "fields": [field, {**field, "id": str(uuid4())}]}
    answer = await home.administrator.put("/api/admin/customer-fields", twice)
    assert refusal(answer) == (422, "invalid", "fields.1.label")
    assert "another field has this label" in answer.json()["message"]


async def test_the_longest_list_of_fields_can_be_saved_and_nothing_else_may_be_as_long(home: House) -> None:
    choices = tuple(f"{n:03d} {'ż' * 116}" for n in range(100))
    fields = tuple(FieldDefinition(id=uuid4(), label=f"Pole {n}", kind="choice", choices=choices) for n in range(50))
    assert (await with_fields(home.administrator, *fields)).fields == fields
    await with_fields(home.administrator)
    card = a_card(note="x" * MAX_BODY_BYTES)
    assert refusal(await home.agent.put(f"/api/customers/{card['id']}", card)) == (413, "too_long", None)


async def test_whether_cards_make_themselves_is_saved_and_a_stale_form_is_refused(home: House) -> None:
    read = (await home.administrator.get("/api/admin/customer-settings")).json()
    chosen = {**read, "create_automatically": True}
    now = await home.administrator.put("/api/admin/customer-settings", chosen)
    assert (now.status_code, now.json()["create_automatically"]) == (200, True)
    late = await home.administrator.put("/api/admin/customer-settings", {**read, "create_automatically": False})
    assert refusal(late) == (409, "conflict", None)
    assert late.json()["present"] == now.json()
    back = {**now.json(), "create_automatically": False}
    assert (await home.administrator.put("/api/admin/customer-settings", back)).status_code == 200


# --- who may


async def test_what_is_set_for_all_cards_is_administrators_to_change(home: House) -> None:
    for someone in (home.agent, home.supervisor):
        for answer in (
            await someone.put("/api/admin/customer-fields", {"version": 0}),
            await someone.get("/api/admin/customer-settings"),
            await someone.put("/api/admin/customer-settings", {"version": 0}),
        ):
            assert refusal(answer) == NOT_ALLOWED


async def test_customers_are_for_those_who_are_signed_in(home: House) -> None:
    card = f"/api/customers/{uuid4()}"
    for method, path in (
        ("GET", "/api/customers"),
        ("GET", card),
        ("PUT", card),
        ("GET", f"{card}/conversations"),
        ("GET", f"{card}/ratings"),
        ("GET", "/api/customer-fields"),
        ("PUT", "/api/admin/customer-fields"),
        ("GET", "/api/admin/customer-settings"),
        ("PUT", "/api/admin/customer-settings"),
    ):
        await nobody_signed_in_may(home.gateway, method, path)
