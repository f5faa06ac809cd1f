"""`make clean`: ends what runs left behind and removes var/ with all local data, wherever it lies."""

from __future__ import annotations

import shutil

from deploy.local import servers
from deploy.local.processes import only_run
from deploy.local.steps import ROOT, main_or_problem, say


def main() -> int:
    var = ROOT / "var"
    for user, name in (("run", "run"), ("test", "test/restarts"), ("test", "test")):
        folder = var / name
        if folder.exists():
            with only_run(
                folder, f"var/{name} is in use by 'make {user}'; stop that first, then run 'make clean' again."
            ):
                servers.remove(folder)
    shutil.rmtree(var, ignore_errors=True)
    say("Removed var/ with all local data; the installed packages stay (.venv, node_modules).")
    return 0


if __name__ == "__main__":
    main_or_problem(main)
