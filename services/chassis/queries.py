"""SQL in files: a name, one line of purpose, the statement.

    -- name: claim_offer
    -- Give the offer to the agent unless somebody was quicker.
    UPDATE offer ...

A file holds any number of them; a directory's `*.sql` files are read together and names are unique among them.
"""

import re
from pathlib import Path

_NAME = re.compile(r"^--\s*name:\s*([a-z][a-z0-9_]*)\s*$", re.MULTILINE)


class UnknownQuery(AttributeError):
    """No SQL file holds a query of this name."""


class Queries:
    """Named statements, as attributes: `queries.claim_offer`, or `queries["claim_offer"]`."""

    def __init__(self, statements: dict[str, str]) -> None:
        self._statements = statements

    def __getattr__(self, name: str) -> str:
        try:
            return self._statements[name]
        except KeyError:
            raise UnknownQuery(f"no query is called {name!r}") from None

    def __getitem__(self, name: str) -> str:
        return self._statements[name]

    def __contains__(self, name: str) -> bool:
        return name in self._statements

    def names(self) -> tuple[str, ...]:
        return tuple(self._statements)


def parse(text: str) -> dict[str, str]:
    """The statements in `text` by name; raises ValueError for a name given twice."""
    parts = _NAME.split(text)
    statements: dict[str, str] = {}
    for name, body in zip(parts[1::2], parts[2::2], strict=True):
        lines = [line for line in body.strip().splitlines() if not line.lstrip().startswith("--")]
        statement = "\n".join(lines).strip().rstrip(";").rstrip()
        if name in statements:
            raise ValueError(f"two queries are called {name!r}")
        if not statement:
            raise ValueError(f"the query {name!r} is empty")
        statements[name] = statement
    return statements


def load_queries(path: Path | str) -> Queries:
    """Read one SQL file, or every `*.sql` of a directory."""
    path = Path(path)
    files = sorted(path.glob("*.sql")) if path.is_dir() else [path]
    statements: dict[str, str] = {}
    for file in files:
        for name, statement in parse(file.read_text(encoding="utf-8")).items():
            if name in statements:
                raise ValueError(f"two queries are called {name!r}")
            statements[name] = statement
    return Queries(statements)
