"""Where the command line finds the system: from the environment, else from a file that `make run` writes.

The file is the one that DYMEK_CLI_ENV_FILE names, by default var/run/dymek.env in the current folder.
"""

import os
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.cli.outcome import Failed

PREFIX: Final = "DYMEK_CLI_"
ENV_FILE: Final = "var/run/dymek.env"


class CliSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore", env_ignore_empty=True)

    amqp_url: SecretStr = Field(description="Where RabbitMQ answers, with the virtual host.")
    service_token: SecretStr = Field(description="Secret shared by the services for internal HTTP.")
    gateway_url: str = Field(default="http://127.0.0.1:8080", description="HTTP of the gateway.")
    router_url: str = Field(default="http://127.0.0.1:8101", description="HTTP of the router.")
    tickets_url: str = Field(default="http://127.0.0.1:8102", description="HTTP of the tickets service.")
    customers_url: str = Field(default="http://127.0.0.1:8103", description="HTTP of the customers service.")
    notifier_url: str = Field(default="http://127.0.0.1:8104", description="HTTP of the notifier.")

    @field_validator("amqp_url")
    @classmethod
    def _is_amqp(cls, value: SecretStr) -> SecretStr:
        parts = urlsplit(value.get_secret_value())
        if parts.scheme not in ("amqp", "amqps") or not parts.hostname:
            raise ValueError("this is no address like amqp://user:password@host:5672/vhost")
        return value

    @field_validator("gateway_url", "router_url", "tickets_url", "customers_url", "notifier_url")
    @classmethod
    def _is_http(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("this is no address like http://127.0.0.1:8080")
        return value

    def services(self) -> dict[str, str]:
        """Each service's HTTP address by its name."""
        return {
            "gateway": self.gateway_url,
            "router": self.router_url,
            "tickets": self.tickets_url,
            "customers": self.customers_url,
            "notifier": self.notifier_url,
        }


def load() -> CliSettings:
    """The settings. Raises Failed with a sentence that says which is missing or wrong."""
    path = Path(os.environ.get(f"{PREFIX}ENV_FILE") or ENV_FILE)
    try:
        return CliSettings(_env_file=path)
    except ValidationError as error:
        faults = [(PREFIX + str(fault["loc"][0]).upper(), fault["type"], fault["msg"]) for fault in error.errors()]
    except (OSError, UnicodeDecodeError):
        raise Failed(f"{path} cannot be read; run this as the user who owns the installation.") from None
    missing = [name for name, kind, _ in faults if kind == "missing"]
    if missing:
        raise Failed(f"{' and '.join(missing)} must be set, in the environment or in {path}, which `make run` writes.")
    raise Failed("; ".join(f"{name}: {message.removeprefix('Value error, ')}" for name, _, message in faults) + ".")
