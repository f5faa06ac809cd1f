"""What an operator does through the services' internal HTTP. Router and gateway are stand-ins with the same routes."""

from uuid import uuid4

from fastapi import Depends, FastAPI, HTTPException
from pydantic import SecretStr

from contracts.public import NewAgent
from contracts.reads import Topics, TopicView
from services.chassis.http import require_service_token
from services.chassis.settings import ServiceSettings
from tests.integration.cli.conftest import Dymek, served
from tests.support.in_process import TOKEN

SALES = TopicView(id=uuid4(), name="Sprzedaż", offer_seconds=20)
SUPPORT = TopicView(id=uuid4(), name="Wsparcie techniczne", offer_seconds=60, open=False, staffed=False)


def stand_in(agents: list[NewAgent], token: str = TOKEN) -> FastAPI:
    """A router and a gateway in one."""
    settings = ServiceSettings(
        amqp_url=SecretStr("amqp://none"),
        database_url=SecretStr("postgresql://none"),
        service_token=SecretStr(token),
        port=0,
        environment="development",
    )
    app = FastAPI(dependencies=[Depends(require_service_token(settings))])

    @app.get("/internal/topics")
    async def topics() -> Topics:
        return Topics(topics=(SALES, SUPPORT))

    @app.post("/internal/agents")
    async def add(agent: NewAgent) -> None:
        if agent.name == "Refused":
            raise HTTPException(409, "There is another agent of this name.")
        agents.append(agent)

    return app


async def test_topics_are_listed(run_dymek: Dymek) -> None:
    async with served(stand_in([])) as address:
        result = await run_dymek("topics", "list", router=address)
    assert result.exit_code == 0
    lines = [line.split() for line in result.stdout.splitlines() if str(SALES.id) in line or str(SUPPORT.id) in line]
    assert lines == [
        ["Sprzedaż", "yes", "yes", "20", str(SALES.id)],
        ["Wsparcie", "techniczne", "no", "no", "60", str(SUPPORT.id)],
    ]


ADD = ("agents", "add", "jan@example.com", "--name", "Jan Kowalski", "--topic", "sprzedaż")


async def test_an_agent_is_added_with_a_password_that_is_asked_for(run_dymek: Dymek) -> None:
    agents: list[NewAgent] = []
    async with served(stand_in(agents)) as address:
        asked = await run_dymek(
            *ADD, "--topic", str(SUPPORT.id), stdin="hasło-dymek\nhasło-dymek\n", router=address, gateway=address
        )
        piped = await run_dymek(*ADD, "--password-stdin", stdin="inne hasło \n", router=address, gateway=address)
    assert (asked.exit_code, piped.exit_code) == (0, 0)
    assert "hasło-dymek" not in asked.output
    assert piped.stdout == "Jan Kowalski can sign in as jan@example.com.\n"
    first, second = agents
    assert first == NewAgent(
        email="jan@example.com",
        name="Jan Kowalski",
        password="hasło-dymek",
        capacity=None,
        topic_ids=(SALES.id, SUPPORT.id),
    )
    assert (second.password, second.topic_ids) == ("inne hasło ", (SALES.id,))


async def test_an_administrator_is_made_by_naming_the_role(run_dymek: Dymek) -> None:
    agents: list[NewAgent] = []
    async with served(stand_in(agents)) as address:
        made, unheard_of = [
            await run_dymek(
                *ADD,
                *("--role", role, "--capacity", "5", "--password-stdin"),
                stdin="hasło-dymek\n",
                router=address,
                gateway=address,
            )
            for role in ("administrator", "owner")
        ]
    assert made.stdout == "Jan Kowalski can sign in as jan@example.com, administrator.\n"
    assert [(agent.role, agent.capacity) for agent in agents] == [("administrator", 5)]
    assert unheard_of.exit_code == 2


async def test_what_cannot_be_is_one_sentence_that_does_not_repeat_the_password(run_dymek: Dymek) -> None:
    async with served(stand_in([])) as address:
        short = await run_dymek(*ADD, "--password-stdin", stdin="tajne\n", router=address, gateway=address)
        unknown = await run_dymek(
            *ADD[:-1], "Zwroty", "--password-stdin", stdin="hasło-dymek\n", router=address, gateway=address
        )
        refused = await run_dymek(
            *ADD[:3],
            "--name",
            "Refused",
            *ADD[5:],
            "--password-stdin",
            stdin="hasło-dymek\n",
            router=address,
            gateway=address,
        )
    assert {result.exit_code for result in (short, unknown, refused)} == {1}
    assert short.stderr == "password: String should have at least 8 characters.\n"
    assert "tajne" not in short.output
    assert unknown.stderr == "There is no topic called Zwroty; there are: Sprzedaż, Wsparcie techniczne.\n"
    assert refused.stderr == "There is another agent of this name.\n"


async def test_a_wrong_token_and_a_silent_service_are_told_apart(run_dymek: Dymek) -> None:
    async with served(stand_in([], token="another token than the operator's")) as address:
        stranger = await run_dymek("topics", "list", router=address)
    silent = await run_dymek("topics", "list", router="http://127.0.0.1:9")
    assert stranger.stderr == "The service token is not the one the services were started with.\n"
    assert silent.stderr == "The router does not answer at http://127.0.0.1:9, or is not ready.\n"
