"""What an operator sees of the broker, and how a dead letter is brought back to life."""

import pytest_asyncio

from contracts.tickets import TicketOpened
from contracts.topology import COMMANDS, EVENTS
from tests.integration.cli.conftest import Dymek, served
from tests.integration.tickets.conftest import open_command
from tests.support.in_process import migrated, running
from tests.support.wiretap import Wiretap

QUEUE = "tickets.commands"
DEAD = ("dymek.dead", "#")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def tickets_url(database_urls: dict[str, str]) -> str:
    return await migrated("tickets", database_urls)


async def test_before_any_service_has_started_the_queues_are_said_to_be_missing(run_dymek: Dymek) -> None:
    queues, dead = await run_dymek("queues"), await run_dymek("dead", "list")
    assert (queues.exit_code, dead.exit_code) == (1, 1)
    assert queues.stderr == "Some queues are missing; every service makes them when it starts.\n"
    assert len(dead.stderr.splitlines()) == 1


async def test_a_dead_letter_is_listed_shown_and_handled_after_its_replay(
    run_dymek: Dymek, tickets_url: str, amqp_url: str
) -> None:
    command = open_command("Tekst, którego operator nie zobaczy")
    async with running("tickets", tickets_url, amqp_url) as app, Wiretap(amqp_url, DEAD) as graveyard:
        await app.state.service.broker.stop()
        async with Wiretap(amqp_url) as tap:
            letter_id = str(await tap.say(command))
            await (await tap.take(QUEUE)).reject(requeue=False)
            await graveyard.heard()

    listed = await run_dymek("dead", "list")
    shown = await run_dymek("dead", "show", letter_id)
    for result in (listed, shown):
        assert result.exit_code == 0
        assert letter_id in result.stdout
        assert QUEUE in result.stdout
        assert "operator nie zobaczy" not in result.stdout

    replayed = await run_dymek("dead", "replay", letter_id)
    assert (replayed.exit_code, replayed.stdout) == (0, "1 sent again.\n")
    async with Wiretap(amqp_url, (EVENTS, TicketOpened.TYPE)) as tap, running("tickets", tickets_url, amqp_url):
        assert (await tap.heard()).message.ticket_id == command.ticket_id
    assert (await run_dymek("dead", "list")).stdout == "There are no dead letters.\n"


async def test_an_unknown_dead_letter_is_said_so(run_dymek: Dymek, tickets_url: str, amqp_url: str) -> None:
    async with running("tickets", tickets_url, amqp_url):
        shown = await run_dymek("dead", "show", "no-such-letter")
        replayed = await run_dymek("dead", "replay", "no-such-letter")
    assert (shown.exit_code, shown.stderr) == (1, "There is no dead letter no-such-letter.\n")
    assert (replayed.exit_code, replayed.stderr) == (1, "Not among the dead letters: no-such-letter.\n")


async def test_all_dead_letters_are_replayed_at_once(run_dymek: Dymek, tickets_url: str, amqp_url: str) -> None:
    async with running("tickets", tickets_url, amqp_url), Wiretap(amqp_url, DEAD) as graveyard:
        for _ in range(3):
            await graveyard.say_raw(COMMANDS, QUEUE, b"not a message")
            await graveyard.heard_raw()
        replayed = await run_dymek("dead", "replay", "--all")
        for _ in range(3):
            await graveyard.heard_raw()  # they are no better than before, and none is lost
        again = await run_dymek("dead", "list", "--limit", "2")
    assert (replayed.exit_code, replayed.stdout) == (0, "3 sent again.\n")
    assert again.stdout.count(QUEUE) == 2


async def test_queues_show_depth_and_consumers(run_dymek: Dymek, tickets_url: str, amqp_url: str) -> None:
    async with running("tickets", tickets_url, amqp_url):
        result = await run_dymek("queues")
    rows = {line.split()[0]: line.split()[1:] for line in result.stdout.splitlines() if line.split()}
    assert rows[QUEUE] == ["0", "1"]
    assert rows["router.commands.15"] == ["0", "0"]
    assert result.exit_code == 1
    assert "router.commands.15" in result.stderr
    assert QUEUE not in result.stderr


async def test_lag_shows_every_service_and_who_does_not_answer(
    run_dymek: Dymek, tickets_url: str, amqp_url: str
) -> None:
    async with running("tickets", tickets_url, amqp_url) as app, served(app) as address:
        result = await run_dymek("lag", tickets=address)
    rows = {line.split()[0]: line.split()[1:] for line in result.stdout.splitlines() if line.split()}
    assert rows["tickets"] == ["0.0", "yes"]
    assert rows["router"] == ["?", "no", "does", "not", "answer"]
    assert (result.exit_code, result.stderr) == (1, "Not ready: gateway, router, customers, notifier.\n")


async def test_a_broker_that_does_not_answer_is_one_sentence(run_dymek: Dymek) -> None:
    for command in (("queues",), ("dead", "list")):
        result = await run_dymek(*command, amqp="amqp://guest:guest@127.0.0.1:9/")
        assert result.exit_code == 1
        assert result.stdout == ""
        assert result.stderr.startswith("The broker does not answer")
        assert len(result.stderr.splitlines()) == 1
