"""`dymek topics`: the queues that visitors choose from."""

import typer

from contracts.reads import Topic, Topics
from services.cli import settings
from services.cli.internal import asking
from services.cli.outcome import run, say, show_table

app = typer.Typer(help="The queues that visitors choose from.", no_args_is_help=True)


@app.command("list")
def list_topics() -> None:
    """List the topics, and after how long an unanswered offer passes to the next agent."""
    found = run(_read())
    if not found:
        say("There are no topics.")
        return
    show_table(("Topic", "Passes on after (s)", "Id"), [(t.name, t.offer_seconds, t.id) for t in found])


async def _read() -> tuple[Topic, ...]:
    return await read_topics(settings.load())


async def read_topics(known: settings.CliSettings) -> tuple[Topic, ...]:
    """Every topic, from the router."""
    async with asking(known, "router") as client:
        return (await client.get("/internal/topics", Topics)).topics
