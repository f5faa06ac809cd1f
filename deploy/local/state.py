"""What a run remembers between starts: passwords, the broker's node name and the ports it was given.

One JSON file, readable by its owner only, replaced as a whole, so that a killed run leaves either the old one or
the new one.
"""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from deploy.local.processes import free_port, is_free
from deploy.local.steps import ROOT, Problem


class State:
    """Secrets and ports by name, made on first use and kept."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "state.json"
        self._secrets: dict[str, str] = {}
        self._ports: dict[str, int] = {}
        if self._path.exists():
            try:
                kept = json.loads(self._path.read_text())
                self._secrets, self._ports = dict(kept["secrets"]), dict(kept["ports"])
            except (ValueError, KeyError, TypeError):
                name = self._path.relative_to(ROOT) if self._path.is_relative_to(ROOT) else self._path
                raise Problem(f"{name} is damaged; run 'make clean' and start again (local data is lost).") from None

    @property
    def is_new(self) -> bool:
        """Whether no earlier run left anything here."""
        return not self._secrets

    def secret(self, name: str) -> str:
        """A random secret of 32 hexadecimal digits, the same at every start."""
        if name not in self._secrets:
            self._secrets[name] = secrets.token_hex(16)
            self._save()
        return self._secrets[name]

    def port(self, name: str) -> int:
        """The port this name had at the last start if it is free, otherwise another one."""
        port = self._ports.get(name)
        others = [taken for other, taken in self._ports.items() if other != name]
        if port is None or port in others or not is_free(port):
            self._ports[name] = port = free_port(others)
            self._save()
        return port

    def _save(self) -> None:
        write_private(self._path, json.dumps({"secrets": self._secrets, "ports": self._ports}, indent=2))


def write_private(path: Path, text: str) -> None:
    """Replace a file as a whole by one that only its owner may read."""
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)
