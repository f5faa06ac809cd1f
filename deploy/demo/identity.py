"""How the demo shop vouches for its customers: by the widget's secret, as docs/identity.md tells every site to."""

from __future__ import annotations

import time
from uuid import uuid4

import jwt

from contracts.public import WidgetSecret
from deploy.demo.load import WIDGET_KEY
from deploy.demo.session import ADMINISTRATOR, signed_in

SECONDS = 600
"""A page that is opened later signs anew."""


async def new_secret(gateway: str) -> str | None:
    """A new secret of the demo's widget, which ends the one of the last start; None where nobody may make one."""
    async with signed_in(gateway, ADMINISTRATOR) as administrator:
        if administrator is None:
            return None
        answer = await administrator.post(f"/api/admin/widgets/{WIDGET_KEY}/secret")
        return WidgetSecret.model_validate_json(answer.raise_for_status().content).secret


def signed(secret: str, email: str, name: str) -> str:
    """A token that vouches for the signed-in customer, to be given to their own page alone."""
    now = int(time.time())
    claims = {"aud": WIDGET_KEY, "email": email, "name": name, "iat": now, "exp": now + SECONDS, "jti": str(uuid4())}
    return jwt.encode(claims, secret, "HS256")
