"""A run finds what an earlier one left behind, ends it for certain, and touches nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.processes import end_leftovers, leftovers, marked, only_run
from deploy.local.steps import Problem

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"
WILLING = "import time; print(flush=True); time.sleep(60)"


class Started:
    """Processes that say when they are up, and are gone after the test."""

    def __init__(self) -> None:
        self._all: list[subprocess.Popen[bytes]] = []

    def __call__(self, program: str, folder: Path) -> subprocess.Popen[bytes]:
        environment = {**os.environ, **marked(folder)}
        process = subprocess.Popen([sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE)
        self._all.append(process)
        assert process.stdout is not None
        process.stdout.readline()
        return process

    def end(self) -> None:
        for process in self._all:
            process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()


@pytest.fixture
def started() -> Iterator[Started]:
    processes = Started()
    yield processes
    processes.end()


def test_processes_of_an_earlier_run_are_found_and_ended(started: Started, tmp_path: Path) -> None:
    process = started(WILLING, tmp_path)
    assert leftovers(tmp_path) == [process.pid]

    assert end_leftovers(tmp_path) == 1

    assert process.wait(1) != 0
    assert leftovers(tmp_path) == []


def test_one_that_does_not_listen_is_killed(started: Started, tmp_path: Path) -> None:
    process = started(STUBBORN, tmp_path)
    begun = time.monotonic()

    end_leftovers(tmp_path, patience=0.3)

    assert process.wait(1) == -9
    assert time.monotonic() - begun < 5


def test_another_checkouts_processes_are_left_alone(started: Started, tmp_path: Path) -> None:
    process = started(WILLING, tmp_path / "another")

    assert end_leftovers(tmp_path) == 0
    assert process.poll() is None


def test_a_second_run_is_told_that_one_is_running(tmp_path: Path) -> None:
    with only_run(tmp_path, "in use"), pytest.raises(Problem, match="in use"), only_run(tmp_path, "in use"):
        pass


def test_the_lock_is_free_again_although_a_forked_child_lives_on(tmp_path: Path) -> None:
    with only_run(tmp_path, "in use"):
        alive, says_so = os.pipe()
        child = os.fork()
        if child == 0:
            os.write(says_so, b"!")
            time.sleep(60)
            os._exit(0)
        os.read(alive, 1)
        os.close(alive)
        os.close(says_so)
    try:
        with only_run(tmp_path, "in use"):
            pass
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)
