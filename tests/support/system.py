"""The whole system as processes, for tests that drive it from outside: browsers, kills, load.

    async with System(amqp_url, database_urls, routers=2) as system:
        system.kill("router")            # SIGKILL, returns at once
        system.start("router")           # the same process again, returns at once
        await system.ready("router")
        await system.restart("gateway-2")

Processes are named after their service; further ones of a service are "router-2", "gateway-2" and so on. The first
gateway's address is `system.url`. Nothing here waits by time: `ready` asks /readyz. The kernel kills every process
when the thread that started it ends, so none outlives a test run, however that ends: start them in the main thread.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import signal
import subprocess
import time
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Self

import httpx

from deploy.demo.load import load_demo, origins
from deploy.local.environment import MIGRATE, Installation, service_command
from deploy.local.processes import free_port
from deploy.local.provision import SERVICES
from deploy.local.steps import ROOT

QUICK_PASSWORDS = {"DYMEK_GATEWAY_PASSWORD_MEMORY_KIB": "64"}
PATIENCE = 60.0
"""Seconds a process may take to become ready on a busy machine."""


class System:
    """Five services (or more processes of some) on free ports of 127.0.0.1, against given servers."""

    def __init__(
        self,
        amqp_url: str,
        database_urls: Mapping[str, str],
        *,
        name: str = "system",
        gateways: int = 1,
        routers: int = 1,
        demo: bool = True,
        only: Collection[str] = SERVICES,
        mail: int | None = None,
        extra: Mapping[str, str] | None = None,
    ) -> None:
        """`only`: the services that are started, with `demo=False` where some are not; `mail`: the port of the mail
        server that takes the system's mail; `extra`: settings for every process, e.g.
        `{"DYMEK_ROUTER_GATEWAY_LEASE_SECONDS": "5"}`.
        """
        processes: list[str] = list(SERVICES)
        processes += [f"gateway-{n}" for n in range(2, gateways + 1)]
        processes += [f"router-{n}" for n in range(2, routers + 1)]
        ports: dict[str, int] = {}
        for process in processes:
            ports[process] = free_port(ports.values())
        self._demo = demo
        self._ports = ports
        self._names = tuple(name for name in processes if _service_of(name) in only)
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self.logs = ROOT / "var" / "test" / "logs" / f"{name}-{secrets.token_hex(3)}"
        """One file per process."""
        self.installation = Installation(
            amqp_url=amqp_url,
            database_urls=dict(database_urls),
            ports=ports | ({} if mail is None else {"smtp": mail}),
            service_token=secrets.token_hex(16),
            log_format="json",
            extra={**QUICK_PASSWORDS, **(extra or {})},
        )

    @property
    def names(self) -> tuple[str, ...]:
        """All processes that were asked for."""
        return self._names

    @property
    def url(self) -> str:
        """The first gateway: /demo/, /console/, /api/..., WebSocket."""
        return self.installation.url("gateway")

    @property
    def gateway_urls(self) -> tuple[str, ...]:
        """Every gateway's address."""
        return tuple(self.url_of(name) for name in self._names if name.startswith("gateway"))

    @property
    def service_token(self) -> str:
        """What internal HTTP demands as bearer token."""
        return self.installation.service_token

    def url_of(self, name: str) -> str:
        """A process's own HTTP address: /healthz, /readyz, /metrics, /internal/..."""
        return self.installation.url(name)

    def log(self, name: str) -> Path:
        """A process's log; kept after the test."""
        return self.logs / f"{name}.log"

    async def __aenter__(self) -> Self:
        self.logs.mkdir(parents=True)
        try:
            self._migrate()
            for name in self._names:
                self.start(name)
            await self.ready()
            if self._demo:
                await load_demo(self.installation, sites=origins(*self.gateway_urls))
        except BaseException:
            await self.stop()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    def start(self, name: str) -> None:
        """Start a process that is not running; returns at once."""
        if self.is_running(name):
            raise RuntimeError(f"{name} is running already")
        service = _service_of(name)
        environment = self.installation.environment(service, port=self._ports[name])
        self._processes[name] = self._launch(service_command(service), environment, name)

    def is_running(self, name: str) -> bool:
        """Whether the process lives."""
        process = self._processes.get(name)
        return process is not None and process.poll() is None

    def pid(self, name: str) -> int:
        """The running process's id."""
        return self._processes[name].pid

    def kill(self, name: str) -> None:
        """SIGKILL: no chance to finish anything."""
        self._processes[name].kill()
        self._processes[name].wait()

    async def end(self, name: str, patience: float = 20.0) -> int:
        """SIGTERM, as a deploy does, and wait for the end. Returns the exit code."""
        self._processes[name].terminate()
        return await asyncio.to_thread(self._processes[name].wait, patience)

    async def restart(self, name: str) -> None:
        """Kill the process, start it again, wait until it is ready."""
        self.kill(name)
        self.start(name)
        await self.ready(name)

    async def ready(self, *names: str) -> None:
        """Return once these processes (all, when none is named) answer 200 at /readyz.

        Raises AssertionError with the log's last lines when one ends or takes longer than PATIENCE.
        """
        begun = time.monotonic()
        async with httpx.AsyncClient(timeout=5) as client:
            for name in names or self.names:
                last = "no answer"
                while True:
                    with contextlib.suppress(httpx.HTTPError):
                        answer = await client.get(f"{self.url_of(name)}/readyz")
                        if answer.status_code == httpx.codes.OK:
                            break
                        last = answer.text[:500]
                    if not self.is_running(name) or time.monotonic() - begun > PATIENCE:
                        raise AssertionError(f"{name} did not become ready ({last}); its log ends:\n{self.tail(name)}")
                    await asyncio.sleep(0.1)

    async def stop(self) -> None:
        """End every process, the gateways first; what does not go in time is killed."""
        for name in sorted(self._processes, key=lambda name: not name.startswith("gateway")):
            if self.is_running(name):
                self._processes[name].terminate()
        for process in self._processes.values():
            try:
                await asyncio.to_thread(process.wait, 15)
            except subprocess.TimeoutExpired:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def tail(self, name: str, lines: int = 30) -> str:
        """The last lines of a process's log."""
        return "\n".join(self.log(name).read_text(errors="replace").splitlines()[-lines:])

    def _migrate(self) -> None:
        process = self._launch(MIGRATE, self.installation.migration_environment(), "migrate")
        if process.wait(PATIENCE) != 0:
            raise AssertionError(f"migrations failed:\n{self.tail('migrate')}")

    def _launch(self, command: tuple[str, ...], environment: Mapping[str, str], name: str) -> subprocess.Popen[bytes]:
        with self.log(name).open("ab") as log:
            return subprocess.Popen(
                ("setpriv", "--pdeathsig", "KILL", *command),
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )


def _service_of(process: str) -> str:
    return process.split("-")[0]
