"""`python -m contracts.compat`: no contract changed in a way that a running program would not survive.

Compares the schemas of the working tree with those of the last release: the last tag that git knows, or, where there
is none (a shallow clone, an unpacked archive), the copy in contracts/released.json, which `--release` writes anew.
The rules are in contracts/compat_rules.py.
"""

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from contracts.compat_rules import Finding, compare, compare_collections
from contracts.generate import HERE

RELEASED = HERE / "released.json"
COLLECTIONS = ("wire", "internal")
Documents = Mapping[str, Mapping[str, Any]]


def findings(old: Documents, new: Documents) -> list[Finding]:
    """What breaks between two sets of documents (name without suffix to schema)."""
    result: list[Finding] = []
    for name, document in sorted(old.items()):
        if name not in new:
            if not _superseded(name, old, new):
                result.append(Finding(name, "the message type was removed before a release carried its next major"))
        elif name in COLLECTIONS:
            result += compare_collections(name, document, new[name])
        else:
            result += compare(name, "both", document, new[name])
    return result


def _superseded(name: str, old: Documents, new: Documents) -> bool:
    """Whether a newer major was already released beside `name`, and is still there."""
    stem, major = _split(name)
    return any(_split(other)[0] == stem and _split(other)[1] > major and other in new for other in old if other != name)


def _split(name: str) -> tuple[str, int]:
    match = re.fullmatch(r"(.+)\.v(\d+)", name)
    return (match[1], int(match[2])) if match else (name, 0)


def current() -> Documents:
    """The documents of the working tree."""
    return {path.stem: json.loads(path.read_text("utf-8")) for path in sorted((HERE / "schemas").glob("*.json"))}


def last_release() -> tuple[str, Documents | None]:
    """What the last release is called, and its documents; None before the first."""
    tag = _git("describe", "--tags", "--abbrev=0")
    if tag:
        listed = _git("ls-tree", "--full-tree", "--name-only", f"{tag}:contracts/schemas")
        names = [line for line in (listed or "").splitlines() if line.endswith(".json")]
        if names:
            texts = {name: _git("show", f"{tag}:contracts/schemas/{name}") or "{}" for name in names}
            return f"tag {tag}", {Path(name).stem: json.loads(text) for name, text in texts.items()}
    if RELEASED.is_file():
        return RELEASED.name, json.loads(RELEASED.read_text("utf-8"))
    return "nothing released yet", None


def _git(*arguments: str) -> str | None:
    """Git's answer, or None where it has none: no git, no repository, no such thing."""
    try:
        process = subprocess.run(["git", *arguments], cwd=HERE, capture_output=True, text=True, check=False)  # noqa: S603, S607 - fixed words and names of our own files
    except OSError:
        return None
    return process.stdout.strip() if process.returncode == 0 else None


def _by_lines(documents: Documents) -> str:
    """One document per line: small, and a release shows which have changed."""
    lines = (f"{json.dumps(name)}: {json.dumps(document, ensure_ascii=False)}" for name, document in documents.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m contracts.compat", description="Compare with the last release.")
    parser.add_argument("--release", action="store_true", help="make the current contracts the released ones")
    options = parser.parse_args(arguments)
    if options.release:
        RELEASED.write_text(_by_lines(current()), "utf-8")
        print(f"{RELEASED.name} now holds the contracts of the working tree")
        return 0
    name, old = last_release()
    if old is None:
        print(f"contracts: {name}, nothing to compare with")
        return 0
    found = findings(old, current())
    for finding in found:
        print(finding, file=sys.stderr)
    print(f"contracts against {name}: {f'{len(found)} incompatible changes' if found else 'compatible'}")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
