"""Installing is asked of whoever can; where nobody can, one sentence says what is missing and who should do what."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from deploy.local import packages
from deploy.local.run import public_port
from deploy.local.steps import Problem


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    return monkeypatch


def _which(*present: str) -> object:
    return lambda name: f"/usr/bin/{name}" if name in present else None


def test_without_apt_it_says_to_install_by_hand(without: pytest.MonkeyPatch) -> None:
    without.setattr(shutil, "which", _which())

    with pytest.raises(Problem, match=r"^postgresql is missing and this system has no apt-get"):
        packages.ensure(["postgresql"])


def test_without_sudo_it_says_what_an_administrator_should_run(without: pytest.MonkeyPatch) -> None:
    without.setattr(shutil, "which", _which("apt-get"))

    with pytest.raises(Problem, match=r"there is no sudo here; have an administrator run 'apt-get install postgresql"):
        packages.ensure(["postgresql", "rabbitmq-server"])


def test_sudo_that_needs_a_password_nobody_can_type_is_one_sentence(without: pytest.MonkeyPatch) -> None:
    without.setattr(shutil, "which", _which("apt-get", "sudo"))
    without.setattr(subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 1))
    without.setattr(sys.stdin, "isatty", lambda: False, raising=False)

    with pytest.raises(Problem, match="sudo asks for a password that nobody can type here"):
        packages.ensure(["postgresql"])


def test_nothing_missing_asks_nobody(without: pytest.MonkeyPatch) -> None:
    without.setattr(shutil, "which", _which())

    packages.ensure([])


@pytest.mark.parametrize("value", ["", "http", "-1", "0", "70000"])
def test_a_port_that_is_none_is_one_sentence(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("DYMEK_PORT", value)

    with pytest.raises(Problem, match="a port is a number from 1 to 65535"):
        public_port()
