"""The settings of the notifier.

Mail goes to a catcher on this machine until a server is named, so nothing leaves the machine by default.
"""

from typing import Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import SettingsConfigDict

from contracts.parameters import TimeZone
from services.chassis.settings import ServiceSettings
from services.notifier.domain.address import NoMailbox, mailbox

HERE = frozenset({"127.0.0.1", "::1", "localhost"})


class NotifierSettings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="DYMEK_NOTIFIER_")

    port: int = Field(default=8104, ge=0, le=65535, description="Port to listen on.")
    smtp_host: str = Field(default="127.0.0.1", description="Mail server that takes outgoing mail.")
    smtp_port: int = Field(
        default=1025, ge=1, le=65535, description="Its port; by custom 587 for STARTTLS, 465 for TLS."
    )
    smtp_encryption: Literal["none", "starttls", "tls"] = Field(
        default="none", description="`starttls` or `tls`; `none` only for a server on this machine or in its network."
    )
    smtp_username: str = Field(default="", description="Log-in at the mail server; none without it.")
    smtp_password: SecretStr = Field(
        default=SecretStr(""), description="Its password; never sent to another machine without encryption."
    )
    smtp_seconds: float = Field(default=60.0, gt=0, le=600, description="The most that sending one mail may take.")
    from_address: str = Field(default="dymek@dymek.test", description="Sender of all mail; to be set in production.")
    from_name: str = Field(
        default="Dymek", max_length=120, description="The sender's name, and the letters' signature."
    )
    time_zone: TimeZone = Field(default="Europe/Warsaw", description="The clock by which letters tell the time.")
    console_url: str = Field(default="", description="Address of the console, for the alerts to agents.")
    confirmations_per_recipient: int = Field(
        default=5,
        ge=1,
        description="The most mails in 24 hours to one mailbox that visitors can have sent to any address: "
        "confirmations of tickets, and transcripts to addresses that no site vouched for.",
    )
    confirmations_per_day: int = Field(
        default=1000, ge=1, description="The most such mails in 24 hours to all together."
    )

    @field_validator("from_address")
    @classmethod
    def _a_mailbox(cls, address: str) -> str:
        try:
            return mailbox(address)
        except NoMailbox:
            raise ValueError("is no e-mail address") from None

    @field_validator("console_url")
    @classmethod
    def _a_page(cls, url: str) -> str:
        if url and not url.startswith(("https://", "http://")):
            raise ValueError("must begin with https:// or http://")
        return url

    @model_validator(mode="after")
    def _fit_for_production(self) -> Self:
        if self.smtp_password.get_secret_value() and self.smtp_encryption == "none" and self.smtp_host not in HERE:
            raise ValueError("smtp_password is not sent without encryption; set smtp_encryption to starttls or tls")
        if self.environment == "production" and self.from_address.endswith(".test"):
            raise ValueError("from_address still holds the example; set the address that your mail comes from")
        return self
