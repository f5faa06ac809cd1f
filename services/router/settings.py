"""The settings of the router."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from services.chassis.settings import ServiceSettings


class RouterSettings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="DYMEK_ROUTER_")

    port: int = Field(default=8101, ge=0, le=65535, description="Port to listen on.")
    database_pool_size: int = Field(default=20, ge=2, le=100, description="Most connections to PostgreSQL per process.")
    gateway_lease_seconds: float = Field(
        default=15.0,
        ge=1,
        description="A gateway that has told nothing of its pages for so long has none; more than twice the gateway's "
        "`PRESENCE_SECONDS`.",
    )
