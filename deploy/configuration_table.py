"""Write the configuration tables of README.md from the settings models, or with `--check` say whether they are current.

    python -m deploy.configuration_table [--check]

What all services share is one table; each service's own fields are another. A default is shown as it would be written
in the environment.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from services.chassis.settings import ServiceSettings

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
BEGIN, END = "<!-- configuration: generated -->", "<!-- configuration: end -->"
SERVICES = ("gateway", "router", "tickets", "customers", "notifier", "cli")


def tables() -> str:
    """The Markdown between the markers."""
    shared = ServiceSettings.model_fields
    parts = ["Every service, with its own prefix (`DYMEK_GATEWAY_`, `DYMEK_ROUTER_`, ...):", _table("", shared)]
    for service in SERVICES:
        model = _settings_of(service)
        common = shared if issubclass(model, ServiceSettings) else {}
        own = {name: field for name, field in model.model_fields.items() if _is_own(name, field, common)}
        if own:
            title = "The command line `dymek`:" if service == "cli" else f"**{service}**, besides:"
            parts += [title, _table(_prefix(model), own)]
    return "\n\n".join(parts)


def _settings_of(service: str) -> Any:
    module = importlib.import_module(f"services.{service}.settings")
    return next(
        value
        for value in vars(module).values()
        if isinstance(value, type) and value.__module__ == module.__name__ and value.__name__.endswith("Settings")
    )


def _is_own(name: str, field: FieldInfo, shared: dict[str, FieldInfo]) -> bool:
    return name not in shared or shared[name].default != field.default


def _prefix(model: Any) -> str:
    return str(model.model_config["env_prefix"])


def _table(prefix: str, fields: dict[str, FieldInfo]) -> str:
    rows = [f"| `{prefix}{name.upper()}` | {_default(field)} | {field.description} |" for name, field in fields.items()]
    return "\n".join(["| variable | default | meaning |", "|---|---|---|", *rows])


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    value = field.default.value if isinstance(field.default, Enum) else field.default
    if value is None or value == () or (isinstance(value, (str, SecretStr)) and not len(value)):
        return "none"
    if isinstance(value, Path) and value.is_relative_to(ROOT):
        value = value.relative_to(ROOT)
    return f"`{value}`"


def _rewritten(text: str) -> str:
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{tables()}\n\n{END}{after}"


def _undescribed() -> Iterator[str]:
    for service in SERVICES:
        model = _settings_of(service)
        yield from (
            f"{_prefix(model)}{name.upper()}" for name, field in model.model_fields.items() if not field.description
        )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m deploy.configuration_table", description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the tables are not current")
    options = parser.parse_args(arguments)
    for name in _undescribed():
        print(f"{name} has no description", file=sys.stderr)
        return 1
    text = README.read_text("utf-8")
    wanted = _rewritten(text)
    if options.check:
        if text != wanted:
            print(
                "README.md: the configuration is not current; run python -m deploy.configuration_table", file=sys.stderr
            )
        return int(text != wanted)
    README.write_text(wanted, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
