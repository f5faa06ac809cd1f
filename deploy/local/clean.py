"""`make clean`: ends what runs left behind and removes var/ with all local data, wherever it lies."""

from __future__ import annotations

import shutil

from deploy.local import servers
from deploy.local.processes import only_run
from deploy.local.steps import ROOT, main_or_problem, say


def main() -> int:
    var = ROOT / "var"
    for lock in (*var.glob("*/*/lock"), *var.glob("*/lock")):
        folder = lock.parent
        place = folder.relative_to(ROOT)
        user = place.parts[1]
        with only_run(folder, f"{place} is in use by 'make {user}'; stop that first, then run 'make clean' again."):
            servers.remove(folder)
    shutil.rmtree(var, ignore_errors=True)
    say("Removed var/ with all local data; the installed packages stay (.venv, node_modules).")
    return 0


if __name__ == "__main__":
    main_or_problem(main)
