"""The gateway's settings: where the other services answer, who may talk to us, and how much."""

from pathlib import Path
from typing import Final, Self

from pydantic import Field, field_validator, model_validator
from pydantic_settings import SettingsConfigDict

from services.chassis.settings import ServiceSettings
from services.gateway.domain.address import AddressPolicy
from services.gateway.domain.limits import Rate
from services.gateway.domain.origin import normalised, own_origins

HERE: Final = Path(__file__).parent
LEAST_PASSWORD_MEMORY_KIB: Final = 19_456
"""The least for argon2id that OWASP's Password Storage Cheat Sheet names, with fewer passes than ours."""


class GatewaySettings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="DYMEK_GATEWAY_", frozen=True, extra="ignore", env_ignore_empty=True)

    port: int = Field(default=8080, ge=0, le=65535, description="Port to listen on.")
    router_url: str = Field(default="http://127.0.0.1:8101", description="Internal HTTP of the router.")
    tickets_url: str = Field(default="http://127.0.0.1:8102", description="Internal HTTP of the tickets service.")
    customers_url: str = Field(default="http://127.0.0.1:8103", description="Internal HTTP of the customers service.")
    notifier_url: str = Field(default="http://127.0.0.1:8104", description="Internal HTTP of the notifier.")
    public_url: str = Field(description="The address under which people reach the gateway; https makes cookies secure.")
    allowed_origins: tuple[str, ...] = Field(
        default=(), description="Further origins whose pages may use the API and the sockets, as a JSON list."
    )
    static_dir: Path = Field(default=HERE / "static", description="The built front end: widget/ and console/ below it.")
    demo_dir: Path | None = Field(default=None, description="A demo site to serve at /demo/; none when unset.")
    address_policy: AddressPolicy = Field(
        default="shortened", description="What agents see of a visitor's network address: whole, shortened or none."
    )
    session_idle_hours: float = Field(default=12, gt=0, description="A session ends after so long without use.")
    session_max_hours: float = Field(default=24 * 7, gt=0, description="A session ends after so long in any case.")
    password_threads: int = Field(default=2, ge=1, le=16, description="Passwords checked at the same time.")
    password_memory_kib: int = Field(
        default=65_536, ge=64, le=1_048_576, description="Memory that each of them takes; in production at least 19456."
    )
    frame_burst: float = Field(default=20, ge=1, description="Messages a socket may send at once.")
    frames_per_second: float = Field(default=5, gt=0, description="Messages a socket may send in the long run.")
    visitor_burst: float = Field(
        default=100, ge=1, description="New visitors, new conversations and sites' tokens from one address at once."
    )
    visitors_per_minute: float = Field(
        default=60,
        gt=0,
        description="New visitors, new conversations and sites' tokens from one address in the long run.",
    )
    sign_in_burst: float = Field(
        default=8, ge=1, description="Failed sign-ins per account at once; per address, five times as many."
    )
    sign_ins_per_minute: float = Field(default=4, gt=0, description="Failed sign-ins per account in the long run.")
    beat_seconds: float = Field(default=20, gt=0, le=60, description="Between two beats to every socket.")
    presence_seconds: float = Field(
        default=5, gt=0, le=10, description="Between two reports of who is here; the router's lease on them is longer."
    )
    hello_seconds: float = Field(default=10, gt=0, description="A socket that has not said hello by then is closed.")
    answer_seconds: float = Field(default=15, gt=0, description="A request without an answer by then is refused.")
    send_seconds: float = Field(default=10, gt=0, description="A socket that takes no data for so long is closed.")
    outgoing_frames: int = Field(default=512, ge=16, description="Frames waiting for one socket before it is closed.")
    sockets: int = Field(default=20_000, ge=1, le=1_000_000, description="Sockets open at once in this process.")
    sockets_per_address: int = Field(
        default=1000, ge=1, le=1_000_000, description="Sockets open at once from one address (of IPv6 its /64)."
    )
    drain_seconds: float = Field(default=3, ge=0, description="At shutdown, pages move elsewhere within this time.")

    @model_validator(mode="after")
    def _hard_to_guess(self) -> Self:
        if self.environment == "production" and self.password_memory_kib < LEAST_PASSWORD_MEMORY_KIB:
            raise ValueError(f"password_memory_kib is less than {LEAST_PASSWORD_MEMORY_KIB}")
        return self

    @field_validator("public_url")
    @classmethod
    def _is_an_origin(cls, value: str) -> str:
        if normalised(value) is None:
            raise ValueError("must be an http(s) address")
        return value.rstrip("/")

    @property
    def secure(self) -> bool:
        """Whether people reach us over TLS."""
        return self.public_url.lower().startswith("https:")

    @property
    def own_origins(self) -> frozenset[str]:
        return own_origins(self.public_url, self.allowed_origins)

    @property
    def frame_rate(self) -> Rate:
        return Rate(self.frame_burst, self.frames_per_second)

    @property
    def visitor_rate(self) -> Rate:
        return Rate(self.visitor_burst, self.visitors_per_minute / 60)

    @property
    def account_rate(self) -> Rate:
        return Rate(self.sign_in_burst, self.sign_ins_per_minute / 60)

    @property
    def sign_in_address_rate(self) -> Rate:
        return Rate(self.sign_in_burst * 5, self.sign_ins_per_minute * 5 / 60)
