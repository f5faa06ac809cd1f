"""A private RabbitMQ: its own data, node name, cookie and epmd, everything on 127.0.0.1.

epmd, Erlang's name service, is started here as a child on a port of its own: two brokers that shared one, or the
machine's, could meet, and the one that a broker starts by itself outlives it.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from deploy.local import packages
from deploy.local.processes import Account, is_free, start
from deploy.local.state import State
from deploy.local.steps import ROOT, Problem

USER = VHOST = "dymek"
POLICIES = ROOT / "deploy" / "rabbitmq" / "policies.json"
_ONLY_HERE = "-kernel inet_dist_use_interface {127,0,0,1}"
_RABBIT = """
{rabbit, [
    {tcp_listeners, [{"127.0.0.1", %(port)d}]},
    {load_definitions, "%(definitions)s"},
    {log, [{file, [{file, false}]}, {console, [{enabled, true}, {level, warning}]}]}
]}"""
_MANAGEMENT = """
{rabbitmq_management, [{tcp_config, [{ip, "127.0.0.1"}, {port, %(port)d}]}]},
{rabbitmq_management_agent, [{disable_metrics_collector, true}]}
"""


class RabbitMQ:
    """Starts and stops one broker with the virtual host `dymek` and the queues' limits; its HTTP API is optional."""

    def __init__(
        self, data: Path, log: Path, state: State, account: Account | None, mark: dict[str, str], *, management: bool
    ) -> None:
        self._data, self._log, self._account, self._management = data, log, account, management
        self._password, self._cookie = state.secret("rabbitmq"), state.secret("erlang-cookie")
        self.port, self._dist_port, self._epmd_port = (state.port(name) for name in ("amqp", "erlang", "epmd"))
        self.management_port = state.port("management") if management else None
        self._environment = {
            "PATH": "/usr/sbin:/usr/bin:/bin",
            "LC_ALL": "C.UTF-8",
            "HOME": str(data),
            "RABBITMQ_NODENAME": f"dymek_{state.secret('node')[:8]}@localhost",
            "RABBITMQ_DIST_PORT": str(self._dist_port),
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "RABBITMQ_CONFIG_FILE": str(data / "rabbitmq.config"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(data / "enabled_plugins"),
            "RABBITMQ_MNESIA_BASE": str(data / "nodes"),
            "RABBITMQ_LOG_BASE": str(data / "log"),
            "RABBITMQ_PID_FILE": str(data / "pid"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": _ONLY_HERE,
            "RABBITMQ_CTL_ERL_ARGS": _ONLY_HERE,
            "ERL_EPMD_PORT": str(self._epmd_port),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            **mark,
        }
        self._epmd: subprocess.Popen[bytes] | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, vhost: str = VHOST) -> str:
        """AMQP URL of a virtual host."""
        return f"amqp://{USER}:{self._password}@127.0.0.1:{self.port}/{vhost}"

    @property
    def management_url(self) -> str | None:
        """The HTTP API with its credentials, or None when it is switched off."""
        if self.management_port is None:
            return None
        return f"http://{USER}:{self._password}@127.0.0.1:{self.management_port}"

    @property
    def is_new(self) -> bool:
        """Whether no start has got to its end yet; `wait` notes when one does."""
        return not (self._data / "complete").exists()

    def start(self) -> None:
        """Start epmd and the broker; returns without waiting. A first start that was cut short is started anew."""
        if self.is_new:
            shutil.rmtree(self._data / "nodes", ignore_errors=True)
        self._write_settings()
        (self._data / "pid").unlink(missing_ok=True)
        epmd = [shutil.which("epmd") or "/usr/bin/epmd", "-port", str(self._epmd_port), "-address", "127.0.0.1"]
        self._epmd = self._launch(epmd)
        self._process = self._launch([str(packages.RABBITMQ_PROGRAMS / "rabbitmq-server")])

    def wait(self, patience: float = 90.0) -> None:
        """Return once the broker answers AMQP (it listens last). Raises Problem when it ends or takes too long."""
        begun = time.monotonic()
        while not self._answers():
            if not self.is_running() or time.monotonic() - begun > patience:
                raise Problem(f"RabbitMQ did not start; {self._log} says why.")
            time.sleep(0.1)
        (self._data / "complete").touch()

    def is_running(self) -> bool:
        """Whether the broker's process lives."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """Stop the broker in order, then its epmd."""
        for process, patience in ((self._process, 30.0), (self._epmd, 3.0)):
            if process is None:
                continue
            for number in (signal.SIGTERM, signal.SIGKILL):
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, number)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(patience)
                    break

    def crash(self) -> None:
        """SIGKILL, as a power cut: `start` then goes on with what is on the disk. Returns when all of it is gone."""
        for process in (self._process, self._epmd):
            if process is not None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait(20)
        while not all(map(is_free, (self.port, self._dist_port, self._epmd_port))):
            time.sleep(0.02)  # the kernel is still taking the broker apart

    def _launch(self, command: list[str]) -> subprocess.Popen[bytes]:
        return start(command, env=self._environment, cwd=self._data, log=self._log, account=self._account)

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=2) as connection:
                connection.sendall(b"AMQP\x00\x00\x09\x01")
                return connection.recv(1) == b"\x01"  # the method frame Connection.Start
        except OSError:
            return False

    def _write_settings(self) -> None:
        """Settings as Erlang terms: the broker spends seconds of every start on translating the other format."""
        applications = [
            _RABBIT % {"port": self.port, "definitions": self._data / "definitions.json"},
            _MANAGEMENT % {"port": self.management_port or 0},
        ]
        self._write("rabbitmq.config", f"[{','.join(applications)}].\n", 0o600)
        self._write("definitions.json", json.dumps(self._definitions()), 0o600)
        self._write("enabled_plugins", "[rabbitmq_management].\n" if self._management else "[].\n", 0o600)
        self._write(".erlang.cookie", self._cookie, 0o400)

    def _definitions(self) -> dict[str, object]:
        """User, virtual host and queue limits, imported at every start."""
        everything = {"configure": ".*", "write": ".*", "read": ".*"}
        policies = [{**policy, "vhost": VHOST} for policy in json.loads(POLICIES.read_text())]
        return {
            "users": [{"name": USER, "password": self._password, "tags": "administrator"}],
            "vhosts": [{"name": VHOST}],
            "permissions": [{"user": USER, "vhost": VHOST, **everything}],
            "policies": policies,
        }

    def _write(self, name: str, text: str, mode: int) -> None:
        path = self._data / name
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as file:
            file.write(text)
        if self._account is not None:
            os.chown(path, self._account.uid, self._account.gid)
