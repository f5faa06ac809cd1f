"""Whom sites vouch for: what makes a token good, what does not, and what a good one opens."""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import time
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import jwt
import pytest
import pytest_asyncio
from fastapi import FastAPI, HTTPException

from contracts.base import NamedRef
from contracts.conversation import AttachCustomer, LeaveMessage, StartConversation
from contracts.customers import Customer
from contracts.entries import Rated
from contracts.public import NewWidget
from contracts.reads import PastConversation, PastConversations
from deploy.local.processes import free_port
from services.gateway.identity import Identities
from tests.integration.gateway.conftest import SALES, SUPPORT, Gateway, running_gateway, serving
from tests.integration.gateway.page import Page
from tests.integration.gateway.test_administration import SERVICE, Person, person, refusal
from tests.integration.gateway.test_reads import visitor_id
from tests.support.signing import identity_token

EMAIL = "anna@example.com"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@dataclass
class Customers:
    """The customers service, as far as the gateway asks it here."""

    by_address: dict[str, NamedRef] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    """The addresses that were looked up."""

    def http(self) -> FastAPI:
        app = FastAPI()

        @app.get("/internal/customers/of-address")
        async def of_address(email: str) -> NamedRef:
            self.asked.append(email)
            if email not in self.by_address:
                raise HTTPException(404)
            return self.by_address[email]

        @app.get("/internal/customers/{customer_id}")
        async def card(customer_id: UUID) -> Customer:
            for known in self.by_address.values():
                if known.id == customer_id:
                    return Customer(id=known.id, name=known.name)
            raise HTTPException(404)

        return app


@dataclass(frozen=True)
class Site:
    """A gateway whose widget "shop" has a secret, and "quiet" none."""

    gateway: Gateway
    customers: Customers
    chief: Person
    secret: str
    database_url: str

    async def visitor(self, widget: str = "shop") -> str:
        answer = await self.gateway.http.post(f"/api/widgets/{widget}/visitors", headers=self.gateway.origin)
        return str(answer.json()["token"])

    async def hand_over(self, visitor: str, token: str) -> bool:
        """Whether the gateway takes the site's word."""
        headers = {"Authorization": f"Bearer {visitor}", **self.gateway.origin}
        answer = await self.gateway.http.post("/api/visitor/identity", json={"token": token}, headers=headers)
        assert answer.status_code == 200, answer.text
        assert answer.headers["cache-control"] == "no-store"
        return bool(answer.json()["verified"])

    async def conversations(self, visitor: str) -> list[str]:
        """The earlier conversations that the visitor is shown, by id."""
        headers = {"Authorization": f"Bearer {visitor}"}
        answer = await self.gateway.http.get("/api/visitor/conversations", headers=headers)
        assert answer.status_code == 200, answer.text
        return [past["conversation_id"] for past in answer.json()["conversations"]]

    async def starts_verified(self, visitor: str, email: str | None = EMAIL) -> bool:
        """Begin a conversation; whether the router hears that the address is verified."""
        async with self.gateway.visitor(visitor) as page:
            stream = await page.start(SALES.id, email=email)
        commands = [one for one in self.gateway.router.commands if isinstance(one, StartConversation)]
        (command,) = [one for one in commands if one.conversation_id == stream]
        return command.verified

    def token(self, email: str | None = EMAIL, secret: str | None = None, widget: str = "shop", **claims: Any) -> str:
        """A token as the library makes it, with these claims instead of the good ones; None leaves one out."""
        now = time()
        good = {"aud": widget, "email": email, "iat": now, "exp": now + 60, "jti": str(uuid4())}
        kept = {name: value for name, value in {**good, **claims}.items() if value is not None}
        return jwt.encode(kept, secret or self.secret, algorithm="HS256")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def shared_site(amqp_url: str, gateway_database: str) -> AsyncIterator[Site]:
    customers = Customers()
    async with (
        serving(customers.http(), free_port([])) as url,
        running_gateway(amqp_url, gateway_database, customers_url=url, answer_seconds=3) as gateway,
    ):
        quiet = NewWidget(key="quiet", title="Cichy", topic_ids=(SALES.id,), allowed_origins=())
        made = await gateway.http.post("/internal/widgets", json=quiet.model_dump(mode="json"), headers=SERVICE)
        assert made.is_success
        chief = await person(gateway, "administrator", "Marta Wilk")
        answer = await chief.post("/api/admin/widgets/shop/secret", {})
        yield Site(gateway, customers, chief, answer.json()["secret"], gateway_database)


@pytest_asyncio.fixture(loop_scope="session")
async def site(shared_site: Site) -> Site:
    shared_site.customers.by_address.clear()
    shared_site.customers.asked.clear()
    shared_site.gateway.router.owned.histories.clear()
    return shared_site


def past(state: Any = "closed", started_at: datetime = NOW) -> PastConversation:
    return PastConversation(
        conversation_id=uuid4(), topic_name="Sprzedaż", state=state, started_at=started_at, last_line="Dziękuję"
    )


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


# --- earlier conversations


async def opened(page: Page, stream: UUID) -> str | None:
    """Open a conversation; the code of the refusal, if it is refused."""
    await page.tell("open", stream=stream, after=0)
    while True:
        for frame in page.unread:
            if frame["t"] == "reset" and frame["stream"] == str(stream):
                page.unread.remove(frame)
                return None
            if frame["t"] == "refused" and frame["id"] == str(stream):
                page.unread.remove(frame)
                return str(frame["refusal"]["code"])
        page.unread.append(json.loads(await page.socket.recv()))


@pytest_asyncio.fixture(loop_scope="session")
async def elsewhere(site: Site) -> UUID:
    """A conversation that Anna had, verified, from another browser; it is over."""
    async with site.gateway.visitor(await site.visitor()) as page:
        stream = await page.start(SALES.id)
        await page.expect("ack", id=await page.send("end", stream))
    anna = NamedRef(id=uuid4(), name="Anna Nowak")
    site.customers.by_address[EMAIL] = anna
    over, running = past(), past("active")
    histories = site.gateway.router.owned.histories
    histories[anna.id] = PastConversations(conversations=(over.model_copy(update={"conversation_id": stream}), running))
    return stream


async def test_a_verified_visitor_is_shown_their_customers_conversations_that_are_over_among_their_own(
    site: Site, elsewhere: UUID
) -> None:
    visitor = await site.visitor()
    own = past(started_at=NOW + timedelta(days=1))
    me = await visitor_id(site.gateway, visitor, site.database_url)
    site.gateway.router.owned.histories[me] = PastConversations(conversations=(own,))
    assert await site.conversations(visitor) == [str(own.conversation_id)]
    assert site.customers.asked == []
    assert await site.hand_over(visitor, site.token())
    assert await site.conversations(visitor) == [str(own.conversation_id), str(elsewhere)]
    assert site.customers.asked == [EMAIL]


async def test_a_verified_visitor_reads_them_and_does_nothing_in_them(site: Site, elsewhere: UUID) -> None:
    visitor = await site.visitor()
    assert await site.hand_over(visitor, site.token())
    async with site.gateway.visitor(visitor) as page:
        assert await opened(page, elsewhere) is None
        asked: list[tuple[str, dict[str, Any]]] = [("post", {"text": "?"}), ("end", {}), ("rate", {"score": "bad"})]
        for do, fields in [*asked, ("transcript", {})]:
            request = await page.send(do, elsewhere, **fields)
            assert (await page.refusal(request))["code"] == "not_yours"
        await page.tell("pull", stream=elsewhere, after=1)
        assert (await page.expect("replay", stream=elsewhere))["head"] == 2


async def test_nobody_else_opens_them_and_nobody_after_the_identity_has_run_out(site: Site, elsewhere: UUID) -> None:
    stranger, other, anna = [await site.visitor() for _ in range(3)]
    assert await site.hand_over(other, site.token("ewa@example.com"))
    assert await site.hand_over(anna, site.token())
    for visitor in (stranger, other):
        async with site.gateway.visitor(visitor) as page:
            assert await opened(page, elsewhere) == "not_yours"
    async with site.gateway.visitor(anna) as page:
        assert await opened(page, elsewhere) is None
        async with database(site) as connection:
            await connection.execute("UPDATE gateway.visitor SET identity_until = now() WHERE identity_until > now()")
        async with site.gateway.visitor(anna) as later:
            assert await opened(later, elsewhere) == "not_yours"
    assert await site.conversations(anna) == []


@pytest.mark.parametrize("how", ["a new secret", "another address"])
async def test_what_is_open_is_read_no_further_when_the_site_takes_its_word_back(
    site: Site, elsewhere: UUID, how: str
) -> None:
    secret = (await site.chief.post("/api/admin/widgets/quiet/secret", {})).json()["secret"]
    visitor = await site.visitor("quiet")
    assert await site.hand_over(visitor, identity_token("quiet", secret, EMAIL))
    async with site.gateway.visitor(visitor) as page:
        assert await opened(page, elsewhere) is None
        if how == "a new secret":
            await site.chief.post("/api/admin/widgets/quiet/secret", {})
        else:
            assert await site.hand_over(visitor, identity_token("quiet", secret, "ewa@example.com"))
        await site.gateway.router.log(elsewhere, Rated(score="good", comment="tajne"))
        await page.tell("pull", stream=elsewhere, after=2)
        assert (await page.refusal(elsewhere))["code"] == "not_yours"
        heard = await page.heard_until_now()
    assert "tajne" not in json.dumps(heard)
    async with database(site) as connection:
        await connection.execute("UPDATE gateway.widget SET identity_secret = NULL WHERE key = 'quiet'")


async def test_what_comes_after_the_end_is_read_and_not_sent_unasked(site: Site, elsewhere: UUID) -> None:
    visitor = await site.visitor()
    assert await site.hand_over(visitor, site.token())
    async with site.gateway.visitor(visitor) as page:
        assert await opened(page, elsewhere) is None
        own = await page.start(SALES.id)
        await site.gateway.router.log(elsewhere, Rated(score="good"))
        # The broker keeps the order, so what comes after this on the same way has come after it.
        await page.expect("ack", id=await page.send("post", own, text="?"))
        assert not [frame for frame in page.unread if frame["t"] == "event" and frame["stream"] == str(elsewhere)]
        await page.tell("pull", stream=elsewhere, after=2)
        assert (await page.expect("replay", stream=elsewhere))["head"] == 3


async def test_a_conversation_that_is_not_over_is_nobody_elses_to_open(site: Site, elsewhere: UUID) -> None:
    async with site.gateway.visitor(await site.visitor()) as page:
        running = await page.start(SALES.id)
    (customer,) = site.customers.by_address.values()
    histories = site.gateway.router.owned.histories
    going_on = past("active").model_copy(update={"conversation_id": running})
    histories[customer.id] = PastConversations(conversations=(going_on,))
    visitor = await site.visitor()
    assert await site.hand_over(visitor, site.token())
    async with site.gateway.visitor(visitor) as page:
        assert await opened(page, running) == "not_yours"


async def test_as_much_is_asked_for_an_address_without_a_customer(site: Site) -> None:
    visitor = await site.visitor()
    assert await site.hand_over(visitor, site.token("nobody@example.com"))
    assert await site.conversations(visitor) == []
    assert site.customers.asked == ["nobody@example.com"]


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


def database(site: Site) -> Any:
    """A connection of the test's own to the gateway's tables."""
    return asyncpg.create_pool(site.database_url, min_size=1, max_size=1)
