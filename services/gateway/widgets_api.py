"""What administrators see and change of widgets over HTTP: which there are, and the secret their sites sign with."""

from fastapi import APIRouter, Depends

from contracts.public import WidgetSecret, WidgetSummaries
from services.gateway.accounts import Accounts
from services.gateway.api import found
from services.gateway.callers import signed_in
from services.gateway.identity import Identities
from services.gateway.settings import GatewaySettings


def build_widgets_router(accounts: Accounts, identities: Identities, settings: GatewaySettings) -> APIRouter:
    administrator = signed_in(accounts, settings, "administrator")
    routes = APIRouter(prefix="/api/admin/widgets", dependencies=[Depends(administrator)])

    @routes.get("")
    async def read_widgets() -> WidgetSummaries:
        return await identities.widgets()

    @routes.post("/{key}/secret", status_code=201)
    async def make_secret(key: str) -> WidgetSecret:
        return found(await identities.new_secret(key), "There is no such widget.")

    return routes
