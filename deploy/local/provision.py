"""What the services need to find on the servers: a database with one schema and role per service, a virtual host
with the queues' limits.

Everything may be repeated: it makes what is missing and leaves alone what is there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import get_args
from urllib.parse import quote, urlsplit, urlunsplit

import asyncpg
import httpx

from contracts.catalogue import Service
from deploy.local.rabbitmq import POLICIES

SERVICES: tuple[Service, ...] = get_args(Service)


async def make_database(
    admin_url: str, database: str, passwords: Mapping[Service, str], *, role_prefix: str = ""
) -> dict[str, str]:
    """Make a database with a schema and a role per service and return the services' URLs.

    `passwords` has the password of each service. Roles belong to the whole server, so `role_prefix` keeps those of
    two databases apart. A role sees only its own schema.
    """
    admin = await asyncpg.connect(admin_url)
    try:
        if not await admin.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", database):
            await admin.execute(f'CREATE DATABASE "{database}"')
        await admin.execute(f'REVOKE CONNECT, TEMPORARY ON DATABASE "{database}" FROM PUBLIC')
    finally:
        await admin.close()
    admin = await asyncpg.connect(with_path(admin_url, database))
    try:
        await admin.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        for service, password in passwords.items():
            role = role_prefix + service
            if not await admin.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", role):
                await admin.execute(f'CREATE ROLE "{role}" LOGIN')
            await admin.execute(f"ALTER ROLE \"{role}\" PASSWORD '{password}'")
            await admin.execute(f'GRANT CONNECT ON DATABASE "{database}" TO "{role}"')
            await admin.execute(f'CREATE SCHEMA IF NOT EXISTS "{service}" AUTHORIZATION "{role}"')
            await admin.execute(f'ALTER ROLE "{role}" IN DATABASE "{database}" SET search_path = "{service}"')
    finally:
        await admin.close()
    return {
        service: with_user(with_path(admin_url, database), role_prefix + service, password)
        for service, password in passwords.items()
    }


async def drop_database(admin_url: str, database: str, *, role_prefix: str = "") -> None:
    """Remove a database with whatever still uses it, and its roles."""
    admin = await asyncpg.connect(admin_url)
    try:
        await admin.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
        if role_prefix:
            for service in SERVICES:
                await admin.execute(f'DROP ROLE IF EXISTS "{role_prefix}{service}"')
    finally:
        await admin.close()


def make_vhost(management_url: str, vhost: str) -> None:
    """Make a virtual host with Dymek's queue limits, open to the user of the management URL."""
    user = urlsplit(management_url).username
    with httpx.Client(base_url=management_url, timeout=30) as api:
        path = quote(vhost, safe="")
        everything = {"configure": ".*", "write": ".*", "read": ".*"}
        api.put(f"/api/vhosts/{path}").raise_for_status()
        api.put(f"/api/permissions/{path}/{user}", json=everything).raise_for_status()
        for policy in policies():
            name = policy.pop("name")
            api.put(f"/api/policies/{path}/{name}", json=policy).raise_for_status()


def drop_vhost(management_url: str, vhost: str) -> None:
    """Remove a virtual host with its queues."""
    with httpx.Client(base_url=management_url, timeout=30) as api:
        api.delete(f"/api/vhosts/{quote(vhost, safe='')}").raise_for_status()


def policies() -> list[dict[str, object]]:
    """The limits of Dymek's queues, which are policies because queue arguments can never change."""
    found: list[dict[str, object]] = json.loads(POLICIES.read_text())
    return found


def with_path(url: str, path: str) -> str:
    """The same server, another database or virtual host."""
    return urlunsplit(urlsplit(url)._replace(path="/" + quote(path, safe="")))


def with_user(url: str, user: str, password: str) -> str:
    """The same server and path, another user."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=f"{user}:{password}@{parts.hostname}:{parts.port or 5432}"))
