"""The settings of the notifier."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from services.chassis.settings import ServiceSettings


class NotifierSettings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="DYMEK_NOTIFIER_")

    port: int = Field(default=8104, ge=0, le=65535, description="Port to listen on.")
