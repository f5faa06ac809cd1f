"""The settings every service has. A service adds its own and its prefix; nothing else reads the environment.

In production, values that stand in examples are refused at start, so that a forgotten secret is found before a visitor
finds it.
"""

from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

MINIMUM_TOKEN_CHARS = 32
EXAMPLE_SECRETS = ("change-me", "changeme", "guest:guest", "postgres:postgres", "example")


class ServiceSettings(BaseSettings):
    """Frozen; subclass it with `model_config = SettingsConfigDict(env_prefix="DYMEK_ROUTER_")`."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    amqp_url: SecretStr = Field(description="Where RabbitMQ answers, with the virtual host.")
    database_url: SecretStr = Field(description="Where PostgreSQL answers, with the service's own role.")
    service_token: SecretStr = Field(description="Secret shared by the services; at least 32 characters.")
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(ge=0, le=65535, description="Port to listen on.")
    log_format: Literal["json", "console"] = Field(default="json", description="JSON lines, or readable text.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="INFO", description="Least level logged.")
    database_pool_size: int = Field(default=10, ge=2, le=100, description="Most connections to PostgreSQL per process.")
    outbox_lag_bound_seconds: float = Field(
        default=30.0, gt=0, description="A service whose oldest unpublished message is older says it is not ready."
    )
    environment: Literal["production", "development"] = Field(
        default="production", description="Production refuses example secrets."
    )

    @model_validator(mode="after")
    def _no_example_secrets(self) -> Self:
        if self.environment != "production":
            return self
        for name in ("amqp_url", "database_url", "service_token"):
            secret: str = getattr(self, name).get_secret_value()
            if any(example in secret.lower() for example in EXAMPLE_SECRETS):
                raise ValueError(f"{name} still holds an example value; set your own, or environment=development")
        if len(self.service_token.get_secret_value()) < MINIMUM_TOKEN_CHARS:
            raise ValueError(f"service_token is shorter than {MINIMUM_TOKEN_CHARS} characters")
        return self
