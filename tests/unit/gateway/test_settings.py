"""The gateway's settings: nobody runs it in production with passwords that are quickly guessed."""

import pytest
from pydantic import SecretStr, ValidationError

from services.gateway.settings import LEAST_PASSWORD_MEMORY_KIB, GatewaySettings


def made(environment: str, memory_kib: int) -> GatewaySettings:
    return GatewaySettings(
        amqp_url=SecretStr("amqp://dymek:a-real-secret@broker/"),
        database_url=SecretStr("postgresql://gateway:a-real-secret@db/dymek"),
        service_token=SecretStr("x" * 40),
        public_url="https://chat.shop.test",
        environment=environment,
        password_memory_kib=memory_kib,
    )


def test_production_refuses_passwords_that_cost_little_to_guess_and_development_does_not() -> None:
    with pytest.raises(ValidationError, match="password_memory_kib"):
        made("production", LEAST_PASSWORD_MEMORY_KIB - 1)
    assert made("production", LEAST_PASSWORD_MEMORY_KIB)
    assert made("development", 64)
