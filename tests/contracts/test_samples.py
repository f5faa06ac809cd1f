"""Golden samples: every message ever promised still parses, and readers tolerate what they do not know."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from contracts.catalogue import ALL, BY_NAME, UnknownMessageType
from contracts.envelope import Envelope, MalformedMessage, read
from contracts.generate import HERE

SAMPLES = sorted((HERE / "samples").glob("*.v*/*.json"))


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def test_every_message_type_has_a_sample() -> None:
    assert {path.parent.name for path in SAMPLES} == set(BY_NAME)


def test_every_optional_field_is_seen_with_a_value_in_some_sample() -> None:
    for kind in ALL:
        seen: set[str] = set()
        for path in SAMPLES:
            if path.parent.name == kind.name:
                data = json.loads(path.read_text("utf-8"))["data"]
                seen |= {field for field, value in data.items() if value is not None}
        assert seen == set(kind.model.model_fields), kind.name


@pytest.mark.parametrize("path", SAMPLES, ids=name_of)
def test_a_golden_sample_parses(path: Path) -> None:
    received = read(path.read_bytes())
    assert received.type == path.parent.name
    assert isinstance(received.message, BY_NAME[path.parent.name].model)


@pytest.mark.parametrize("path", SAMPLES, ids=name_of)
def test_a_message_survives_being_written_and_read_again(path: Path) -> None:
    received = read(path.read_bytes())
    envelope = Envelope.model_validate_json(path.read_bytes())
    again = envelope.model_copy(update={"data": received.message.model_dump(mode="json")})
    assert read(again.model_dump_json().encode()) == received


@pytest.mark.parametrize("path", SAMPLES, ids=name_of)
def test_unknown_fields_are_ignored_at_every_depth(path: Path) -> None:
    body = json.loads(path.read_text("utf-8"))
    assert read(json.dumps(with_unknown_fields(body)).encode()) == read(path.read_bytes())


def with_unknown_fields(value: Any) -> Any:
    if isinstance(value, dict):
        novelty = {} if value and all(map(is_id, value)) else {"from_the_future": [1, {"x": "y"}]}
        return {**novelty, **{key: with_unknown_fields(inner) for key, inner in value.items()}}
    if isinstance(value, list):
        return [with_unknown_fields(inner) for inner in value]
    return value


def is_id(key: str) -> bool:
    """Whether the key is data, as in a mapping by ids, and not the name of a field."""
    return re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", key) is not None


@pytest.mark.parametrize("path", SAMPLES, ids=name_of)
def test_a_message_without_its_optional_fields_parses(path: Path) -> None:
    body = json.loads(path.read_text("utf-8"))
    required = {name for name, field in BY_NAME[path.parent.name].model.model_fields.items() if field.is_required()}
    body["data"] = {name: value for name, value in body["data"].items() if name in required}
    assert read(json.dumps(body).encode()).type == path.parent.name


def test_an_unknown_type_is_refused_by_name() -> None:
    body = json.loads(SAMPLES[0].read_text("utf-8")) | {"type": "weather.changed.v1"}
    with pytest.raises(UnknownMessageType, match="weather"):
        read(json.dumps(body).encode())


def test_a_refused_message_is_described_without_its_contents() -> None:
    path = next(path for path in SAMPLES if path.parent.name == "conversation.post_message.v1")
    body = json.loads(path.read_text("utf-8"))
    body["data"]["text"] = "secret" * 1000
    with pytest.raises(MalformedMessage) as refused:
        read(json.dumps(body).encode())
    assert "text: string_too_long" in str(refused.value)
    assert "secret" not in str(refused.value)


def _message() -> dict[str, Any]:
    sample: dict[str, Any] = json.loads(
        min(HERE.glob("samples/conversation.post_message.v1/*.json")).read_text("utf-8")
    )
    return sample


@pytest.mark.parametrize("kept", ["zero \\u0000 as it is written", "\u0001", ""])
def test_any_text_but_u0000_travels(kept: str) -> None:
    body = _message()
    body["data"]["text"] = f"before {kept} after"
    assert read(json.dumps(body).encode()).message.text == body["data"]["text"]


def test_u0000_is_malformed_because_no_table_can_keep_it() -> None:
    body = _message()
    body["data"]["text"] = "tajne\0"
    with pytest.raises(MalformedMessage) as refusal:
        read(json.dumps(body).encode())
    assert "tajne" not in str(refusal.value)
