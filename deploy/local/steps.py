"""How the local runner talks to the person in front of it.

Standard library only, because this runs before anything is installed. Two promises: whatever takes time shows
that it is alive, and whatever fails ends in one sentence that says what to do (`Problem`), never in a traceback.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INSTALL_LOG = ROOT / "var" / "log" / "install.log"
STILL_ALIVE_SECONDS = 15.0


class Problem(Exception):
    """What went wrong and what to do about it, in one sentence for the person who ran the command."""


def say(text: str) -> None:
    """Print one line of progress at once, even into a pipe."""
    with contextlib.suppress(OSError):  # a closed terminal must not stop what cleans up
        print(text, flush=True)


def run_step(title: str, command: Sequence[str], *, cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> None:
    """Run a command that may take minutes; its output goes to the install log, its progress to the screen.

    Raises Problem with the command's last lines when it fails.
    """
    INSTALL_LOG.parent.mkdir(parents=True, exist_ok=True)
    on_terminal = sys.stdout.isatty()
    started = time.monotonic()
    with INSTALL_LOG.open("a+b") as log:
        log.write(f"\n$ {' '.join(command)}\n".encode())
        log.flush()
        beginning = log.tell()
        print(f"{title} ...", end="" if on_terminal else "\n", flush=True)
        process = subprocess.Popen(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            _wait_showing_life(process, title, on_terminal, started)
        except BaseException:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            raise
        seconds = time.monotonic() - started
        if on_terminal:
            print(f"\r{title}: {'done' if process.returncode == 0 else 'failed'} ({seconds:.0f} s)", flush=True)
        if process.returncode != 0:
            log.seek(beginning)
            tail = log.read().decode(errors="replace").strip().splitlines()[-15:]
            print("\n".join(f"    {line}" for line in tail), file=sys.stderr, flush=True)
            raise Problem(f"{title} failed; the lines above and {INSTALL_LOG.relative_to(ROOT)} say why.")


def _wait_showing_life(process: subprocess.Popen[bytes], title: str, on_terminal: bool, started: float) -> None:
    shown = started
    while True:
        try:
            process.wait(1.0)
            return
        except subprocess.TimeoutExpired:
            now = time.monotonic()
            if on_terminal:
                print(f"\r{title} ... {now - started:.0f} s", end="", flush=True)
            elif now - shown >= STILL_ALIVE_SECONDS:
                shown = now
                say(f"{title} ... {now - started:.0f} s")


def main_or_problem(main: Callable[[], int]) -> None:
    """Run a command's main function; a Problem, a missing right or Ctrl-C ends it in one sentence."""
    try:
        code = main()
    except Problem as problem:
        print(f"dymek: {problem}", file=sys.stderr, flush=True)
        code = 1
    except PermissionError as error:
        print(
            f"dymek: {error.filename or 'a file here'} belongs to another user; run this as that user, "
            "or remove .venv, node_modules and var as an administrator and start again.",
            file=sys.stderr,
            flush=True,
        )
        code = 1
    except KeyboardInterrupt:
        print("\ndymek: stopped.", file=sys.stderr, flush=True)
        code = 130
    sys.stdout.flush()
    os._exit(code) if code == 130 else sys.exit(code)
