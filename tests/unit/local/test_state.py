"""What a local run remembers: the same secrets and ports at every start, unless a port has been taken meanwhile."""

from __future__ import annotations

import json
import socket
import stat
from pathlib import Path

import pytest

from deploy.local.state import State
from deploy.local.steps import Problem


def test_secrets_and_ports_are_kept_between_runs(tmp_path: Path) -> None:
    first = State(tmp_path)
    secret, port = first.secret("token"), first.port("amqp")

    second = State(tmp_path)

    assert (second.secret("token"), second.port("amqp")) == (secret, port)


def test_only_the_owner_may_read_them(tmp_path: Path) -> None:
    State(tmp_path).secret("token")

    assert stat.S_IMODE((tmp_path / "state.json").stat().st_mode) == 0o600


def test_a_port_that_is_taken_meanwhile_is_replaced(tmp_path: Path) -> None:
    port = State(tmp_path).port("amqp")
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()

        assert State(tmp_path).port("amqp") != port


def test_two_names_never_share_a_port(tmp_path: Path) -> None:
    (tmp_path / "state.json").write_text(json.dumps({"secrets": {}, "ports": {"amqp": 25000, "epmd": 25000}}))
    state = State(tmp_path)

    assert state.port("amqp") != state.port("epmd")


def test_a_damaged_file_is_one_sentence_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "state.json").write_text('{"secrets": {')

    with pytest.raises(Problem, match="run 'make clean' and start again"):
        State(tmp_path)
