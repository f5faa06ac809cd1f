"""The generated documents are current and describe the golden samples."""

import json
from typing import Any

import jsonschema
import pytest

from contracts.base import Model
from contracts.catalogue import ALL
from contracts.generate import HERE, expected_files, stale_files

SAMPLES = sorted((HERE / "samples").glob("*.v*/*.json"))
VIEWS = sorted((HERE / "samples" / "views").glob("*.json"))


def schema(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((HERE / "schemas" / f"{name}.json").read_text("utf-8"))
    return document


def test_documents_are_current() -> None:
    assert stale_files(expected_files()) == []


def test_every_message_type_has_a_schema_with_its_name() -> None:
    for kind in ALL:
        assert schema(kind.name)["$id"] == f"urn:dymek:{kind.name}"


def test_every_schema_is_a_valid_json_schema() -> None:
    for path in (HERE / "schemas").glob("*.json"):
        jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text("utf-8")))


def test_every_model_is_described_somewhere() -> None:
    described: set[str] = set()
    for path in (HERE / "schemas").glob("*.json"):
        document = json.loads(path.read_text("utf-8"))
        described |= {document["title"], *document.get("$defs", {})}
    bases = {"Message", "ConversationCommand", "Received"}
    assert {model.__name__ for model in _models(Model)} - described - bases == set()


def _models(base: type[Model]) -> set[type[Model]]:
    found = {model for model in base.__subclasses__() if model.__module__.startswith("contracts.")}
    return found | {deeper for model in found for deeper in _models(model)}


def test_wire_types_have_one_name_each() -> None:
    assert [name for name in schema("wire")["$defs"] if "-" in name or "__" in name] == []


def test_a_discriminator_is_required_wherever_there_is_one() -> None:
    for name, definition in schema("wire")["$defs"].items():
        constants = [field for field, value in definition.get("properties", {}).items() if "const" in value]
        assert set(constants) <= set(definition.get("required", [])), name


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_golden_sample_matches_its_schema(path: Any) -> None:
    envelope = json.loads(path.read_text("utf-8"))
    jsonschema.Draft202012Validator(schema("envelope")).validate(envelope)
    jsonschema.Draft202012Validator(schema(path.parent.name)).validate(envelope["data"])


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: path.stem)
def test_a_view_vector_matches_what_pages_are_told(path: Any) -> None:
    vector = json.loads(path.read_text("utf-8"))
    wire = schema("wire")
    header, entry = ("Header", "Entry") if vector["view"] == "agent" else ("VisitorHeader", "VisitorEntry")
    of_header = jsonschema.Draft202012Validator({**wire, "$ref": f"#/$defs/{header}"})
    of_entry = jsonschema.Draft202012Validator({**wire, "$ref": f"#/$defs/{entry}"})
    of_header.validate(vector["header"])
    of_header.validate(vector["expected"])
    for value in vector["entries"]:
        of_entry.validate(value)
