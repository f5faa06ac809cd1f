"""Installs what a run or the tests need and is missing: Python packages, the front end's, its build, Chromium.

    python3 -m deploy.local.install           for `make run`
    python3 -m deploy.local.install --tests   for `make test` and `make check` too

Runs in any Python 3.11 with the standard library alone. What is complete carries a stamp with the hash of what it was
made from, written last; so a second run does nothing, and one that was cut short is repeated.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from deploy.local import packages
from deploy.local.steps import ROOT, Problem, main_or_problem, run_step

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_MODULES = ROOT / "node_modules"
FACES = ROOT / "services" / "gateway"
BUILT = FACES / "static"
OLDEST_PYTHON, OLDEST_NODE = (3, 11), (20, 19)


def main() -> int:
    tests = "--tests" in sys.argv[1:]
    if not (os.environ.get("DYMEK_TEST_AMQP_URL") and tests):
        packages.ensure_servers()
    if tests and not packages.CHROMIUM.exists():
        packages.ensure([packages.CHROMIUM.name])
    install_python(tests)
    install_node()
    build_faces()
    return 0


def install_python(tests: bool) -> None:
    """Make .venv and install the locked packages, those of the tests only when asked for."""
    if sys.version_info < OLDEST_PYTHON:
        raise Problem("Python 3.11 or newer is needed; name it like this: 'PYTHON=python3.12 make run'.")
    stamp = VENV / "complete.json"
    locks = [ROOT / "requirements.txt", ROOT / "requirements-dev.txt"]
    wanted = {lock.name: _hash([lock, ROOT / "pyproject.toml"]) for lock in (locks if tests else locks[:1])}
    done = _read(stamp)
    if wanted.items() <= done.items() and _works(PYTHON):
        return
    if not _works(PYTHON):
        _make_venv()
    install = [str(PYTHON), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    lock = locks[1] if tests else locks[0]
    run_step("Installing Python packages into .venv", [*install, "--require-hashes", "-r", str(lock)])
    run_step("Installing Dymek into .venv", [*install, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    # The packages of the tests include all of the other list, pinned alike.
    stamp.write_text(json.dumps(wanted))


def install_node() -> None:
    """Install the locked packages of the front end into node_modules."""
    lock = ROOT / "package-lock.json"
    stamp = NODE_MODULES / "complete"
    wanted = _hash([lock])
    if stamp.exists() and stamp.read_text() == wanted:
        return
    _demand_node()
    run_step("Installing the front end's packages", ["npm", "ci", "--no-audit", "--no-fund"])
    stamp.write_text(wanted)


def build_faces() -> None:
    """Build widget and console where their sources have changed since the last build."""
    stamp = BUILT / "complete"
    wanted = _hash(_sources())
    if stamp.exists() and stamp.read_text() == wanted:
        return
    _demand_node()
    stamp.unlink(missing_ok=True)
    run_step("Building widget and console", ["npm", "run", "build"])
    BUILT.mkdir(exist_ok=True)
    stamp.write_text(wanted)


def _make_venv() -> None:
    for attempt in ("first", "second"):
        shutil.rmtree(VENV, ignore_errors=True)
        made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False, capture_output=True, text=True)
        if made.returncode == 0:
            return
        if attempt == "first":
            packages.ensure([f"python{sys.version_info.major}.{sys.version_info.minor}-venv"])
    lines = (made.stdout + made.stderr).strip().splitlines() or ["no output"]
    raise Problem(f"cannot make .venv: {lines[-1]}")


def _works(python: Path) -> bool:
    if not python.exists():
        return False
    return subprocess.run([str(python), "-c", "import pip"], check=False, capture_output=True).returncode == 0


def _demand_node() -> None:
    remedy = "install Node 20 with npm and start again."
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        raise Problem(f"Node or npm is missing; {remedy}")
    said = subprocess.run([node, "--version"], check=False, capture_output=True, text=True).stdout.strip()
    found = re.match(r"v(\d+)\.(\d+)", said)
    if found is None or (int(found[1]), int(found[2])) < OLDEST_NODE:
        raise Problem(f"Node {said or 'of unknown version'} is too old; {remedy}")


def _sources() -> Iterable[Path]:
    """All a build of the faces depends on."""
    for folder in (FACES / "wire", FACES / "widget", FACES / "console"):
        for path in folder.rglob("*"):
            if path.is_file() and not {"node_modules", "dist"} & set(path.parts):
                yield path
    yield from (ROOT / "contracts" / "schemas").glob("*.json")
    yield from (path for path in ROOT.glob("*.json") if path.is_file())


def _hash(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(paths):
        if not path.exists():
            raise Problem(f"{path.relative_to(ROOT)} is missing; this checkout is not complete.")
        digest.update(f"{path.relative_to(ROOT)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _read(stamp: Path) -> dict[str, str]:
    try:
        return dict(json.loads(stamp.read_text()))
    except (OSError, ValueError):
        return {}


if __name__ == "__main__":
    main_or_problem(main)
