"""The environment of each service's process: who finds whom where, in `make run` and in whole-system tests."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from deploy.local.provision import SERVICES
from deploy.local.steps import ROOT

HOST = "127.0.0.1"
DEMO_SITE = ROOT / "deploy" / "demo" / "site"
STATIC = ROOT / "services" / "gateway" / "static"
OWNERS = ("router", "tickets", "customers", "notifier")
"""The services whose internal HTTP the gateway talks to."""
_SETTING = "DYMEK_INSTALLATION"


@dataclass(frozen=True)
class Installation:
    """Where everything of one running system is."""

    amqp_url: str
    database_urls: Mapping[str, str]
    ports: Mapping[str, int]
    service_token: str
    log_format: str = "console"
    extra: Mapping[str, str] = field(default_factory=dict)

    def url(self, service: str) -> str:
        """Where a service's HTTP is."""
        return f"http://{HOST}:{self.ports[service]}"

    def environment(self, service: str, *, port: int | None = None) -> dict[str, str]:
        """Environment for one process of the service; `port` when it is not the service's first process."""
        values = {
            "AMQP_URL": self.amqp_url,
            "DATABASE_URL": self.database_urls[service],
            "HOST": HOST,
            "PORT": str(port or self.ports[service]),
            "SERVICE_TOKEN": self.service_token,
            "ENVIRONMENT": "development",
            "LOG_FORMAT": self.log_format,
        }
        if service == "gateway":
            values |= {f"{owner.upper()}_URL": self.url(owner) for owner in OWNERS}
            values |= {
                "PUBLIC_URL": f"http://{HOST}:{values['PORT']}",
                "ALLOWED_ORIGINS": json.dumps([f"http://localhost:{values['PORT']}"]),
                "DEMO_DIR": str(DEMO_SITE),
                "STATIC_DIR": str(STATIC),
            }
        if service == "notifier" and "smtp" in self.ports:
            # Mail goes to the catcher, which sends nothing on.
            values |= {"SMTP_HOST": HOST, "SMTP_PORT": str(self.ports["smtp"])}
            values |= {"CONSOLE_URL": f"{self.url('gateway')}/console/"}
        named = {f"DYMEK_{service.upper()}_{name}": value for name, value in values.items()}
        return {**_inherited(), **named, **self.extra}

    def migration_environment(self) -> dict[str, str]:
        """Environment for the one job that migrates every service's schema."""
        merged: dict[str, str] = {}
        for service in SERVICES:
            merged |= self.environment(service)
        return merged

    def cli_environment(self) -> dict[str, str]:
        """What the operator's command line needs to find this installation."""
        urls = {f"DYMEK_CLI_{service.upper()}_URL": self.url(service) for service in SERVICES}
        return {"DYMEK_CLI_AMQP_URL": self.amqp_url, "DYMEK_CLI_SERVICE_TOKEN": self.service_token, **urls}

    def as_setting(self) -> dict[str, str]:
        """Environment that carries all of this to a process that reads it with `from_environment`."""
        return {_SETTING: json.dumps(asdict(self))}

    @staticmethod
    def from_environment() -> Installation:
        """What the starting process put in with `as_setting`."""
        return Installation(**json.loads(os.environ[_SETTING]))


MIGRATE = (sys.executable, "-m", "services.chassis.migrate", *SERVICES)


def service_command(service: str) -> tuple[str, ...]:
    """How to start a service's process, from the repository's root."""
    return (sys.executable, "-m", f"services.{service}")


def _inherited() -> dict[str, str]:
    """This process's environment without settings that somebody exported for another installation."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("DYMEK_")}
    return {**own, "PYTHONUNBUFFERED": "1"}
