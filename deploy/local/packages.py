"""Debian packages the local runner needs, and how they are installed without waking the system's own servers.

Only programs are wanted. A freshly installed postgresql or rabbitmq-server would start an instance for the whole
machine (the broker even on every network interface), so its start is forbidden while the packages are unpacked and
not arranged for the next boot. Servers that were on the machine before are never touched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from deploy.local.steps import Problem, run_step, say

RABBITMQ_PROGRAMS = Path("/usr/lib/rabbitmq/bin")
POSTGRESQL_PROGRAMS = Path("/usr/lib/postgresql")
CHROMIUM = Path("/usr/bin/chromium-headless-shell")

_INSTALL = """
set -e
export DEBIAN_FRONTEND=noninteractive
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
    trap 'rm -f $policy' EXIT
    printf '#!/bin/sh\\nexit 101\\n' > $policy
    chmod 755 $policy
fi
apt-get update -qq
apt-get install -y -qq --no-install-recommends "$@"
if [ -d /run/systemd/system ]; then
    for package in "$@"; do
        case $package in postgresql|rabbitmq-server) systemctl disable --now "$package" || true ;; esac
    done
fi
"""


def postgresql_programs(major: int | None = None) -> Path | None:
    """Folder with initdb and postgres: of this major version, or the newest one installed."""
    found = {
        int(path.parent.name): path for path in POSTGRESQL_PROGRAMS.glob("[0-9]*/bin") if (path / "initdb").exists()
    }
    if major is not None:
        return found.get(major)
    return found[max(found)] if found else None


def ensure_servers() -> None:
    """Install PostgreSQL and RabbitMQ from the distribution when their programs are missing."""
    missing = []
    if postgresql_programs() is None:
        missing.append("postgresql")
    if not (RABBITMQ_PROGRAMS / "rabbitmq-server").exists():
        missing.append("rabbitmq-server")
    ensure(missing)


def ensure(missing: list[str]) -> None:
    """Install these packages. Raises Problem with one sentence when that is impossible here."""
    if not missing:
        return
    names = " ".join(missing)
    if shutil.which("apt-get") is None:
        raise Problem(f"{names} is missing and this system has no apt-get; install it by hand and start again.")
    script = ["sh", "-c", _INSTALL, "sh", *missing]
    run_step(f"Installing {names} from the distribution", [*_as_administrator(names), *script], cwd=Path("/"))


def _as_administrator(names: str) -> list[str]:
    if os.geteuid() == 0:
        return []
    remedy = f"have an administrator run 'apt-get install {names}' once, then start again."
    if shutil.which("sudo") is None:
        raise Problem(f"{names} is missing and there is no sudo here; {remedy}")
    if subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    if not sys.stdin.isatty():
        raise Problem(f"{names} is missing and sudo asks for a password that nobody can type here; {remedy}")
    say(f"{names} is missing; sudo may ask for your password to install it.")
    if subprocess.run(["sudo", "-v"], check=False).returncode != 0:
        raise Problem(f"{names} is missing and sudo refused; {remedy}")
    return ["sudo"]
