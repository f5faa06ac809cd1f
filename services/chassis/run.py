"""Starts one service's process: `python -m services.router` calls `main("router")`.

The limits on sockets are set here, in one place: a frame of 64 KiB at most (the gateway refuses above 32 KiB, and can
say so), 16 frames in the queue, no compression (73 KiB instead of 32 KiB per idle socket), a ping every 20 s.
"""

import importlib
import sys
from typing import Final

import uvicorn
from pydantic import ValidationError

from services.chassis.settings import ServiceSettings

GRACEFUL_SECONDS: Final = 10


def load_settings(service: str) -> ServiceSettings:
    """The settings of `service` from the environment. Exits with one readable sentence per fault."""
    kind = settings_type(service)
    try:
        return kind()
    except ValidationError as error:
        prefix = str(kind.model_config.get("env_prefix", ""))
        for fault in error.errors():
            name = prefix + "_".join(map(str, fault["loc"])).upper() if fault["loc"] else f"settings of {service}"
            print(f"{name}: {fault['msg']}", file=sys.stderr)
        raise SystemExit(2) from None


def settings_type(service: str) -> type[ServiceSettings]:
    """The settings model that `services/<service>/settings.py` defines."""
    module = importlib.import_module(f"services.{service}.settings")
    kinds = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, ServiceSettings) and value.__module__ == module.__name__
    ]
    if len(kinds) != 1:
        raise TypeError(f"services.{service}.settings must define exactly one kind of ServiceSettings")
    return kinds[0]


def main(service: str) -> None:
    """Run `service` until it is told to stop."""
    settings = load_settings(service)
    app = importlib.import_module(f"services.{service}.app").create_app(settings)
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        ws_max_size=65536,
        ws_max_queue=16,
        ws_per_message_deflate=False,
        ws_ping_interval=20,
        ws_ping_timeout=20,
        timeout_graceful_shutdown=GRACEFUL_SECONDS,
    )
