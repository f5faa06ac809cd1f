"""A private PostgreSQL: its own data folder, its own port on 127.0.0.1, no socket file, password only."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from deploy.local import packages
from deploy.local.processes import Account, run_as, start
from deploy.local.state import State
from deploy.local.steps import Problem


class Postgres:
    """Initialises, starts and stops one server. The superuser is `postgres`."""

    def __init__(self, data: Path, log: Path, state: State, account: Account | None, mark: dict[str, str]) -> None:
        self._data, self._log, self._account = data, log, account
        self._environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/", **mark}
        self._password = state.secret("postgres")
        self.port = state.port("postgres")
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The superuser's URL."""
        return f"postgresql://postgres:{self._password}@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start the server, making its data folder first when there is none; returns without waiting."""
        programs = self._programs()
        if not self._data.exists():
            self._initialise(programs)
        # Nobody else can be running on this folder: the run's lock is held and leftovers are ended. A lock file
        # that a killed server left would stop this one if its old pid meanwhile belongs to another program.
        (self._data / "postmaster.pid").unlink(missing_ok=True)
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",  # a socket's path would be too long in deep folders
            "max_connections": "300",
            "log_timezone": "UTC",
            "timezone": "UTC",
        }
        command = [str(programs / "postgres"), "-D", str(self._data), "-p", str(self.port)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        self._process = start(command, env=self._environment, cwd=self._data, log=self._log, account=self._account)

    def wait(self, patience: float = 60.0) -> None:
        """Return once the server accepts connections. Raises Problem when it ends or takes too long (seconds)."""
        probe = [str(self._programs() / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        begun = time.monotonic()
        while subprocess.run(probe, check=False, env=self._environment).returncode != 0:
            if not self.is_running() or time.monotonic() - begun > patience:
                raise Problem(f"PostgreSQL did not start; {self._log} says why.")
            time.sleep(0.05)

    def is_running(self) -> bool:
        """Whether the server's process lives."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """Stop the server: open transactions are rolled back, everything committed is on disk."""
        if self._process is None:
            return
        for number, patience in ((signal.SIGINT, 20.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
            if self._process.poll() is None:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(self._process.pid, number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(patience)
                return

    def crash(self) -> None:
        """Immediate shutdown without a checkpoint; `start` then recovers from the log. Returns when it is down."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(20)

    def _programs(self) -> Path:
        version = self._data / "PG_VERSION"
        major = int(version.read_text()) if version.exists() else None
        programs = packages.postgresql_programs(major)
        if programs is None:
            raise Problem(
                f"{self._data} was made by PostgreSQL {major}; install postgresql-{major}, or run 'make clean'."
            )
        return programs

    def _initialise(self, programs: Path) -> None:
        """Make the data folder under another name and rename it when complete, so that it is never half made."""
        draft = self._data.with_name(self._data.name + ".new")
        shutil.rmtree(draft, ignore_errors=True)
        with tempfile.NamedTemporaryFile("w", prefix="dymek-", dir="/tmp") as password:
            password.write(self._password)
            password.flush()
            if self._account is not None:
                os.chown(password.name, self._account.uid, self._account.gid)
            options = ["--username=postgres", f"--pwfile={password.name}", "--auth=scram-sha-256"]
            options += ["--encoding=UTF8", "--locale=C.UTF-8"]
            command = [str(programs / "initdb"), "-D", str(draft), *options]
            run_as(self._account, command, env=self._environment, cwd=draft.parent)
        draft.rename(self._data)
