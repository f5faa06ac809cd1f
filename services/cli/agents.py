"""`dymek agents`: the people who answer."""

import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

import typer
from pydantic import ValidationError

from contracts.public import NewAgent
from contracts.reads import Topic
from services.cli import settings
from services.cli.internal import asking
from services.cli.outcome import Failed, run, say
from services.cli.topics import read_topics

app = typer.Typer(help="The people who answer.", no_args_is_help=True)


class Role(StrEnum):
    """The roles of contracts.conversation.AgentRole, as words on the command line."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


@app.command()
def add(
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="The address the agent signs in with.")],
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="The name visitors see.")],
    topic: Annotated[
        list[str],
        typer.Option("--topic", metavar="TOPIC", help="A topic the agent answers, by name or id; may be repeated."),
    ],
    capacity: Annotated[
        int | None,
        typer.Option(
            "--capacity", metavar="NUMBER", help="Chats at once; without it the global number.", min=1, max=100
        ),
    ] = None,
    role: Annotated[
        Role, typer.Option("--role", help="A supervisor sees every chat; an administrator also changes settings.")
    ] = Role.AGENT,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input instead of asking.")
    ] = False,
) -> None:
    """Make an agent's account, or change the one with this address.

    The password is asked for, so that it stays out of the shell's history and the process list.
    """
    password = _password(from_stdin=password_stdin)
    fields = {"email": email, "name": name, "capacity": capacity, "role": role.value, "password": password}
    added = run(_add(fields, topic))
    say(f"{added.name} can sign in as {added.email}{'' if role is Role.AGENT else f', {role.value}'}.")


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    answer: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return answer


async def _add(fields: dict[str, Any], wanted: list[str]) -> NewAgent:
    known = settings.load()
    topic_ids = choose_topics(wanted, await read_topics(known))
    try:
        agent = NewAgent(topic_ids=topic_ids, **fields)
    except ValidationError as error:
        faults = "; ".join(f"{fault['loc'][0]}: {fault['msg']}" for fault in error.errors(include_input=False))
        raise Failed(f"{faults}.") from None
    async with asking(known, "gateway") as client:
        await client.post("/internal/agents", agent)
    return agent


def choose_topics(wanted: list[str], topics: Sequence[Topic]) -> tuple[UUID, ...]:
    """The ids of the topics called so, by name (whatever the case) or id. Raises Failed for an unknown one."""
    by_word = {word: topic.id for topic in topics for word in (topic.name.casefold(), str(topic.id))}
    unknown = [word for word in wanted if word.strip().casefold() not in by_word]
    if unknown:
        there = ", ".join(topic.name for topic in topics) or "none"
        raise Failed(f"There is no topic called {', '.join(unknown)}; there are: {there}.")
    return tuple(dict.fromkeys(by_word[word.strip().casefold()] for word in wanted))
