"""The settings of the customers service."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from services.chassis.settings import ServiceSettings


class CustomersSettings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="DYMEK_CUSTOMERS_")

    port: int = Field(default=8103, ge=0, le=65535, description="Port to listen on.")
