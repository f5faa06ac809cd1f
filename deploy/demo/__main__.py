"""The process `demo` of a local run: waits until the system is ready, loads the demo's data, says where everything is,
then serves the demo shop from an address of its own."""

from __future__ import annotations

import asyncio
import sys
import time

import httpx
import uvicorn

from deploy.demo.identity import new_secret
from deploy.demo.load import AGENTS, CUSTOMER_EMAIL, PASSWORD, load_demo, origins
from deploy.demo.past import load_past
from deploy.demo.site import create_site
from deploy.local.environment import DEMO_SITE, HOST, Installation

PATIENCE = 120.0
"""Seconds that a slow machine may take to start everything."""


async def wait_until_ready(gateway_url: str) -> None:
    """Return once the gateway says that it and all behind it are ready; SystemExit when it takes too long."""
    begun = time.monotonic()
    last = "no answer"
    async with httpx.AsyncClient(timeout=5) as client:
        while time.monotonic() - begun < PATIENCE:
            try:
                answer = await client.get(f"{gateway_url}/readyz")
                if answer.status_code == httpx.codes.OK:
                    return
                last = answer.text
            except httpx.HTTPError:
                pass
            await asyncio.sleep(0.2)
    sys.exit(f"The system did not become ready in {PATIENCE:.0f} s; the gateway last said: {last}")


def _signpost(gateway_url: str, site_url: str, mail_url: str) -> str:
    logins = "\n".join(
        f"                {agent.email}   ({agent.name}{', ' + agent.role if agent.role != 'agent' else ''})"
        for agent in AGENTS
    )
    return f"""
  Dymek is ready.

  Demo page     {gateway_url}/demo/
  Console       {gateway_url}/console/
  Log-ins       password {PASSWORD}
{logins}
  Customer      {CUSTOMER_EMAIL} has a card in the demo data
  Another site  {site_url}/ embeds the same widget from its own address;
                at {site_url}/konto a button logs you in as {CUSTOMER_EMAIL},
                and the shop vouches for that address (its secret is made anew at each start)
  Mail          {mail_url}/ shows what was sent; nothing leaves this machine

  Stop          Ctrl-C here; the data stays for the next 'make run'
"""


async def main() -> None:
    installation = Installation.from_environment()
    gateway_url, site_url = installation.url("gateway"), installation.url("demo")
    await wait_until_ready(gateway_url)
    agents = await load_demo(installation, sites=origins(gateway_url, site_url))
    secret = await new_secret(gateway_url)
    await load_past(installation, agents, secret)
    site = create_site(DEMO_SITE, gateway_url, secret)
    config = uvicorn.Config(site, host=HOST, port=installation.ports["demo"], log_level="warning")
    print(_signpost(gateway_url, site_url, installation.url("mail")), flush=True)
    await uvicorn.Server(config).serve()


if __name__ == "__main__":
    asyncio.run(main())
