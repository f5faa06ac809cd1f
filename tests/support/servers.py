"""Which PostgreSQL and RabbitMQ the tests use. One decision, in this order, and it is said aloud:

1. `DYMEK_TEST_AMQP_URL` and `DYMEK_TEST_DATABASE_URL` (an administrator's URL); `DYMEK_TEST_MANAGEMENT_URL`, the
   broker's HTTP API, lets every test module have a virtual host of its own, otherwise they share the given one.
2. Containers, where a Docker engine answers and has both images already; nothing is pulled.
3. Private local servers under var/test; each of several processes that share the tests has its own.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import aio_pika

from contracts.topology import DEAD_QUEUE, EXCHANGES, queues_of
from deploy.local import provision
from deploy.local.processes import MARK, end_leftovers, marked, only_run
from deploy.local.servers import running
from deploy.local.steps import ROOT, Problem

FOLDER = ROOT / "var" / "test" / os.environ.get("PYTEST_XDIST_WORKER", "")
BUSY = "other tests of this checkout are running on var/test; wait for them, or name servers in DYMEK_TEST_..._URL."
IMAGES = {"postgres": "postgres:17", "rabbitmq": "rabbitmq:4.0-management"}


@dataclass(frozen=True)
class Servers:
    """Where the servers are, and a sentence on where they come from."""

    source: str
    database_url: str
    amqp_url: str
    management_url: str | None
    _sweeper: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "sweeper"))
    _swept: list[Future[None]] = field(default_factory=list)

    async def new_database(self) -> tuple[str, dict[str, str]]:
        """A fresh database: its name and the URL of each service's role in it."""
        name = f"dymek_test_{secrets.token_hex(4)}"
        passwords = {service: secrets.token_hex(8) for service in provision.SERVICES}
        return name, await provision.make_database(self.database_url, name, passwords, role_prefix=f"{name}_")

    async def drop_database(self, name: str) -> None:
        """Remove what `new_database` made."""
        await provision.drop_database(self.database_url, name, role_prefix=f"{name}_")

    def admin_url(self, database: str) -> str:
        """The administrator's URL of a database."""
        return provision.with_path(self.database_url, database)

    async def new_vhost(self) -> str:
        """AMQP URL of a virtual host without any of Dymek's queues."""
        if self.management_url is None:
            await _sweep(self.amqp_url)
            return self.amqp_url
        name = f"test-{secrets.token_hex(4)}"
        provision.make_vhost(self.management_url, name)
        return provision.with_path(self.amqp_url, name)

    async def drop_vhost(self, amqp_url: str) -> None:
        """Remove what `new_vhost` made; beside the next tests, for the broker takes its time."""
        if self.management_url is None:
            await _sweep(amqp_url)
        else:
            name = amqp_url.rsplit("/", 1)[1]
            self._swept.append(self._sweeper.submit(provision.drop_vhost, self.management_url, name))

    def finish(self) -> None:
        """Wait until all that was to be removed is removed."""
        self._sweeper.shutdown()
        for removal in self._swept:
            removal.result()


@contextmanager
def chosen_servers() -> Iterator[Servers]:
    """Servers for the length of the block."""
    with _chosen() as servers:
        try:
            yield servers
        finally:
            servers.finish()


@contextmanager
def _chosen() -> Iterator[Servers]:
    amqp_url, database_url = os.environ.get("DYMEK_TEST_AMQP_URL"), os.environ.get("DYMEK_TEST_DATABASE_URL")
    if amqp_url and database_url:
        management_url = os.environ.get("DYMEK_TEST_MANAGEMENT_URL")
        yield Servers("servers given in the environment", database_url, amqp_url, management_url)
    elif _docker_has_images():
        with only_run(FOLDER, BUSY), _containers() as servers:
            yield servers
    else:
        with only_run(FOLDER, BUSY), running(FOLDER, management=True) as local:
            yield Servers(
                "private local servers under var/test",
                local.postgres.url,
                local.rabbitmq.url(),
                local.rabbitmq.management_url,
            )


def end_what_workers_left() -> None:
    """End the servers of those who shared the tests and were stopped before they could: after Ctrl-C they have little
    time. A folder whose lock somebody holds is in use by other tests."""
    for folder in sorted((ROOT / "var" / "test").glob("gw*")):
        with suppress(Problem), only_run(folder, BUSY):
            end_leftovers(folder)
            _remove_containers(folder)


def _remove_containers(folder: Path) -> None:
    if not _docker_has_images():
        return
    label = f"label={MARK}={folder}"
    asked = subprocess.run(["docker", "ps", "-aq", "--filter", label], check=False, capture_output=True, text=True)
    for container in asked.stdout.split():
        subprocess.run(["docker", "rm", "-fv", container], check=False, capture_output=True)


def _docker_has_images() -> bool:
    if shutil.which("docker") is None:
        return False
    asked = ["docker", "image", "inspect", "--format", "{{.Id}}", *IMAGES.values()]
    try:
        return subprocess.run(asked, check=False, capture_output=True, timeout=20).returncode == 0
    except subprocess.TimeoutExpired:
        return False


@contextmanager
def _containers() -> Iterator[Servers]:
    # Read when testcontainers is imported: no helper container (its image may not be here), and the address to use.
    os.environ.setdefault("TESTCONTAINERS_RYUK_DISABLED", "true")
    os.environ.setdefault("TESTCONTAINERS_HOST_OVERRIDE", "127.0.0.1")
    from testcontainers.community.postgres import PostgresContainer
    from testcontainers.community.rabbitmq import RabbitMqContainer

    with ExitStack() as stack:
        rabbitmq = RabbitMqContainer(IMAGES["rabbitmq"]).with_exposed_ports(15672)
        postgres = PostgresContainer(IMAGES["postgres"], username="postgres", driver=None)
        postgres.with_command("postgres -c max_connections=300")
        for container in (rabbitmq, postgres):
            container.with_kwargs(labels=marked(FOLDER))
        stack.enter_context(rabbitmq)
        stack.enter_context(postgres)
        login = f"{rabbitmq.username}:{rabbitmq.password}@127.0.0.1"
        yield Servers(
            f"containers {IMAGES['postgres']} and {IMAGES['rabbitmq']}",
            postgres.get_connection_url(),
            f"amqp://{login}:{rabbitmq.get_exposed_port(5672)}/",
            f"http://{login}:{rabbitmq.get_exposed_port(15672)}",
        )


async def _sweep(amqp_url: str) -> None:
    """Delete every queue and exchange of Dymek's from a virtual host."""
    queues = [DEAD_QUEUE, *(queue for service in provision.SERVICES for queue in queues_of(service))]
    connection = await aio_pika.connect(amqp_url)
    async with connection:
        channel = await connection.channel()
        for queue in queues:
            await channel.queue_delete(queue.name)
        for exchange in EXCHANGES:
            await channel.exchange_delete(exchange)
