"""How a command ends: its result on standard output, or one sentence on standard error and exit code 1."""

import asyncio
import sys
from collections.abc import Coroutine, Sequence
from typing import Any, NoReturn, TypeVar

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from services.chassis.errors import Forbidden, InternalHttpError, Unavailable

T = TypeVar("T")
WIDE = 400
"""Columns when the output goes to another program, so that nothing is folded."""


class Failed(Exception):
    """A command cannot do its work; the message is a whole sentence for the operator."""


def run(work: Coroutine[Any, Any, T]) -> T:
    """The result of `work`; where it fails in a way that can be expected, one sentence and the end."""
    try:
        return asyncio.run(work)
    except Failed as failed:
        fail(str(failed))
    except Forbidden:
        fail("The service token is not the one the services were started with.")
    except InternalHttpError as refused:
        fail(refused.detail or f"The service refused it (HTTP {refused.status}).")
    except Unavailable as unavailable:
        sentence = str(unavailable)
        fail(f"{sentence[:1].upper()}{sentence[1:].rstrip('.?')}.")


def fail(sentence: str) -> NoReturn:
    """Say the sentence on standard error and end with exit code 1."""
    typer.echo(sentence, err=True)
    raise typer.Exit(1)


def say(sentence: str) -> None:
    """Say the sentence on standard output."""
    typer.echo(sentence)


def show_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under their columns; numbers to the right."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for n, column in enumerate(columns):
        numeric = bool(rows) and all(isinstance(row[n], (int, float)) for row in rows)
        table.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(_cell(value) for value in row))
    _console().print(table)


def _cell(value: object) -> Text:
    # As text, never as markup, and without control characters: names come from outside.
    plain = f"{value:.1f}" if isinstance(value, float) else str(value)
    return Text("".join(character if character.isprintable() else "\ufffd" for character in plain))


def _console() -> Console:
    return Console(width=None if sys.stdout.isatty() else WIDE, highlight=False)
