"""The examples of docs/identity.md, run as a site would run them: what they sign is good, and nothing else is."""

import hmac
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import jwt
import pytest

from contracts.address import normalise
from services.gateway.domain.identity import LONGEST, NotVouched
from services.gateway.identity import read_token
from tests.support.signing import example, python_example

SECRET = "WWs5bGtrRVJ1Y2hsZW5tZWhyQWxzMzJCeXRlcw"
WIDGET, EMAIL = "shop", "Anna+kawa@Żubr.pl"

Signer = Callable[[str, str, str], str]


def javascript(folder: Path) -> Signer:
    module = folder / "identity.mjs"
    module.write_text(example("js"), "utf-8")
    load = f"import {{ identityToken }} from {str(module)!r};"
    script = f"{load} process.stdout.write(identityToken(...process.argv.slice(1)));"

    def sign(widget: str, secret: str, email: str) -> str:
        command = ["node", "--input-type=module", "--eval", script, widget, secret, email]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout

    return sign


@pytest.fixture(params=["python", "javascript"])
def sign(request: pytest.FixtureRequest, tmp_path: Path) -> Signer:
    return python_example() if request.param == "python" else javascript(tmp_path)


def test_what_the_example_signs_vouches_for_the_address(sign: Signer) -> None:
    tokens = [sign(WIDGET, SECRET, EMAIL) for _ in range(2)]
    identities = []
    for token in tokens:
        claims = jwt.decode(token, SECRET, algorithms=["HS256"], audience=WIDGET)
        assert claims["exp"] - claims["iat"] < LONGEST.total_seconds()
        identities.append(read_token(token, SECRET, WIDGET, datetime.now(UTC)))
    assert {identity.address for identity in identities} == {normalise(EMAIL)}
    assert len({identity.token_id for identity in identities}) == 2


def test_another_secret_has_signed_something_else(sign: Signer) -> None:
    with pytest.raises(NotVouched, match="signature"):
        read_token(sign(WIDGET, SECRET[::-1], EMAIL), SECRET, WIDGET, datetime.now(UTC))


def test_signatures_are_compared_in_constant_time(sign: Signer, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[bool] = []

    def compare(one: bytes, other: bytes) -> bool:
        compared.append(digest_compare(one, other))
        return compared[-1]

    digest_compare = hmac.compare_digest
    monkeypatch.setattr(hmac, "compare_digest", compare)
    read_token(sign(WIDGET, SECRET, EMAIL), SECRET, WIDGET, datetime.now(UTC))
    with pytest.raises(NotVouched, match="signature"):
        read_token(sign(WIDGET, SECRET[::-1], EMAIL), SECRET, WIDGET, datetime.now(UTC))
    assert compared == [True, False]
