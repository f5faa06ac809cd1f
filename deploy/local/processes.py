"""Processes of one run: marked, found again and ended for certain.

Every process of a run carries the run's folder in its environment (`DYMEK_RUN_FOLDER`), and so do all its
descendants. Therefore leftovers of a run that was killed are recognised without trusting pid files, and no process
of anybody else, another checkout's run included, is ever signalled. One run at a time holds the folder's lock; the
kernel lets go of it when its holder dies, however that happens.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pwd
import random
import signal
import socket
import subprocess
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from deploy.local.steps import Problem

MARK = "DYMEK_RUN_FOLDER"
ACCOUNT = "dymek"
PORTS = range(20_000, 30_000)  # below the kernel's ephemeral ports, which outgoing connections take at any moment


@dataclass(frozen=True)
class Account:
    """The unprivileged user that owns servers when the runner itself is root (both servers refuse root)."""

    uid: int
    gid: int

    @staticmethod
    def for_servers() -> Account | None:
        """None when this process is unprivileged already; otherwise the account `dymek`, created if missing."""
        if os.geteuid() != 0:
            return None
        try:
            entry = pwd.getpwnam(ACCOUNT)
        except KeyError:
            command = [
                "useradd",
                "--system",
                "--user-group",
                "--no-create-home",
                "--shell",
                "/usr/sbin/nologin",
                ACCOUNT,
            ]
            made = subprocess.run(command, check=False, capture_output=True, text=True)
            if made.returncode not in (0, 9):  # 9: another run has just created it
                raise Problem(
                    f"cannot create the user '{ACCOUNT}' that the servers run as: {made.stderr.strip()}"
                ) from None
            entry = pwd.getpwnam(ACCOUNT)
        if entry.pw_uid == 0:
            raise Problem(f"the user '{ACCOUNT}' is root here, and the servers refuse root; remove or rename it.")
        return Account(entry.pw_uid, entry.pw_gid)


@contextlib.contextmanager
def only_run(folder: Path, busy: str) -> Iterator[None]:
    """Hold the folder's lock; Problem(busy) when another living process holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Problem(busy) from None
        # A forked child would share the lock and keep it when this process is killed.
        os.register_at_fork(after_in_child=lock.close)
        yield


def marked(folder: Path) -> dict[str, str]:
    """The environment variable that marks a process and its descendants as belonging to this run."""
    return {MARK: str(folder)}


def leftovers(folder: Path) -> list[int]:
    """Pids of living processes that carry this run's mark, except the calling process."""
    mark = f"{MARK}={folder}".encode()
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        with contextlib.suppress(OSError):
            if mark in (entry / "environ").read_bytes().split(b"\0"):
                found.append(int(entry.name))
    return found


def end_leftovers(folder: Path, patience: float = 10.0) -> int:
    """End every marked process: first asked, then, when patience (seconds) is over, killed. Returns how many."""
    found = leftovers(folder)
    _signal(found, signal.SIGTERM)
    asked = time.monotonic()
    while (left := leftovers(folder)) and time.monotonic() - asked < patience:
        time.sleep(0.1)
    while left:
        _signal(left, signal.SIGKILL)
        time.sleep(0.05)
        left = leftovers(folder)
    return len(found)


def _signal(pids: Iterable[int], number: int) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def start(
    command: list[str], *, env: dict[str, str], cwd: Path, log: Path, account: Account | None
) -> subprocess.Popen[bytes]:
    """Start a server in a session of its own, so that Ctrl-C reaches the runner and not the server."""
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            env=env,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            user=None if account is None else account.uid,
            group=None if account is None else account.gid,
            extra_groups=None if account is None else [],
        )


def run_as(
    account: Account | None, command: list[str], *, env: dict[str, str] | None = None, cwd: Path = Path("/")
) -> str:
    """Run a short command as the servers' user and return its output; Problem with its last line when it fails."""
    done = subprocess.run(
        command,
        env=env,
        cwd=cwd,
        check=False,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        user=None if account is None else account.uid,
        group=None if account is None else account.gid,
        extra_groups=None if account is None else [],
    )
    if done.returncode != 0:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["no output"]
        raise Problem(f"{Path(command[0]).name} failed: {lines[-1]}")
    return done.stdout


def is_free(port: int) -> bool:
    """Whether a server could listen on 127.0.0.1:port right now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def free_port(taken: Iterable[int] = ()) -> int:
    """A free port on 127.0.0.1, none of those taken."""
    avoid = set(taken)
    for port in random.sample(PORTS, 500):
        if port not in avoid and is_free(port):
            return port
    raise Problem("no free port between 20000 and 29999 was found on 127.0.0.1; stop some servers and start again.")
