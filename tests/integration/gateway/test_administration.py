"""What administrators change, who may, and what becomes of changes that meet."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
import pytest_asyncio

from contracts.conversation import AgentRegistered, AgentRole
from contracts.parameters import RoutingSettings, TopicSettings
from contracts.public import NewAgent
from contracts.topology import EVENTS
from tests.integration.gateway.conftest import SALES, SUPPORT, Gateway
from tests.support.in_process import TOKEN
from tests.support.wiretap import Wiretap

SERVICE = {"Authorization": f"Bearer {TOKEN}"}
PASSWORD = "kot-w-butach"


class Person:
    """Somebody signed in at the console."""

    def __init__(self, gateway: Gateway, agent_id: UUID, email: str, headers: dict[str, str]) -> None:
        self._gateway = gateway
        self.agent_id = agent_id
        self.email = email
        self._headers = headers

    @property
    def cookie(self) -> str:
        return self._headers["Cookie"]

    async def get(self, path: str, **query: Any) -> httpx.Response:
        return await self._gateway.http.get(path, headers=self._headers, params=query)

    async def send(self, method: str, path: str, body: Any = None) -> httpx.Response:
        return await self._gateway.http.request(method, path, json=body, headers=self._headers)

    async def put(self, path: str, body: Any) -> httpx.Response:
        return await self._gateway.http.put(path, json=body, headers=self._headers)

    async def post(self, path: str, body: Any) -> httpx.Response:
        return await self._gateway.http.post(path, json=body, headers=self._headers)

    async def account(self, agent_id: UUID | None = None) -> dict[str, Any]:
        """An account as administrators read it: their own unless another is named."""
        agents = (await self.get("/api/admin/agents")).json()["agents"]
        return next(dict(agent) for agent in agents if agent["agent_id"] == str(agent_id or self.agent_id))

    async def change(self, account: dict[str, Any], **fields: Any) -> httpx.Response:
        return await self.put(f"/api/admin/agents/{account['agent_id']}", {**account, **fields})


async def person(gateway: Gateway, role: AgentRole = "agent", name: str = "Ola Lis") -> Person:
    agent = NewAgent(
        email=f"{uuid4().hex[:12]}@example.com", name=name, password=PASSWORD, topic_ids=(SALES.id,), role=role
    )
    made = await gateway.http.post("/internal/agents", json=agent.model_dump(mode="json"), headers=SERVICE)
    assert made.is_success, made.text
    headers = {"Cookie": await gateway.session_cookie(agent), **gateway.origin}
    return Person(gateway, UUID(made.json()["agent_id"]), agent.email, headers)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def chief(shared_gateway: Gateway) -> Person:
    """An administrator whom no test changes for good: making people takes time, by the design of passwords."""
    return await person(shared_gateway, "administrator", "Marta Wilk")


def a_topic(**fields: Any) -> TopicSettings:
    return TopicSettings(id=uuid4(), version=1, name="Zwroty", **fields)


def refusal(answer: httpx.Response) -> tuple[int, str, str | None]:
    return answer.status_code, answer.json()["code"], answer.json().get("detail")


# --- who may


async def test_the_session_says_what_role_one_has(gateway: Gateway) -> None:
    for role in ("agent", "supervisor", "administrator"):
        someone = await person(gateway, role)
        assert (await someone.get("/api/session")).json()["role"] == role


@pytest.mark.parametrize("path", ["/api/admin/topics", "/api/admin/routing", "/api/admin/agents"])
async def test_only_administrators_see_and_change_settings(gateway: Gateway, path: str) -> None:
    assert refusal(await gateway.http.get(path)) == (401, "unauthorised", None)
    for role in ("agent", "supervisor"):
        someone = await person(gateway, role)
        assert refusal(await someone.get(path)) == (403, "not_allowed", None)
        for changed in (
            await someone.put("/api/admin/routing", RoutingSettings().model_dump(mode="json")),
            await someone.put(f"/api/admin/topics/{uuid4()}", {}),
            await someone.put(f"/api/admin/agents/{someone.agent_id}", {}),
            await someone.post("/api/admin/agents", {}),
        ):
            assert refusal(changed) == (403, "not_allowed", None)
    assert (await (await person(gateway, "administrator")).get(path)).status_code == 200


async def test_a_role_that_is_taken_away_is_gone_with_the_next_request(gateway: Gateway) -> None:
    chief, other = await person(gateway, "administrator"), await person(gateway, "administrator")
    assert (await chief.change(await chief.account(other.agent_id), role="agent")).status_code == 200
    assert refusal(await other.get("/api/admin/agents")) == (403, "not_allowed", None)
    assert (await other.get("/api/session")).json()["role"] == "agent"


# --- parameters


async def test_a_topics_parameters_are_saved_with_the_version_that_was_read(gateway: Gateway, chief: Person) -> None:
    topic = a_topic()
    gateway.router.owned.topics = {topic.id: topic}
    [read] = (await chief.get("/api/admin/topics")).json()["topics"]
    read["offer_seconds"] = 45
    saved = await chief.put(f"/api/admin/topics/{topic.id}", read)
    assert (saved.status_code, saved.json()["offer_seconds"], saved.json()["version"]) == (200, 45, 2)
    assert gateway.router.owned.topics[topic.id].offer_seconds == 45
    stale = await chief.put(f"/api/admin/topics/{topic.id}", {**read, "offer_seconds": 50})
    assert refusal(stale) == (409, "conflict", None)
    assert gateway.router.owned.topics[topic.id].offer_seconds == 45


async def test_a_topic_that_is_not_there_and_an_address_of_another_are_told_apart(
    gateway: Gateway, chief: Person
) -> None:
    topic = a_topic().model_dump(mode="json")
    assert refusal(await chief.put(f"/api/admin/topics/{topic['id']}", topic)) == (404, "unknown", None)
    assert refusal(await chief.put(f"/api/admin/topics/{uuid4()}", topic)) == (422, "invalid", "id")


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"offer_seconds": 4}, "offer_seconds"),
        ({"first_answer_seconds": 3601}, "first_answer_seconds"),
        ({"inactivity_seconds": 29}, "inactivity_seconds"),
        ({"inactivity_seconds": 120, "inactivity_warning_seconds": 120}, "inactivity_warning_seconds"),
        ({"name": "  "}, "name"),
        ({"choice": "at_random"}, "choice"),
        ({"ticket_subject": ""}, "ticket_subject"),
        ({"welcome_text": {"pl": "x" * 1001}}, "welcome_text.pl"),
        ({"hours": {"time_zone": "Europe/Atlantis"}}, "hours.time_zone"),
        ({"hours": {"weekly": [{"day": 1, "opens": "8:00", "closes": "16:00"}]}}, "hours.weekly.0.opens"),
        ({"hours": {"weekly": [{"day": 1, "opens": "16:00", "closes": "08:00"}]}}, "hours.weekly.0.closes"),
        ({"hours": {"holidays": [{"day": "2026-12-25"}, {"day": "2026-12-25"}]}}, "hours.holidays"),
        ({"hours": {"holidays": [{"day": "2026-02-30"}]}}, "hours.holidays.0.day"),
    ],
)
async def test_a_parameter_out_of_its_bounds_is_named(
    gateway: Gateway, chief: Person, fields: dict[str, Any], named: str
) -> None:
    topic = a_topic()
    gateway.router.owned.topics = {topic.id: topic}
    body = {**topic.model_dump(mode="json"), **fields}
    answer = await chief.put(f"/api/admin/topics/{topic.id}", body)
    assert refusal(answer) == (422, "invalid", named)
    assert named in answer.json()["message"]
    assert gateway.router.owned.topics[topic.id] == topic


async def test_bounds_are_said_in_the_sentence(gateway: Gateway, chief: Person) -> None:
    answer = await chief.put("/api/admin/routing", {"version": 1, "default_capacity": 0})
    assert answer.json()["message"] == (
        "The request is not valid: default_capacity: Input should be greater than or equal to 1."
    )
    answer = await chief.put("/api/admin/routing", {"version": 1, "offers_lost_seconds": 90})
    assert refusal(answer) == (422, "invalid", "conversations_lost_seconds")


async def test_what_holds_everywhere_is_saved_and_a_stale_form_is_refused(gateway: Gateway, chief: Person) -> None:
    gateway.router.owned.routing = RoutingSettings(version=1)
    read = (await chief.get("/api/admin/routing")).json()
    saved = await chief.put("/api/admin/routing", {**read, "default_capacity": 5})
    assert (saved.status_code, saved.json()["default_capacity"]) == (200, 5)
    assert refusal(await chief.put("/api/admin/routing", read)) == (409, "conflict", None)


async def test_the_owners_own_rule_reaches_the_administrator_as_a_sentence(gateway: Gateway, chief: Person) -> None:
    gateway.router.owned.routing = RoutingSettings(version=1)
    answer = await chief.put("/api/admin/routing", {"version": 1, "default_capacity": 77})
    assert (answer.status_code, answer.json()["message"]) == (422, "Seventy-seven is too odd.")


# --- accounts


async def test_a_new_agent_can_sign_in_and_the_router_hears_of_all_that_routing_needs(
    gateway: Gateway, chief: Person, amqp_url: str
) -> None:
    email = f"{uuid4().hex[:12]}@example.com"
    body = {
        "email": email,
        "name": "Ada Wilk",
        "password": PASSWORD,
        "topic_ids": [str(SALES.id), str(SUPPORT.id)],
        "priorities": {str(SALES.id): 1},
        "role": "supervisor",
    }
    async with Wiretap(amqp_url, (EVENTS, AgentRegistered.TYPE)) as tap:
        made = await chief.post("/api/admin/agents", body)
        told = (await tap.heard()).message
    assert made.status_code == 201
    account = made.json()
    assert (account["version"], account["capacity"], account["role"]) == (1, None, "supervisor")
    assert "password" not in account
    assert str(told.agent_id) == account["agent_id"]
    assert (told.role, told.default_capacity, told.priorities) == ("supervisor", True, {SALES.id: 1})
    assert told.topic_ids == (SALES.id, SUPPORT.id)
    signed_in = await gateway.http.post(
        "/api/session", json={"email": email, "password": PASSWORD}, headers=gateway.origin
    )
    assert signed_in.json()["role"] == "supervisor"


async def test_each_change_of_an_account_is_told_with_a_higher_version(
    gateway: Gateway, chief: Person, amqp_url: str
) -> None:
    other = await person(gateway)
    async with Wiretap(amqp_url, (EVENTS, AgentRegistered.TYPE)) as tap:
        for capacity in (7, None):
            account = await chief.account(other.agent_id)
            assert (await chief.change(account, capacity=capacity)).json()["capacity"] == capacity
        while (first := (await tap.heard()).message).version == 1:
            pass  # The word of the account itself was still on its way.
        second = (await tap.heard()).message
    assert (first.capacity, first.default_capacity, second.default_capacity) == (7, False, True)
    assert first.version < second.version


async def test_of_two_forms_read_at_once_only_the_first_is_saved(gateway: Gateway, chief: Person) -> None:
    other = await person(gateway)
    account = await chief.account(other.agent_id)
    answers = await asyncio.gather(*(chief.change(account, name=name) for name in ("Ola", "Olga")))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert refusal(max(answers, key=lambda answer: answer.status_code)) == (409, "conflict", None)
    missing = {**account, "agent_id": str(uuid4())}
    assert refusal(await chief.change(missing)) == (404, "unknown", None)


async def test_one_address_belongs_to_one_agent(gateway: Gateway, chief: Person) -> None:
    other = await person(gateway)
    account = await chief.account(other.agent_id)
    assert refusal(await chief.change(account, email=chief.email.upper())) == (422, "invalid", "email")
    again = {"email": chief.email, "name": "Ola", "password": PASSWORD, "topic_ids": []}
    assert refusal(await chief.post("/api/admin/agents", again)) == (422, "invalid", "email")
    assert (await chief.account(other.agent_id)) == account


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"capacity": 0}, "capacity"),
        ({"capacity": 101}, "capacity"),
        ({"role": "owner"}, "role"),
        ({"email": "nobody"}, "email"),
        ({"name": ""}, "name"),
        ({"password": "krótkie"}, "password"),
        ({"topic_ids": [str(UUID(int=77))]}, "topic_ids"),
        ({"priorities": {str(SUPPORT.id): 1}}, "priorities"),
        ({"priorities": {str(SALES.id): 10}}, f"priorities.{SALES.id}"),
    ],
)
async def test_a_field_of_an_account_that_cannot_be_is_named(
    gateway: Gateway, chief: Person, fields: dict[str, Any], named: str
) -> None:
    other = await person(gateway)
    account = await chief.account(other.agent_id)
    answer = await chief.change(account, **fields)
    assert refusal(answer) == (422, "invalid", named)
    assert "krótkie" not in answer.text
    assert (await chief.account(other.agent_id)) == account


async def test_the_last_administrator_stays_one_whoever_asks(gateway: Gateway) -> None:
    chief, other = await person(gateway, "administrator"), await person(gateway, "administrator")
    others = [
        agent
        for agent in (await chief.get("/api/admin/agents")).json()["agents"]
        if agent["role"] == "administrator" and agent["agent_id"] not in (str(chief.agent_id), str(other.agent_id))
    ]
    for agent in others:
        assert (await chief.change(agent, role="agent")).status_code == 200
    each = [(one, await one.account()) for one in (chief, other)]
    answers = await asyncio.gather(*(one.change(account, role="agent") for one, account in each))
    assert sum(answer.status_code == 200 for answer in answers) == 1
    left = [one for one in (chief, other) if (await one.get("/api/admin/agents")).status_code == 200]
    assert len(left) == 1
    assert refusal(await left[0].change(await left[0].account(), role="supervisor")) == (422, "invalid", "role")
    body = {"email": left[0].email, "name": "Ola", "password": PASSWORD, "topic_ids": [], "role": "agent"}
    by_operator = await gateway.http.post("/internal/agents", json=body, headers=SERVICE)
    assert refusal(by_operator) == (422, "invalid", "role")
    for agent in others:
        assert (await left[0].change(agent, version=agent["version"] + 1)).status_code == 200


async def test_a_new_password_ends_the_agents_sessions_but_not_the_one_that_set_it(
    gateway: Gateway, chief: Person
) -> None:
    other = await person(gateway)
    assert (await chief.change(await chief.account(other.agent_id), password="nowe-haslo")).status_code == 200
    assert (await other.get("/api/session")).status_code == 401
    assert (await chief.change(await chief.account(), password="nowe-haslo")).status_code == 200
    assert (await chief.get("/api/session")).status_code == 200


async def test_a_console_of_an_ended_session_is_closed_at_once(gateway: Gateway, chief: Person) -> None:
    agent = NewAgent(email=f"{uuid4().hex[:12]}@example.com", name="Iga", password=PASSWORD, topic_ids=())
    made = await gateway.http.post("/internal/agents", json=agent.model_dump(mode="json"), headers=SERVICE)
    async with gateway.agent(await gateway.session_cookie(agent)) as page:
        account = await chief.account(UUID(made.json()["agent_id"]))
        assert (await chief.change(account, password="nowe-haslo")).status_code == 200
        refused = await page.expect("refused")
    assert refused["refusal"]["code"] == "unauthorised"


async def test_an_operator_may_load_accounts_without_undoing_what_was_changed_here(
    gateway: Gateway, chief: Person
) -> None:
    other = await person(gateway)
    assert (await chief.change(await chief.account(other.agent_id), capacity=9)).status_code == 200
    body = {"email": other.email, "name": "Ola", "password": "inne-haslo", "topic_ids": [], "capacity": 1}
    kept = await gateway.http.post("/internal/agents?keep_known=true", json=body, headers=SERVICE)
    assert kept.json()["name"] == "Ola Lis"
    assert (await chief.account(other.agent_id))["capacity"] == 9
    assert (await other.get("/api/session")).status_code == 200
