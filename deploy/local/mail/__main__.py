"""The process `mail` of a local run.

python -m deploy.local.mail SMTP_PORT PAGE_PORT FOLDER
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import uvicorn

from deploy.local.environment import HOST
from deploy.local.mail.catcher import CaughtMail, catch
from deploy.local.mail.page import create_page


async def main(smtp_port: int, page_port: int, folder: Path) -> None:
    caught = CaughtMail(folder)
    server = await catch(caught, HOST, smtp_port)
    page = uvicorn.Config(create_page(caught), host=HOST, port=page_port, log_level="warning")
    try:
        await uvicorn.Server(page).serve()
    finally:
        server.close()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])))
