"""One service of a local run: loads its code while the broker is still starting, then starts it as always.

    python -m deploy.local.launch SERVICE BROKER_PORT

Loading and the broker's start take the longest of a second `make run`; side by side they take seconds less.
"""

from __future__ import annotations

import importlib
import runpy
import socket
import sys
import time


def main() -> None:
    service, port = sys.argv[1], int(sys.argv[2])
    importlib.import_module(f"services.{service}.app")
    while True:  # ended by the runner, which watches the broker
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            break
        except OSError:
            time.sleep(0.1)
    runpy.run_module(f"services.{service}", run_name="__main__")


if __name__ == "__main__":
    main()
