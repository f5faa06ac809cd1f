"""`dymek dead`: messages that failed for good. They are kept until somebody sends them again.

What a message says is never shown: it may be what a visitor wrote.
"""

from typing import Annotated

import typer

from services.chassis.dead_letters import DeadLetter, Replayed, list_dead, replay_dead
from services.cli import settings
from services.cli.outcome import Failed, fail, run, say, show_table

ALL = 10_000

app = typer.Typer(help="Messages that failed for good: look at them, send them again.", no_args_is_help=True)


@app.command("list")
def list_letters(
    limit: Annotated[
        int, typer.Option("--limit", metavar="NUMBER", help="How many at the most, the oldest first.", min=1, max=ALL)
    ] = 50,
) -> None:
    """List dead letters, the oldest first."""
    letters = run(_letters(limit))
    if not letters:
        say("There are no dead letters.")
        return
    columns = ("Id", "Type", "Failed in", "Why", "When")
    show_table(columns, [(one.id, one.type, one.queue, one.reason, _when(one)) for one in letters])


@app.command()
def show(letter_id: Annotated[str, typer.Argument(metavar="ID", help="The id that `dymek dead list` shows.")]) -> None:
    """Show all that is known of one dead letter, except what it says."""
    letter = run(_letter(letter_id))
    facts = [
        ("Id", letter.id),
        ("Type", letter.type),
        ("Failed in", letter.queue),
        ("Why", letter.reason),
        ("When", _when(letter)),
        ("Deaths", letter.deaths),
        ("Sent to", f"{letter.exchange}, {letter.routing_key}" if letter.routing_key else "unknown"),
        ("Bytes", letter.size),
        ("Correlation", letter.correlation_id),
    ]
    show_table(("", ""), [(name, str(value)) for name, value in facts])


@app.command()
def replay(
    letter_ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="The ids that `dymek dead list` shows.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Send every letter that is there now.")] = False,
) -> None:
    """Send dead letters once more to where they first went.

    Safe to repeat: a service that has already handled a message ignores it.

    A letter leaves the dead ones only after the broker has taken it again.
    """
    if bool(letter_ids) == every:
        fail("Name the letters to send again, or say --all.")
    done = run(_replay(None if every else letter_ids))
    say(f"{len(done.sent)} sent again.")
    complaints = []
    if done.unroutable:
        complaints.append(f"No queue takes these, they stay: {', '.join(done.unroutable)}.")
    if done.missing:
        complaints.append(f"Not among the dead letters: {', '.join(done.missing)}.")
    if complaints:
        fail(" ".join(complaints))


def _when(letter: DeadLetter) -> str:
    return letter.died_at.astimezone().strftime("%Y-%m-%d %H:%M:%S") if letter.died_at else "unknown"


async def _letters(limit: int) -> list[DeadLetter]:
    return await list_dead(settings.load().amqp_url.get_secret_value(), limit)


async def _letter(letter_id: str) -> DeadLetter:
    for letter in await _letters(ALL):
        if letter.id == letter_id:
            return letter
    raise Failed(f"There is no dead letter {letter_id}.")


async def _replay(letter_ids: list[str] | None) -> Replayed:
    return await replay_dead(settings.load().amqp_url.get_secret_value(), letter_ids)
