"""Settings: nothing forgotten, nothing changed, no example secrets in production."""

import pytest
from pydantic import ValidationError
from pydantic_settings import SettingsConfigDict

from services.chassis.settings import ServiceSettings

GOOD = {
    "amqp_url": "amqp://dymek:a-real-secret@broker/",
    "database_url": "postgresql://router:a-real-secret@db/dymek",
    "service_token": "x" * 40,
    "port": 8000,
}


class RouterLike(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="DYMEK_TESTLIKE_")


def made(**changes: object) -> ServiceSettings:
    return ServiceSettings.model_validate({**GOOD, **changes})


def test_production_is_the_default() -> None:
    assert made().environment == "production"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("amqp_url", "amqp://guest:guest@broker/"),
        ("database_url", "postgresql://router:change-me@db/dymek"),
        ("service_token", "change-me-" * 5),
        ("service_token", "too-short"),
    ],
)
def test_production_refuses_example_secrets_and_development_does_not(name: str, value: str) -> None:
    with pytest.raises(ValidationError, match=name):
        made(**{name: value})
    assert made(**{name: value}, environment="development")


def test_settings_cannot_be_changed() -> None:
    settings = made()
    with pytest.raises(ValidationError):
        settings.port = 1  # type: ignore[misc]


def test_secrets_do_not_show() -> None:
    assert "a-real-secret" not in repr(made())


def test_a_service_reads_its_own_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in GOOD.items():
        monkeypatch.setenv(f"DYMEK_TESTLIKE_{name.upper()}", str(value))
    monkeypatch.setenv("DYMEK_TESTLIKE_LOG_LEVEL", "WARNING")
    settings = RouterLike()
    assert (settings.port, settings.log_level) == (8000, "WARNING")
