"""The settings of the tickets service."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from services.chassis.settings import ServiceSettings


class TicketsSettings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="DYMEK_TICKETS_")

    port: int = Field(default=8102, ge=0, le=65535, description="Port to listen on.")
