"""Settings with which mail could go wrong are refused at the start."""

from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from services.notifier.settings import NotifierSettings


def settings(**own: Any) -> NotifierSettings:
    known = {
        "amqp_url": SecretStr("amqp://dymek:tajne@broker/dymek"),
        "database_url": SecretStr("postgresql://notifier:tajne@database/dymek"),
        "service_token": SecretStr("x" * 40),
        "from_address": "chat@kawa.pl",
    }
    return NotifierSettings(**{**known, **own})


def test_mail_stays_on_this_machine_until_a_server_is_named() -> None:
    assert (settings().smtp_host, settings().smtp_username) == ("127.0.0.1", "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"from_address": "dymek@dymek.test"},
        {"from_address": "Chat <chat@kawa.pl>"},
        {"smtp_host": "mail.kawa.pl", "smtp_username": "chat", "smtp_password": SecretStr("tajne")},
        {"console_url": "javascript:alert(1)"},
        {"time_zone": "Mars/Olympus"},
        {"confirmations_per_recipient": 0},
    ],
)
def test_what_could_go_wrong_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        settings(**wrong)


def test_a_password_goes_to_another_machine_only_encrypted() -> None:
    own = settings(smtp_host="mail.kawa.pl", smtp_password=SecretStr("tajne"), smtp_encryption="starttls")
    assert "tajne" not in repr(own)
