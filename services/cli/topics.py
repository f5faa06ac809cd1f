"""`dymek topics`: the queues that visitors choose from."""

import typer

from contracts.reads import Topics, TopicView
from services.cli import settings
from services.cli.internal import asking
from services.cli.outcome import run, say, show_table

app = typer.Typer(help="The queues that visitors choose from.", no_args_is_help=True)


@app.command("list")
def list_topics() -> None:
    """List the topics, whether each is open and somebody is on, and after how long an unanswered offer passes on."""
    found = run(_read())
    if not found:
        say("There are no topics.")
        return
    columns = ("Topic", "Open", "Staffed", "Passes on after (s)", "Id")
    show_table(columns, [(t.name, _yes(t.open), _yes(t.staffed), t.offer_seconds, t.id) for t in found])


def _yes(fact: bool) -> str:
    return "yes" if fact else "no"


async def _read() -> tuple[TopicView, ...]:
    return await read_topics(settings.load())


async def read_topics(known: settings.CliSettings) -> tuple[TopicView, ...]:
    """Every topic, from the router."""
    async with asking(known, "router") as client:
        return (await client.get("/internal/topics", Topics)).topics
