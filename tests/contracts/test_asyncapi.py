"""The AsyncAPI document says what the catalogue and the topology say, and the writer of its YAML writes YAML."""

import json
from typing import Any, get_args

import yaml
from hypothesis import given
from hypothesis import strategies as st

from contracts import asyncapi
from contracts.catalogue import ALL, BY_NAME, Service
from contracts.generate import HERE
from contracts.topology import COMMANDS, EVENTS, queues_of
from contracts.yaml_text import dump

DOCUMENT: dict[str, Any] = yaml.safe_load((HERE / "asyncapi.yaml").read_text("utf-8"))

keys = st.text(min_size=1, max_size=12)
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
values = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(keys, inner), max_leaves=20)


@given(st.dictionaries(keys, values, min_size=1))
def test_what_is_written_as_yaml_is_read_back_the_same(value: dict[str, Any]) -> None:
    assert yaml.safe_load(dump(value)) == value


def test_the_committed_document_reads_as_the_generated_one() -> None:
    assert json.loads(json.dumps(asyncapi.document())) == DOCUMENT


def test_every_reference_leads_somewhere() -> None:
    for reference in references(DOCUMENT):
        target: Any = DOCUMENT
        for step in reference.removeprefix("#/").split("/"):
            target = target[step]


def references(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return own + [reference for inner in value.values() for reference in references(inner)]
    if isinstance(value, list):
        return [reference for inner in value for reference in references(inner)]
    return []


def test_each_service_sends_and_receives_what_the_catalogue_says() -> None:
    said = {
        (name.split(".")[0], operation["action"], operation["messages"][0]["$ref"].split("/messages/")[1])
        for name, operation in DOCUMENT["operations"].items()
        if operation["channel"]["$ref"].removeprefix("#/channels/") not in asyncapi.SOCKETS
    }
    meant = {(sender, "send", kind.name) for kind in ALL for sender in kind.senders}
    meant |= {(consumer, "receive", kind.name) for kind in ALL for consumer in kind.consumers}
    assert said == meant


def test_every_queue_of_the_topology_is_read_by_some_operation() -> None:
    for service in get_args(Service):
        queues = {queue.name for queue in queues_of(service) if queue.exchange in (COMMANDS, EVENTS)}
        read = {
            queue
            for kind in BY_NAME.values()
            if service in kind.consumers and kind.channel != "live"
            for queue in asyncapi.queues_for(kind, service)
        }
        assert read == queues, service
