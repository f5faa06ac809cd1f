"""Whom sites vouch for: what makes a token good, what does not, and the secret it is signed with."""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import AsyncIterator, Callable
from time import time
from typing import Any
from uuid import uuid4

import jwt
import pytest
import pytest_asyncio

from contracts.base import NamedRef
from contracts.conversation import AttachCustomer, LeaveMessage, StartConversation
from contracts.public import NewWidget
from services.gateway.identity import Identities
from tests.integration.gateway.conftest import SALES, SUPPORT, running_gateway
from tests.integration.gateway.sites import EMAIL, Site, database, running_site
from tests.integration.gateway.test_administration import SERVICE, person, refusal
from tests.integration.gateway.test_reads import visitor_id
from tests.support.signing import identity_token


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def shared_site(amqp_url: str, gateway_database: str) -> AsyncIterator[Site]:
    async with running_site(amqp_url, gateway_database) as one:
        yield one


@pytest_asyncio.fixture(loop_scope="session")
async def site(shared_site: Site) -> Site:
    shared_site.forget()
    return shared_site


# --- good tokens


async def test_what_a_site_signs_as_documented_makes_the_address_verified(site: Site) -> None:
    visitor = await site.visitor()
    assert not await site.starts_verified(visitor)
    assert await site.hand_over(visitor, identity_token("shop", site.secret, EMAIL))
    assert await site.starts_verified(visitor)
    assert await site.starts_verified(visitor, " ANNA@Example.com ")


async def test_only_the_address_that_was_signed_is_verified(site: Site) -> None:
    visitor = await site.visitor()
    assert await site.hand_over(visitor, site.token())
    assert not await site.starts_verified(visitor, "anna@example.org")
    assert not await site.starts_verified(await site.visitor())


async def test_a_message_that_is_left_is_verified_as_a_chat_is(site: Site) -> None:
    visitor = await site.visitor()
    assert await site.hand_over(visitor, site.token())
    async with site.gateway.visitor(visitor) as page:
        form: dict[str, Any] = {"topic_id": SALES.id, "name": "Anna", "email": EMAIL, "text": "Kiedy otwieracie?"}
        await page.expect("ack", id=await page.send("leave_message", uuid4(), **form))
    command = site.gateway.router.commands[-1]
    assert isinstance(command, LeaveMessage)
    assert command.verified


async def test_a_page_that_is_open_already_is_verified_with_the_next_conversation(site: Site) -> None:
    visitor = await site.visitor()
    async with site.gateway.visitor(visitor) as page:
        await page.start(SALES.id)
        assert await site.hand_over(visitor, site.token())
        await page.start(SALES.id)
    verified = [one.verified for one in site.gateway.router.commands[-2:] if isinstance(one, StartConversation)]
    assert verified == [False, True]


async def test_the_same_visitor_may_bring_a_token_again_and_another_one_not(site: Site) -> None:
    anna, thief = await site.visitor(), await site.visitor()
    token = site.token()
    assert await site.hand_over(anna, token)
    assert await site.hand_over(anna, token)
    assert not await site.hand_over(thief, token)
    assert not await site.starts_verified(thief)
    assert await site.starts_verified(anna)


async def test_an_identity_ends_with_its_token(site: Site) -> None:
    visitor = await site.visitor()
    now = time()
    assert await site.hand_over(visitor, site.token(iat=now - 60, exp=now - 29))
    assert await site.starts_verified(visitor)
    async with database(site) as connection:
        await connection.execute("UPDATE gateway.visitor SET identity_until = now() WHERE identity_until > now()")
    assert not await site.starts_verified(visitor)


# --- tokens that are none


def unsigned(site: Site) -> str:
    head = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').rstrip(b"=").decode()
    return f"{head}.{site.token().split('.')[1]}."


def under_another_algorithm(site: Site) -> str:
    """Signed with the secret, by HS256, under a header that says RS256: as if the secret were somebody's public key."""
    _, body, signature = site.token().split(".")
    head = base64.urlsafe_b64encode(json.dumps({"alg": "RS256", "typ": "JWT"}).encode()).rstrip(b"=").decode()
    return f"{head}.{body}.{signature}"


def of_another_length(site: Site) -> str:
    return jwt.encode(jwt.decode(site.token(), options={"verify_signature": False}), site.secret, algorithm="HS512")


def tampered(site: Site) -> str:
    head, _, signature = site.token().split(".")
    _, body, _ = site.token("ewa@example.com").split(".")
    return f"{head}.{body}.{signature}"


BAD: dict[str, tuple[Callable[[Site], str], str]] = {
    "missing": (lambda site: "", "malformed"),
    "no token": (lambda site: "a.b.c", "malformed"),
    "a deep header": (lambda site: base64.urlsafe_b64encode(b"[" * 2500).decode() + ".e30.e30", "malformed"),
    "not text": (lambda site: "\u0000.ż.🙂", "malformed"),
    "of endless length": (lambda site: site.token(name="x" * 4000), "too_long"),
    "another secret": (lambda site: site.token(secret="x" * 43), "signature"),
    "changed on the way": (tampered, "signature"),
    "alg none": (unsigned, "algorithm"),
    "RS256": (under_another_algorithm, "algorithm"),
    "HS512": (of_another_length, "algorithm"),
    "expired": (lambda site: site.token(iat=time() - 120, exp=time() - 31), "expired"),
    "of tomorrow": (lambda site: site.token(iat=time() + 3600, exp=time() + 3700), "not_yet_valid"),
    "for a day": (lambda site: site.token(exp=time() + 86_400), "too_long_lived"),
    "another widget's": (lambda site: site.token(widget="quiet"), "another_widget"),
    "without an id": (lambda site: site.token(jti=None), "claims"),
    "without an address": (lambda site: site.token(email=None), "claims"),
    "without an end": (lambda site: site.token(exp=None), "claims"),
}


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
@pytest.mark.parametrize("why", BAD)
async def test_with_a_bad_token_nobody_is_verified_and_the_chat_goes_on(
    site: Site, why: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.INFO, logger="dymek.identity")
    make, reason = BAD[why]
    token, visitor = make(site), await site.visitor()
    assert not await site.hand_over(visitor, token)
    assert not await site.starts_verified(visitor)
    (line,) = [record for record in caplog.records if record.name == "dymek.identity"]
    said = str(line.msg)
    for part in ("identity_refused", "'shop'", f"'{reason}'"):
        assert part in said
    written = said + caplog.text + "".join(capfd.readouterr())
    for secret in (EMAIL, site.secret, visitor, *(part for part in token.split(".") if len(part) > 6)):
        assert secret not in written


async def test_a_replayed_token_and_one_without_a_secret_are_logged_as_such(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="dymek.identity")
    token = site.token()
    assert await site.hand_over(await site.visitor(), token)
    for visitor, handed in ((await site.visitor(), token), (await site.visitor("quiet"), site.token(widget="quiet"))):
        assert not await site.hand_over(visitor, handed)
        assert not await site.starts_verified(visitor)
    said = [str(record.msg) for record in caplog.records if record.name == "dymek.identity"]
    assert ["'replayed'" in said[0], "'no_secret'" in said[1], len(said)] == [True, True, 2]


async def test_with_too_many_tokens_nobody_is_verified_and_the_chat_goes_on(
    amqp_url: str, gateway_database: str, capfd: pytest.CaptureFixture[str]
) -> None:
    rare: dict[str, Any] = {"visitor_burst": 2, "visitors_per_minute": 0.1}
    async with running_gateway(amqp_url, gateway_database, log_level="INFO", **rare) as gateway:
        headers = {"Authorization": f"Bearer {await gateway.visitor_token()}", **gateway.origin}
        for _ in range(3):
            answer = await gateway.http.post("/api/visitor/identity", json={"token": "a.b.c"}, headers=headers)
            assert (answer.status_code, answer.json()) == (200, {"verified": False})
        async with gateway.visitor(headers["Authorization"].split()[1]) as page:
            await page.start(SALES.id)
    written = "".join(capfd.readouterr())
    reasons = [json.loads(line)["reason"] for line in written.splitlines() if '"identity_refused"' in line]
    assert [reason == "too_many" for reason in reasons] == [False, False, True]


async def test_only_a_visitor_hands_a_token_over(site: Site) -> None:
    answer = await site.gateway.http.post(
        "/api/visitor/identity", json={"token": site.token()}, headers=site.gateway.origin
    )
    assert refusal(answer) == (401, "unauthorised", None)


# --- the secret


async def test_administrators_alone_see_the_widgets_and_make_secrets_which_are_shown_once(site: Site) -> None:
    async def widgets() -> dict[str, bool]:
        answer = await site.chief.get("/api/admin/widgets")
        assert site.secret not in answer.text
        return {one["key"]: one["has_secret"] for one in answer.json()["widgets"]}

    assert await widgets() == {"quiet": False, "shop": True}
    for role in ("agent", "supervisor"):
        someone = await person(site.gateway, role)
        assert refusal(await someone.get("/api/admin/widgets")) == (403, "not_allowed", None)
        assert refusal(await someone.post("/api/admin/widgets/shop/secret", {})) == (403, "not_allowed", None)
    assert refusal(await site.chief.post("/api/admin/widgets/nothing/secret", {}))[:2] == (404, "unknown")


async def test_a_new_secret_ends_the_old_one_and_what_was_signed_with_it_at_once(site: Site) -> None:
    made = await site.chief.post("/api/admin/widgets/quiet/secret", {})
    assert (made.status_code, made.headers["cache-control"]) == (201, "no-store")
    old = made.json()["secret"]
    early, late = await site.visitor("quiet"), await site.visitor("quiet")
    assert await site.hand_over(early, identity_token("quiet", old, EMAIL))
    new = (await site.chief.post("/api/admin/widgets/quiet/secret", {})).json()["secret"]
    assert new != old
    assert not await site.starts_verified(early)
    assert not await site.hand_over(late, identity_token("quiet", old, EMAIL))
    assert await site.hand_over(late, identity_token("quiet", new, EMAIL))
    async with database(site) as connection:
        await connection.execute("UPDATE gateway.widget SET identity_secret = NULL WHERE key = 'quiet'")


async def test_making_the_widget_anew_keeps_its_secret(site: Site) -> None:
    shop = NewWidget(key="shop", title="Sklep", topic_ids=(SALES.id, SUPPORT.id), allowed_origins=(), rating=False)
    path = "/internal/widgets"
    made = await site.gateway.http.post(path, json=shop.model_dump(mode="json"), headers=SERVICE)
    assert made.is_success
    assert await site.hand_over(await site.visitor(), site.token())
    config = (await site.gateway.http.get("/api/widgets/shop")).json()
    assert (config["rating"], config["transcript"]) == (False, True)
    await site.gateway.http.post(
        path, json=shop.model_copy(update={"rating": True}).model_dump(mode="json"), headers=SERVICE
    )


async def test_what_has_run_out_is_forgotten_and_nothing_else(site: Site) -> None:
    old, new = await site.visitor(), await site.visitor()
    assert await site.hand_over(old, site.token(jti="old"))
    assert await site.hand_over(new, site.token(jti="new"))
    async with database(site) as connection:
        await connection.execute(
            "UPDATE gateway.identity_token SET expires_at = now() - interval '1 hour' WHERE token_id = 'old'"
        )
        await connection.execute(
            "UPDATE gateway.visitor SET identity_until = now() - interval '1 hour' WHERE visitor_id = $1",
            await visitor_id(site.gateway, old, site.database_url),
        )
        service = site.gateway.app.state.service
        await Identities(service.database, service.clock).forget()
        ids = {row["token_id"] for row in await connection.fetch("SELECT token_id FROM gateway.identity_token")}
        assert ids & {"old", "new"} == {"new"}
        rows = await connection.fetch(
            "SELECT identity_address FROM gateway.visitor WHERE visitor_id = ANY ($1::uuid[])",
            [await visitor_id(site.gateway, token, site.database_url) for token in (old, new)],
        )
        assert {row["identity_address"] for row in rows} == {None, EMAIL}


# --- attaching by hand


async def test_an_agent_attaches_a_customer_by_the_name_on_their_card(site: Site) -> None:
    anna = NamedRef(id=uuid4(), name="Anna Nowak")
    site.customers.by_address[EMAIL] = anna
    stream = uuid4()
    async with site.gateway.agent() as page:
        for customer_id in (anna.id, None):
            await page.send("attach", stream, customer_id=customer_id)
        stranger = await page.refusal(await page.send("attach", stream, customer_id=uuid4()))
    assert (stranger["code"], stranger["detail"]) == ("unknown", "customer_id")
    attached = [one.customer for one in site.gateway.router.commands if isinstance(one, AttachCustomer)]
    assert attached == [anna, None]
