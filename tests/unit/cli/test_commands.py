"""What the operator's commands say when something is missing, and how they read answers."""

from pathlib import Path
from uuid import UUID

import httpx
import pytest
from typer.testing import CliRunner

from contracts.reads import Topic
from services.cli import settings
from services.cli.agents import choose_topics
from services.cli.app import app
from services.cli.health import complaint_of, lag_of
from services.cli.outcome import Failed, show_table

SALES = Topic(id=UUID(int=1), name="Sprzedaż")
SUPPORT = Topic(id=UUID(int=2), name="Wsparcie techniczne")


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No settings in the environment, and a folder of its own without a local run's file."""
    for name in settings.CliSettings.model_fields:
        monkeypatch.delenv(f"DYMEK_CLI_{name.upper()}", raising=False)
    monkeypatch.delenv("DYMEK_CLI_ENV_FILE", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "command",
    [
        "",
        "agents",
        "agents add",
        "topics",
        "topics list",
        "dead",
        "dead list",
        "dead show",
        "dead replay",
        "queues",
        "lag",
    ],
)
def test_every_command_says_what_it_is_for(command: str) -> None:
    result = CliRunner().invoke(app, [*command.split(), "--help"])
    assert result.exit_code == 0
    assert "Usage:" in result.stdout
    assert len(result.stdout.split()) > 20


@pytest.mark.parametrize(
    "command", [("queues",), ("lag",), ("topics", "list"), ("dead", "list"), ("dead", "replay", "--all")]
)
def test_missing_settings_are_named_in_one_sentence(command: tuple[str, ...]) -> None:
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == (
        "DYMEK_CLI_AMQP_URL and DYMEK_CLI_SERVICE_TOKEN must be set, in the environment or in var/run/dymek.env, "
        "which `make run` writes.\n"
    )


def test_a_wrong_setting_is_named_without_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DYMEK_CLI_AMQP_URL", "user:secret@host")
    monkeypatch.setenv("DYMEK_CLI_SERVICE_TOKEN", "token")
    with pytest.raises(Failed, match="DYMEK_CLI_AMQP_URL: this is no address") as failed:
        settings.load()
    assert "secret" not in str(failed.value)


def test_settings_come_from_a_local_runs_file_and_the_environment_wins(
    nothing_set: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = nothing_set / settings.ENV_FILE
    file.parent.mkdir(parents=True)
    file.write_text(
        "DYMEK_CLI_AMQP_URL=amqp://a:b@127.0.0.1:5672/dymek\n"
        "DYMEK_CLI_SERVICE_TOKEN=from-file\n"
        "DYMEK_CLI_GATEWAY_URL=http://127.0.0.1:1\n"
    )
    monkeypatch.setenv("DYMEK_CLI_GATEWAY_URL", "http://127.0.0.1:2")
    known = settings.load()
    assert known.service_token.get_secret_value() == "from-file"
    assert known.services()["gateway"] == "http://127.0.0.1:2"


def test_topics_are_chosen_by_name_or_id_whatever_the_case() -> None:
    chosen = choose_topics(["sprzedaż", str(SUPPORT.id), "SPRZEDAŻ"], (SALES, SUPPORT))
    assert chosen == (SALES.id, SUPPORT.id)


def test_an_unknown_topic_is_answered_with_those_there_are() -> None:
    with pytest.raises(Failed, match=r"no topic called Zwroty; there are: Sprzedaż, Wsparcie techniczne\."):
        choose_topics(["Zwroty"], (SALES, SUPPORT))


def test_replaying_needs_ids_or_all_and_not_both() -> None:
    for arguments in ([], ["some-id", "--all"]):
        result = CliRunner().invoke(app, ["dead", "replay", *arguments])
        assert result.exit_code == 1
        assert result.stderr == "Name the letters to send again, or say --all.\n"


def test_the_lag_is_read_from_a_services_metrics() -> None:
    text = "# TYPE dymek_outbox_lag_seconds gauge\ndymek_outbox_lag_seconds 1.5\nother_total 3\n"
    assert lag_of(text) == 1.5
    assert lag_of("other_total 3\n") is None
    assert lag_of("<html>not metrics</html>") is None


def test_why_a_service_is_not_ready_is_said_in_its_own_words() -> None:
    checks = {"database": "ok", "queues": "queue tickets.commands has no consumer"}
    answer = httpx.Response(503, json={"ready": False, "checks": checks})
    assert complaint_of(answer) == "queues: queue tickets.commands has no consumer"
    assert complaint_of(httpx.Response(502, text="Bad Gateway")) == "not ready (HTTP 502)"


def test_names_from_outside_cannot_draw_on_the_operators_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    show_table(("Name",), [("[red]\x1b[2Jżółw\n",)])
    printed = capsys.readouterr().out
    assert "[red]\ufffd[2Jżółw\ufffd" in printed
    assert "\x1b" not in printed
