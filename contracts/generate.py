"""`python -m contracts.generate`: writes the generated contract documents; with `--check`, says which are not current.

Generated documents are committed, so that a change of a contract is seen in review as what it is: a change of a schema.
"""

import argparse
import sys
from pathlib import Path

from contracts.documents import documents

HERE = Path(__file__).parent


def expected_files() -> dict[Path, str]:
    """Every generated file with the text it should have."""
    return {HERE / "schemas" / name: text for name, text in documents().items()}


def stale_files(expected: dict[Path, str]) -> list[Path]:
    """Files that are missing, differ, or should no longer be there."""
    differing = [path for path, text in expected.items() if not path.is_file() or path.read_text("utf-8") != text]
    surplus = [path for path in (HERE / "schemas").glob("*.json") if path not in expected]
    return sorted([*differing, *surplus])


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m contracts.generate", description="Write the contract documents.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a document is not current")
    options = parser.parse_args(arguments)
    expected = expected_files()
    stale = stale_files(expected)
    if options.check:
        for path in stale:
            print(f"not current: {path.relative_to(HERE.parent)}; run python -m contracts.generate", file=sys.stderr)
        return 1 if stale else 0
    for path in stale:
        print(f"{'writes' if path in expected else 'removes'} {path.relative_to(HERE.parent)}")
        if path in expected:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(expected[path], "utf-8")
        else:
            path.unlink()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
