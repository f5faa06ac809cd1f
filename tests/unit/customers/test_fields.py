"""Which values custom fields take, and which lists of fields hold together."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.customers import FieldDefinition, FieldKind
from services.customers.domain.fields import check_definitions, checked_values
from services.customers.domain.invalid import Invalid

ONE, OTHER = UUID(int=1), UUID(int=2)


def field(kind: FieldKind, *, id: UUID = ONE, label: str = "Pole", choices: tuple[str, ...] = ()) -> FieldDefinition:
    return FieldDefinition(id=id, label=label, kind=kind, choices=choices)


def kept(definition: FieldDefinition, value: str, before: str = "") -> str:
    return checked_values([definition], {ONE: value}, {ONE: before}).get(ONE, "")


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        ("text", "  Abonament roczny ", "Abonament roczny"),
        ("number", "12", "12"),
        ("number", "12.50", "12.50"),
        ("number", "12,5", "12.5"),
        ("number", "-007", "-7"),
        ("number", "+3", "3"),
        ("number", "-0", "0"),
        ("date", "2024-02-29", "2024-02-29"),
        ("yes_no", "yes", "yes"),
        ("yes_no", "no", "no"),
        ("link", "https://example.com/a?b=c#d", "https://example.com/a?b=c#d"),
        ("link", "http://łódź.pl", "http://łódź.pl"),
        ("link", "HTTPS://example.com:8443/", "HTTPS://example.com:8443/"),
    ],
)
def test_a_value_is_kept_in_one_writing(kind: FieldKind, written: str, value: str) -> None:
    assert kept(field(kind), written) == value
    assert kept(field(kind), value) == value


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("number", "dużo"),
        ("number", "1 000"),
        ("number", "1.2.3"),
        ("number", "1e9"),
        ("number", "NaN"),
        ("number", "١٢"),
        ("number", "."),
        ("date", "2023-02-29"),
        ("date", "29.02.2024"),
        ("date", "20240229"),
        ("date", "2024-W09-4"),
        ("yes_no", "tak"),
        ("yes_no", "true"),
        ("link", "example.com"),
        ("link", "javascript:alert(1)"),
        ("link", "data:text/html,x"),
        ("link", "//example.com"),
        ("link", "https://"),
        ("link", "https:///path"),
        ("link", "https://exa mple.com"),
        ("link", "https://example.com/\nx"),
        ("link", "https:\\\\example.com"),
        ("link", "https://[::1"),
        ("link", "https://example.com:99999999"),
        ("link", 'https://example.com/"><script>'),
    ],
)
def test_what_is_no_such_value_is_refused_by_the_fields_name(kind: FieldKind, written: str) -> None:
    with pytest.raises(Invalid) as refused:
        kept(field(kind, label="Limit"), written)
    assert refused.value.where == f"values.{ONE}"
    assert refused.value.said.startswith("Limit is ")


def test_a_choice_is_of_its_list() -> None:
    plan = field("choice", label="Plan", choices=("Roczny", "Miesięczny"))
    assert kept(plan, " Roczny ") == "Roczny"
    with pytest.raises(Invalid, match="Plan is one of: Roczny, Miesięczny"):
        kept(plan, "roczny")


def test_a_choice_that_was_taken_off_the_list_spoils_no_card() -> None:
    plan = field("choice", choices=("Roczny",))
    assert kept(plan, "Dożywotni", before="Dożywotni") == "Dożywotni"
    with pytest.raises(Invalid):
        kept(plan, "Dożywotni", before="Roczny")


def test_an_empty_value_is_none() -> None:
    assert checked_values([field("number"), field("date", id=OTHER)], {ONE: "  ", OTHER: ""}, {ONE: "1"}) == {}


def test_a_value_of_no_field_is_refused() -> None:
    with pytest.raises(Invalid, match=f"values.{OTHER}: there is no such field"):
        checked_values([field("text")], {OTHER: "x"}, {})


def test_values_come_in_the_fields_order() -> None:
    fields = [field("text", id=OTHER), field("text")]
    assert list(checked_values(fields, {ONE: "a", OTHER: "b"}, {})) == [OTHER, ONE]


@given(st.sampled_from(["number", "date", "yes_no", "link"]), st.text(max_size=30))
def test_whatever_is_written_is_kept_in_one_writing_or_refused(kind: FieldKind, written: str) -> None:
    try:
        value = kept(field(kind), written)
    except Invalid:
        return
    assert kept(field(kind), value) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**20), max_value=10**20))
def test_every_decimal_is_a_number_and_keeps_its_value(number: object) -> None:
    assert float(kept(field("number"), f"{number:f}")) == float(f"{number:f}")


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ([field("text"), field("text", label="Inne")], "fields.1.id"),
        ([field("text", label="Plan"), field("text", id=OTHER, label="PLAN")], "fields.1.label"),
        ([field("choice", choices=("A", "B", "A"))], "fields.0.choices"),
        ([field("text", id=OTHER, label="Nowe"), field("number")], "fields.1.kind"),
    ],
)
def test_a_list_that_does_not_hold_together_is_refused_by_the_part(fields: list[FieldDefinition], where: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_definitions(fields, [field("text", label="Dawne")])
    assert refused.value.where == where


def test_fields_may_be_renamed_put_in_another_order_added_and_taken_away() -> None:
    present = [field("text"), field("number", id=OTHER, label="Limit")]
    check_definitions([field("number", id=OTHER, label="Pole"), field("date", id=UUID(int=3))][:1], present)
    check_definitions([present[1], present[0].model_copy(update={"label": "Nazwa"})], present)
    check_definitions([], present)
