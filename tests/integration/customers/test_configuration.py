"""The list of custom fields and the settings are changed under a version; a field that goes takes its values along."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from contracts.customers import Customer, CustomerSettings, FieldDefinition, FieldDefinitions, SaveCustomer
from services.chassis.errors import Conflict
from services.chassis.http import InternalClient
from tests.integration.customers.asking import CARDS, FIELDS, SETTINGS, put, save
from tests.support.in_process import client_of, running


async def put_fields(client: InternalClient, *fields: FieldDefinition) -> FieldDefinitions:
    """Put this list in the place of the present one."""
    present = await client.get(FIELDS, FieldDefinitions)
    return await client.put(FIELDS, FieldDefinitions(version=present.version, fields=fields), FieldDefinitions)


async def test_fields_are_kept_in_their_order(customers_url: str, amqp_url: str) -> None:
    plan = FieldDefinition(id=uuid4(), label="Plan", kind="choice", choices=("Roczny", "Miesięczny"), show_in_chat=True)
    born = FieldDefinition(id=uuid4(), label="Urodziny", kind="date")
    site = FieldDefinition(id=uuid4(), label="Strona", kind="link")
    async with running("customers", customers_url, amqp_url) as app, client_of(app) as client:
        first = await put_fields(client, plan, born)
        second = await put_fields(client, site, born.model_copy(update={"label": "Data urodzin"}), plan)
        read = await client.get(FIELDS, FieldDefinitions)
        emptied = await put_fields(client)
    assert second == read
    assert [field.label for field in read.fields] == ["Strona", "Data urodzin", "Plan"]
    assert read.fields[2] == plan
    assert (second.version, emptied.version, emptied.fields) == (first.version + 1, first.version + 2, ())


async def test_a_field_that_goes_takes_its_values_along_and_the_others_stay(customers_url: str, amqp_url: str) -> None:
    going = FieldDefinition(id=uuid4(), label="Stare")
    staying = FieldDefinition(id=uuid4(), label="Nowe")
    card = SaveCustomer(id=uuid4(), name="Ala", values={going.id: "a", staying.id: "b"})
    async with running("customers", customers_url, amqp_url) as app, client_of(app) as client:
        await put_fields(client, going, staying)
        await save(client, card)
        await put_fields(client, staying)
        read = await client.get(f"{CARDS}/{card.id}", Customer)
    assert [(field.label, field.value) for field in read.fields] == [("Nowe", "b")]


async def test_a_card_with_a_choice_that_is_gone_can_still_be_saved(customers_url: str, amqp_url: str) -> None:
    plan = FieldDefinition(id=uuid4(), label="Plan", kind="choice", choices=("Dawny", "Roczny"))
    card = SaveCustomer(id=uuid4(), name="Ela", values={plan.id: "Dawny"})
    async with running("customers", customers_url, amqp_url) as app, client_of(app) as client:
        await put_fields(client, plan)
        await save(client, card)
        await put_fields(client, plan.model_copy(update={"choices": ("Roczny",)}))
        renamed = await save(client, card.model_copy(update={"version": 1, "name": "Ela Kot"}))
    assert [field.value for field in renamed.fields] == ["Dawny"]


async def test_whoever_changes_the_list_second_is_shown_the_present_one(customers_url: str, amqp_url: str) -> None:
    async with running("customers", customers_url, amqp_url) as app, client_of(app) as client:
        present = await put_fields(client, FieldDefinition(id=uuid4(), label="Pierwsze"))
        late = FieldDefinitions(version=present.version - 1, fields=(FieldDefinition(id=uuid4(), label="Drugie"),))
        refused = await put(app, FIELDS, late)
        again = await put(app, FIELDS, present.model_copy(update={"version": present.version - 1}))
    assert refused.status_code == 409
    assert FieldDefinitions.model_validate(refused.json()["present"]) == present
    # The answer to the first was lost, and it is sent again.
    assert again.status_code == 200
    assert FieldDefinitions.model_validate(again.json()) == present


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ([{"label": "Plan", "kind": "choice"}], "fields.0: choices are named for a field of kind choice"),
        ([{"label": " "}], "fields.0.label: "),
        ([{"label": "Pole", "kind": "colour"}], "fields.0.kind: "),
        ([{"label": "Pole"}, {"label": "POLE"}], "fields.1.label: another field has this label"),
        ([{"label": "Po\0le"}], "fields: U+0000 cannot be stored"),
        ([{"label": "Plan", "kind": "choice", "choices": ["A", "\0"]}], "fields: U+0000 cannot be stored"),
        ([{"label": f"Pole {n}"} for n in range(51)], "fields: "),
    ],
)
async def test_a_list_that_cannot_be_kept_is_refused_by_the_part(
    customers_url: str, amqp_url: str, fields: list[dict[str, Any]], where: str
) -> None:
    async with running("customers", customers_url, amqp_url) as app, client_of(app) as client:
        present = await client.get(FIELDS, FieldDefinitions)
        listed = [{"id": str(UUID(int=index + 1)), **field} for index, field in enumerate(fields)]
        answer = await put(app, FIELDS, {"version": present.version, "fields": listed})
        after = await client.get(FIELDS, FieldDefinitions)
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(where)
    assert after == present


async def test_settings_are_changed_under_their_version(customers_url: str, amqp_url: str) -> None:
    async with running("customers", customers_url, amqp_url) as app, client_of(app) as client:
        first = await client.get(SETTINGS, CustomerSettings)
        on = first.model_copy(update={"create_automatically": True})
        saved = await client.put(SETTINGS, on, CustomerSettings)
        repeated = await client.put(SETTINGS, on, CustomerSettings)
        with pytest.raises(Conflict):
            await client.put(SETTINGS, first, CustomerSettings)
        read = await client.get(SETTINGS, CustomerSettings)
    assert first == CustomerSettings()
    assert saved == repeated == read == CustomerSettings(version=1, create_automatically=True)
