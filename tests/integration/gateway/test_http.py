"""HTTP for pages: sign-in, widgets, visitors, reads; every refusal has a code and a sentence."""

import asyncio
import statistics
import time

import pytest

from contracts.conversation import AgentRegistered
from contracts.public import NewAgent
from contracts.topology import EVENTS
from tests.integration.gateway.conftest import AGENT, SALES, SUPPORT, Gateway, running_gateway
from tests.support.in_process import TOKEN
from tests.support.wiretap import Wiretap

SERVICE = {"Authorization": f"Bearer {TOKEN}"}


async def test_the_session_lives_in_a_cookie_that_no_script_and_no_other_site_can_use(gateway: Gateway) -> None:
    body = {"email": " JAN@example.com ", "password": AGENT.password}
    answer = await gateway.http.post("/api/session", json=body, headers=gateway.origin)
    assert answer.status_code == 200
    assert answer.json()["name"] == "Jan Kowalski"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Secure" not in cookie  # The public address is plain http here.
    session = {"Cookie": cookie.split(";")[0]}
    assert (await gateway.http.get("/api/session", headers=session)).json()["email"] == "Jan@example.com"
    assert (await gateway.http.delete("/api/session", headers={**session, **gateway.origin})).status_code == 204
    assert (await gateway.http.get("/api/session", headers=session)).status_code == 401


async def test_a_wrong_password_and_an_unknown_account_get_the_same_answer_in_the_same_time(
    amqp_url: str, gateway_database: str
) -> None:
    async with running_gateway(amqp_url, gateway_database, sign_in_burst=100) as gateway:
        answers, times = [], {}
        for email in ("jan@example.com", "nobody@example.com"):
            taken = []
            for _ in range(5):
                began = time.perf_counter()
                body = {"email": email, "password": "wrong"}
                answers.append(await gateway.http.post("/api/session", json=body, headers=gateway.origin))
                taken.append(time.perf_counter() - began)
            times[email] = statistics.median(taken)
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text for answer in answers}) == 1
    quick, slow = sorted(times.values())
    assert slow < quick * 3


async def test_guessing_is_slowed_down_per_account_and_signing_in_counts_nothing(
    amqp_url: str, gateway_database: str
) -> None:
    async with running_gateway(amqp_url, gateway_database, sign_in_burst=3) as gateway:
        for _ in range(6):
            await gateway.session_cookie()
        body = {"email": "jan@example.com", "password": "wrong"}
        statuses = [
            (await gateway.http.post("/api/session", json=body, headers=gateway.origin)).status_code for _ in range(3)
        ]
        answer = await gateway.http.post(
            "/api/session", json={**body, "password": AGENT.password}, headers=gateway.origin
        )
    assert statuses == [401, 401, 401]
    assert answer.status_code == 429
    assert answer.json()["code"] == "too_fast"
    assert int(answer.headers["retry-after"]) >= 1


async def test_an_account_and_the_word_of_it_to_the_router_are_made_together(gateway: Gateway, amqp_url: str) -> None:
    agent = NewAgent(email="ewa@example.com", name="Ewa", password="kot-w-butach", capacity=2, topic_ids=(SALES.id,))
    async with Wiretap(amqp_url, (EVENTS, AgentRegistered.TYPE)) as tap:
        for capacity in (2, 5):
            body = agent.model_copy(update={"capacity": capacity}).model_dump(mode="json")
            me = (await gateway.http.post("/internal/agents", json=body, headers=SERVICE)).json()
        first, second = (await tap.heard()).message, (await tap.heard()).message
    assert str(first.agent_id) == str(second.agent_id) == me["agent_id"]
    assert (first.capacity, second.capacity) == (2, 5)
    assert first.version < second.version


async def test_a_changed_password_ends_every_session_and_the_same_one_ends_none(gateway: Gateway) -> None:
    agent = NewAgent(email="ola@example.com", name="Ola", password="stare-haslo", topic_ids=())
    signed_in = {"email": agent.email, "password": agent.password}

    async def save(password: str) -> None:
        body = agent.model_copy(update={"password": password}).model_dump(mode="json")
        assert (await gateway.http.post("/internal/agents", json=body, headers=SERVICE)).is_success

    await save(agent.password)
    answer = await gateway.http.post("/api/session", json=signed_in, headers=gateway.origin)
    session = {"Cookie": answer.headers["set-cookie"].split(";")[0]}
    await save(agent.password)
    assert (await gateway.http.get("/api/session", headers=session)).status_code == 200
    await save("nowe-haslo")
    assert (await gateway.http.get("/api/session", headers=session)).status_code == 401


@pytest.mark.parametrize("origin", [{}, {"Origin": "https://evil.test"}, {"Origin": "null"}])
async def test_what_changes_something_must_come_from_a_page_of_ours(gateway: Gateway, origin: dict[str, str]) -> None:
    body = {"email": "jan@example.com", "password": AGENT.password}
    for method, path in (("POST", "/api/session"), ("DELETE", "/api/session"), ("POST", "/api/widgets/shop/visitors")):
        answer = await gateway.http.request(method, path, json=body, headers=origin)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_yours")
        assert "set-cookie" not in answer.headers


async def test_a_malformed_request_is_refused_without_repeating_what_was_sent(gateway: Gateway) -> None:
    body = {"email": "jan@example.com", "password": {"tajne": "haslo"}}
    answer = await gateway.http.post("/api/session", json=body, headers=gateway.origin)
    assert answer.status_code == 422
    assert answer.json()["code"] == "invalid"
    assert "haslo" not in answer.text


async def test_a_body_that_is_too_long_is_not_read(gateway: Gateway) -> None:
    answer = await gateway.http.post("/api/session", content=b"x" * 140_000, headers=gateway.origin)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_long")


async def test_a_widget_says_what_its_panel_needs_and_no_more(gateway: Gateway) -> None:
    config = (await gateway.http.get("/api/widgets/shop")).json()
    assert [topic["id"] for topic in config["topics"]] == [str(SALES.id), str(SUPPORT.id)]
    assert config["title"] == "Sklep"
    assert "allowed_origins" not in config
    assert (await gateway.http.get("/api/widgets/none")).json()["code"] == "unknown"


async def test_every_visitor_gets_a_token_of_their_own(gateway: Gateway) -> None:
    tokens = await asyncio.gather(*(gateway.visitor_token() for _ in range(5)))
    assert len(set(tokens)) == 5
    assert all(len(token) >= 43 for token in tokens)
    answer = await gateway.http.post("/api/widgets/none/visitors", headers=gateway.origin)
    assert answer.status_code == 404


async def test_new_visitors_from_one_address_are_limited(amqp_url: str, gateway_database: str) -> None:
    async with running_gateway(amqp_url, gateway_database, visitor_burst=2, visitors_per_minute=1) as gateway:
        statuses = [
            (await gateway.http.post("/api/widgets/shop/visitors", headers=gateway.origin)).status_code
            for _ in range(3)
        ]
    assert statuses == [201, 201, 429]


@pytest.mark.parametrize("path", ["/api/tickets", f"/api/tickets/{SALES.id}", f"/api/customers/{SALES.id}"])
async def test_what_the_console_reads_needs_a_session(gateway: Gateway, path: str) -> None:
    answer = await gateway.http.get(path)
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthorised")
    assert answer.headers["cache-control"] == "no-store"


async def test_an_owner_that_does_not_know_is_no_owner_that_is_away(gateway: Gateway) -> None:
    session = {"Cookie": await gateway.session_cookie()}
    answer = await gateway.http.get(f"/api/tickets/{SALES.id}", headers=session)
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown")


async def test_an_owner_that_is_away_is_said_readably(amqp_url: str, gateway_database: str) -> None:
    async with running_gateway(amqp_url, gateway_database, away=("tickets",)) as gateway:
        session = {"Cookie": await gateway.session_cookie()}
        answer = await gateway.http.get("/api/tickets", headers=session)
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert "Try again" in answer.json()["message"]


@pytest.mark.parametrize("path", ["/internal/agents", "/internal/widgets"])
async def test_internal_doors_open_only_to_the_service_token(gateway: Gateway, path: str) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}):
        assert (await gateway.http.post(path, json={}, headers=headers)).status_code == 401


async def test_it_is_ready_only_when_everybody_behind_it_is(gateway: Gateway) -> None:
    assert (await gateway.http.get("/readyz")).status_code == 200
    gateway.router.away = True
    answer = await gateway.http.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["router"] == "router is not ready"


async def test_a_text_that_no_table_can_keep_is_the_requests_fault(gateway: Gateway) -> None:
    assert (await gateway.http.get("/api/widgets/%00")).status_code == 422
    body = {"email": "jan\0@example.com", "password": "kot-w-butach"}
    answer = await gateway.http.post("/api/session", json=body, headers=gateway.origin)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
