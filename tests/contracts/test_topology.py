"""What the running services consume and serve is what the contracts say."""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from typing import get_args
from uuid import UUID

import pytest
from fastapi import FastAPI
from faststream.rabbit.subscriber.usecase import RabbitSubscriber

from contracts import topology, wire
from contracts.catalogue import ALL, Service
from services.chassis.broker import rabbit_queue
from services.chassis.run import settings_type

SERVICES: tuple[Service, ...] = get_args(Service)


@pytest.fixture
def app(service: Service, monkeypatch: pytest.MonkeyPatch) -> FastAPI:
    """A service put together as in production, and not started."""
    settings = {
        "AMQP_URL": "amqp://nobody@127.0.0.1:1/",
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "SERVICE_TOKEN": "t" * 32,
        "PUBLIC_URL": "http://127.0.0.1:8080",
        "ENVIRONMENT": "development",
    }
    for name, value in settings.items():
        monkeypatch.setenv(f"DYMEK_{service.upper()}_{name}", value)
    app: FastAPI = import_module(f"services.{service}.app").create_app(settings_type(service)())
    return app


def subscribers(app: FastAPI) -> list[RabbitSubscriber]:
    return [one for one in app.state.service.broker.subscribers if isinstance(one, RabbitSubscriber)]


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_subscribes_to_its_queues_of_the_topology_and_to_no_others(app: FastAPI, service: Service) -> None:
    real = {(one.queue.name, one.queue.routing(), one.exchange.name) for one in subscribers(app)}
    meant = {(queue.name, queue.bindings[0], queue.exchange) for queue in topology.queues_of(service)}
    if service == "gateway":
        live = {one for one in real if one[2] == topology.LIVE}
        assert len(live) == 1
        real -= live
    assert real == meant


@pytest.mark.parametrize("service", SERVICES)
def test_queues_are_declared_with_arguments_that_never_change(app: FastAPI, service: Service) -> None:
    meant = {queue.name: rabbit_queue(queue).arguments for queue in topology.queues_of(service)}
    for subscriber in subscribers(app):
        if subscriber.queue.name in meant:
            assert subscriber.queue.arguments == meant[subscriber.queue.name]
            assert set(subscriber.queue.arguments or {}) <= {
                "x-queue-type",
                "x-dead-letter-exchange",
                "x-dead-letter-routing-key",
                "x-dead-letter-strategy",
                "x-overflow",
                "x-single-active-consumer",
            }


@pytest.mark.parametrize("service", ["gateway"])
def test_the_sockets_are_where_the_wire_says(app: FastAPI, service: Service) -> None:
    assert app.url_path_for("visitor") == wire.VISITOR_PATH
    assert app.url_path_for("agent") == wire.AGENT_PATH


def test_every_command_and_event_has_exactly_the_queues_of_its_takers() -> None:
    for kind in ALL:
        if kind.channel == "event":
            named = [
                queue.name
                for service in SERVICES
                for queue in topology.queues_of(service)
                if kind.name in queue.bindings
            ]
            assert named == [f"{service}.{kind.name}" for service in SERVICES if service in kind.consumers]
        if kind.channel == "command":
            assert len(kind.consumers) == 1


def test_a_subject_keeps_its_partition_and_its_shard_for_ever() -> None:
    """Changing the hash would reorder what is under way; these values were written down once."""
    subject = UUID("4c4c4359-6785-4dbe-b7ce-d7914d23f2e5")
    assert topology.partition_of(subject) == 6
    assert topology.shard_of(subject) == 6


def test_subjects_spread_over_all_partitions_and_shards() -> None:
    subjects = [UUID(int=number * 7919 + 1) for number in range(10_000)]
    partitions = Counter(map(topology.partition_of, subjects))
    assert set(partitions) == set(range(topology.PARTITIONS))
    assert max(partitions.values()) < 2 * min(partitions.values())
    assert set(map(topology.shard_of, subjects)) == set(range(topology.SHARDS))
