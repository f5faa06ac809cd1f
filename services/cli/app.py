"""`dymek`, put together: commands by what they are about.

Every failure an operator can meet is one sentence on standard error and exit code 1 (outcome.py).
"""

import logging
import sys
import traceback

import typer

from services.cli import agents, dead, settings, topics
from services.cli.health import ServiceHealth, services_health
from services.cli.messaging import QueueState, queue_states
from services.cli.outcome import fail, run, show_table

app = typer.Typer(
    help="Look after a Dymek installation.",
    epilog=f"Settings: environment variables {settings.PREFIX}..., else the file {settings.ENV_FILE} of a local run.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(agents.app, name="agents")
app.add_typer(topics.app, name="topics")
app.add_typer(dead.app, name="dead")


@app.command()
def queues() -> None:
    """Show how many messages wait in each queue and who consumes it.

    Exit code 1 when a queue is missing or nobody consumes it.
    """
    states = run(_queues())
    show_table(
        ("Queue", "Waiting", "Consumers"), [(q.name, _or(q.waiting, "missing"), _or(q.consumers, "")) for q in states]
    )
    missing = [q.name for q in states if q.waiting is None]
    idle = [q.name for q in states[:-1] if q.consumers == 0]  # the last one, the dead letters, waits for operators
    if missing:
        fail("Some queues are missing; every service makes them when it starts.")
    if idle:
        fail(f"Nobody consumes {', '.join(idle)}.")


@app.command()
def lag() -> None:
    """Show whether each service is ready and how far its outbox is behind.

    The lag is the age in seconds of the oldest message that is stored but not yet taken by the broker.
    Exit code 1 when a service is not ready.
    """
    found = run(_lag())
    columns = ("Service", "Lag (s)", "Ready", "Why not")
    show_table(columns, [(s.service, _or(s.lag, "?"), "yes" if s.ready else "no", s.complaint) for s in found])
    waiting = [s.service for s in found if not s.ready]
    if waiting:
        fail(f"Not ready: {', '.join(waiting)}.")


def _or(value: float | None, otherwise: str) -> float | str:
    return otherwise if value is None else value


async def _queues() -> list[QueueState]:
    return await queue_states(settings.load().amqp_url.get_secret_value())


async def _lag() -> list[ServiceHealth]:
    known = settings.load()
    return await services_health(known.services(), known.service_token.get_secret_value())


def main() -> None:
    """The entry point of `dymek`."""
    logging.getLogger().addHandler(logging.NullHandler())  # commands say what matters of libraries' complaints
    try:
        app(prog_name="dymek")
    except Exception as error:
        # Where and what, but not the error's own words: they may hold an address with its password.
        *_, innermost = traceback.extract_tb(error.__traceback__)
        sys.exit(f"{type(error).__name__} in {innermost.filename}, line {innermost.lineno}: please report this.")
