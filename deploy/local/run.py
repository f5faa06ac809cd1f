"""`make run`: private servers, the five services and the demo under honcho, until Ctrl-C.

    python -m deploy.local.run      in the environment that deploy.local.install made

The order: PostgreSQL, migrations, then everything else beside the broker's start; the process `demo` waits until all
are ready, loads the demo data and says where to look. However this ends, nothing it started stays behind; what a
killed run left is ended by the next one.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from types import FrameType

from honcho.manager import Manager
from honcho.printer import Printer

from deploy.local.environment import MIGRATE, Installation
from deploy.local.processes import end_leftovers, is_free, marked, only_run
from deploy.local.provision import SERVICES, make_database
from deploy.local.servers import PrivateServers
from deploy.local.state import write_private
from deploy.local.steps import ROOT, Problem, main_or_problem, say

FOLDER = ROOT / "var" / "run"
"""Data, logs and secrets of `make run`."""


def main() -> int:
    port = public_port()
    busy = "it is running already in this checkout; use that one, or stop it with Ctrl-C in its terminal."
    with _stop_signals(), only_run(FOLDER, busy):
        end_leftovers(FOLDER)
        if not is_free(port):
            raise Problem(f"port {port} is taken by another program; choose another: 'DYMEK_PORT={port + 1} make run'.")
        servers = PrivateServers(FOLDER)
        try:
            return _run(servers, port)
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            say("Stopping the servers ...")
            servers.stop()
            say("Everything is stopped; the data stays in var/run.")


def _run(servers: PrivateServers, port: int) -> int:
    say("Starting PostgreSQL and RabbitMQ ...")
    servers.launch()
    servers.postgres.wait()
    installation = _installation(servers, port)
    _migrate(installation)
    if servers.rabbitmq.is_new:
        servers.rabbitmq.wait()
    cli = installation.cli_environment()
    write_private(FOLDER / "dymek.env", "".join(f"{name}={value}\n" for name, value in cli.items()))

    manager = Manager(Printer(sys.stdout))
    for service in SERVICES:
        command = (sys.executable, "-m", "deploy.local.launch", service, str(servers.rabbitmq.port))
        _add(manager, service, command, installation.environment(service))
    _add(manager, "mail", _catcher_command(installation), {**os.environ, **installation.extra})
    _add(manager, "demo", (sys.executable, "-m", "deploy.demo"), _demo_environment(installation))
    with _servers_watched(servers):
        manager.loop()
    stopped_by_signal = manager.returncode in (128 + signal.SIGINT, 128 + signal.SIGTERM)
    return 0 if stopped_by_signal else 1


def _installation(servers: PrivateServers, port: int) -> Installation:
    state = servers.state
    passwords = {service: state.secret(f"database-{service}") for service in SERVICES}
    ports = {service: state.port(service) for service in (*SERVICES, "demo", "smtp", "mail")}
    return Installation(
        amqp_url=servers.rabbitmq.url(),
        database_urls=asyncio.run(make_database(servers.postgres.url, "dymek", passwords)),
        ports={**ports, "gateway": port},
        service_token=state.secret("service-token"),
        extra=marked(FOLDER),
    )


def _migrate(installation: Installation) -> None:
    done = subprocess.run(
        MIGRATE, cwd=ROOT, env=installation.migration_environment(), check=False, capture_output=True, text=True
    )
    if done.returncode != 0:
        print(done.stdout + done.stderr, file=sys.stderr, flush=True)
        raise Problem("the database could not be brought up to date; the lines above say why.")


def _catcher_command(installation: Installation) -> tuple[str, ...]:
    ports = (str(installation.ports[name]) for name in ("smtp", "mail"))
    return (sys.executable, "-m", "deploy.local.mail", *ports, str(FOLDER / "mail"))


def _demo_environment(installation: Installation) -> dict[str, str]:
    return {**os.environ, **installation.as_setting(), **installation.extra}


def _add(manager: Manager, name: str, command: tuple[str, ...], environment: dict[str, str]) -> None:
    # exec: the shell that honcho starts must not stand between it and the process it signals.
    manager.add_process(name, f"exec {shlex.join(command)}", env=environment, cwd=str(ROOT))


def public_port() -> int:
    """The port people open in their browsers, from DYMEK_PORT. Raises Problem when it is none."""
    value = os.environ.get("DYMEK_PORT", "8080")
    if not value.isdigit() or not 1 <= int(value) <= 65535:
        raise Problem(f"DYMEK_PORT is '{value}', but a port is a number from 1 to 65535.")
    return int(value)


@contextlib.contextmanager
def _stop_signals() -> Iterator[None]:
    """Let Ctrl-C, SIGTERM and a closed terminal all end the run, even where a shell started it with SIGINT ignored."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    yield


@contextlib.contextmanager
def _servers_watched(servers: PrivateServers) -> Iterator[None]:
    """End the run in one sentence when PostgreSQL or RabbitMQ ends by itself."""
    runner = os.getpid()

    def child_ended(number: int, frame: FrameType | None) -> None:
        if os.getpid() == runner and not servers.are_running():
            raise Problem(f"PostgreSQL or RabbitMQ has ended by itself; the logs in {FOLDER / 'log'} say why.")

    signal.signal(signal.SIGCHLD, child_ended)
    try:
        yield
    finally:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)


if __name__ == "__main__":
    main_or_problem(main)
