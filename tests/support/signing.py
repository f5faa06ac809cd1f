"""How a site signs its users' addresses, as docs/identity.md says it does: its examples, and tokens made with them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from deploy.local.steps import ROOT

DOCUMENT: Final[Path] = ROOT / "docs" / "identity.md"


def example(language: str) -> str:
    """The code of the example in this language, by the word at its fence."""
    found: list[str] = re.findall(rf"^```{language}\n(.*?)^```$", DOCUMENT.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    (code,) = found
    return code


def python_example() -> Callable[[str, str, str], str]:
    """`identity_token(widget, secret, email)` of the Python example."""
    names: dict[str, Any] = {}
    exec(compile(example("python"), str(DOCUMENT), "exec"), names)  # noqa: S102 -- our own document
    signer: Callable[[str, str, str], str] = names["identity_token"]
    return signer


identity_token: Final = python_example()
"""A token that vouches for this address, signed with the widget's secret."""
