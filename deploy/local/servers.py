"""The private PostgreSQL and RabbitMQ of one folder: installed when missing, started together, ended for certain.

Data is kept in the folder between runs. When the runner is root, both servers run as the user `dymek`, who must be
able to enter the data's folder; where a checkout lies in a closed place such as /root, the data goes to
/var/lib/dymek instead and a link in the folder points there.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from deploy.local import packages
from deploy.local.postgres import Postgres
from deploy.local.processes import Account, end_leftovers, marked
from deploy.local.rabbitmq import RabbitMQ
from deploy.local.state import State
from deploy.local.steps import Problem, say

ELSEWHERE = Path("/var/lib/dymek")


class PrivateServers:
    """One PostgreSQL and one RabbitMQ under a folder. The caller holds the folder's lock (`only_run`)."""

    def __init__(self, folder: Path, *, management: bool = False) -> None:
        packages.ensure_servers()
        self._folder = folder
        ended = end_leftovers(folder)
        if ended:
            say(f"Ended {ended} processes that an earlier run had left behind.")
        account = Account.for_servers()
        data = _data_folder(folder, account)
        logs = folder / "log"
        logs.mkdir(exist_ok=True)
        self.state = State(folder)
        if self.state.is_new:
            _remove_data(data)
        broker_data = data / "rabbitmq"
        _owned(broker_data, account)
        mark = marked(folder)
        self.postgres = Postgres(data / "postgres", logs / "postgres.log", self.state, account, mark)
        self.rabbitmq = RabbitMQ(broker_data, logs / "rabbitmq.log", self.state, account, mark, management=management)

    def launch(self) -> None:
        """Start both at once; returns without waiting (each has its own `wait`)."""
        self.rabbitmq.start()
        self.postgres.start()

    def are_running(self) -> bool:
        """Whether both processes live."""
        return self.postgres.is_running() and self.rabbitmq.is_running()

    def stop(self) -> None:
        """Stop both, and whatever else carries this run's mark."""
        self.rabbitmq.stop()
        self.postgres.stop()
        end_leftovers(self._folder)


@contextlib.contextmanager
def running(folder: Path, *, management: bool = False) -> Iterator[PrivateServers]:
    """Servers that run for the length of the block."""
    servers = PrivateServers(folder, management=management)
    try:
        servers.launch()
        servers.postgres.wait()
        servers.rabbitmq.wait()
        yield servers
    finally:
        servers.stop()


def remove(folder: Path) -> None:
    """End leftovers and remove the folder with its data, wherever the data lies."""
    end_leftovers(folder)
    if os.geteuid() == 0:
        shutil.rmtree(_elsewhere(folder), ignore_errors=True)
    if folder.exists():
        shutil.rmtree(folder)


def _data_folder(folder: Path, account: Account | None) -> Path:
    """The folder for both servers' data, owned by whoever runs them."""
    data, link = folder / "data", folder / "data"
    if account is not None and not _can_enter(folder, account):
        data = _elsewhere(folder)
        if not link.is_symlink():
            if link.exists():
                raise Problem(
                    f"the user 'dymek' cannot enter {folder}, where data lies already; run 'make clean' first."
                )
            link.symlink_to(data)
            say(f"The servers' user 'dymek' cannot enter {folder}, so their data goes to {data}.")
    _owned(data, account)
    return data


def _can_enter(folder: Path, account: Account) -> bool:
    probe = ["test", "-x", str(folder)]
    done = subprocess.run(
        probe, check=False, user=account.uid, group=account.gid, extra_groups=[], cwd="/", capture_output=True
    )
    return done.returncode == 0


def _elsewhere(folder: Path) -> Path:
    return ELSEWHERE / hashlib.sha256(str(folder).encode()).hexdigest()[:12]


def _owned(folder: Path, account: Account | None) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if account is None:
        if folder.stat().st_uid != os.geteuid():
            raise PermissionError(13, "belongs to another user", str(folder))
        return
    if folder.parent == ELSEWHERE:
        ELSEWHERE.chmod(0o755)
    os.chown(folder, account.uid, account.gid)


def _remove_data(data: Path) -> None:
    """Data without the state that holds its passwords is of no use: a first start that was cut short left it."""
    for entry in data.iterdir():
        shutil.rmtree(entry)
