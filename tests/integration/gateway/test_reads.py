"""What pages read of conversations over HTTP: the owner's answer, for whom it is meant."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import asyncpg

from contracts.base import NamedRef
from contracts.reads import Board, BoardCard, ConversationRecord, PastConversation, PastConversations
from services.gateway.accounts import token_hash
from tests.integration.gateway.conftest import SALES, SUPPORT, Gateway
from tests.integration.gateway.test_administration import person, refusal

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


async def test_an_agent_reads_their_own_board_and_an_empty_one_until_the_router_knows_them(gateway: Gateway) -> None:
    someone = await person(gateway)
    assert (await someone.get("/api/board")).json() == {"cards": [], "more": 0}
    card = BoardCard(
        conversation_id=uuid4(),
        head=3,
        state="waiting",
        topic=NamedRef(id=SALES.id, name="Sprzedaż"),
        visitor_name="Anna",
        waiting_since=NOW,
        started_at=NOW,
    )
    gateway.router.owned.boards[someone.agent_id] = Board(cards=(card,), more=2)
    board = Board.model_validate((await someone.get("/api/board")).json())
    assert board == Board(cards=(card,), more=2)


async def test_topics_are_read_by_every_agent_to_move_a_conversation(gateway: Gateway) -> None:
    topics = (await (await person(gateway)).get("/api/topics")).json()["topics"]
    assert [topic["id"] for topic in topics] == [str(SALES.id), str(SUPPORT.id)]
    assert refusal(await gateway.http.get("/api/topics")) == (401, "unauthorised", None)


async def test_all_agents_are_for_supervisors_to_see(gateway: Gateway) -> None:
    assert refusal(await (await person(gateway)).get("/api/agents")) == (403, "not_allowed", None)
    for role in ("supervisor", "administrator"):
        answer = await (await person(gateway, role)).get("/api/agents")
        assert [one["agent"]["name"] for one in answer.json()["agents"]] == ["Ewa"]


async def test_whom_a_conversation_may_be_given_is_the_owners_word(gateway: Gateway) -> None:
    someone, stream = await person(gateway), uuid4()
    path = f"/api/conversations/{stream}/colleagues"
    assert refusal(await someone.get(path)) == (403, "not_yours", None)
    gateway.router.owned.members[stream] = {someone.agent_id}
    assert [one["load"] for one in (await someone.get(path)).json()["agents"]] == [1]


async def test_who_may_read_on_in_a_conversation_is_the_owners_word(gateway: Gateway) -> None:
    someone, going, over = await person(gateway), uuid4(), uuid4()
    topic = NamedRef(id=SALES.id, name=SALES.name)
    for stream, state in ((going, "active"), (over, "closed")):
        gateway.router.owned.records[stream] = ConversationRecord.model_validate(
            {"conversation_id": stream, "state": state, "topic": topic, "visitor_name": "Anna", "started_at": NOW}
        )
    assert refusal(await someone.get(f"/api/conversations/{uuid4()}")) == (404, "unknown", None)
    assert refusal(await someone.get(f"/api/conversations/{going}")) == (403, "not_yours", None)
    assert (await someone.get(f"/api/conversations/{over}")).json()["visitor_name"] == "Anna"
    assert refusal(await gateway.http.get(f"/api/conversations/{over}")) == (401, "unauthorised", None)


async def visitor_id(gateway: Gateway, token: str, database_url: str) -> UUID:
    connection = await asyncpg.connect(database_url)
    try:
        found: UUID = await connection.fetchval(
            "SELECT visitor_id FROM gateway.visitor WHERE token_hash = $1", token_hash(token)
        )
        return found
    finally:
        await connection.close()


async def test_a_visitor_reads_their_own_conversations_and_nobody_elses(
    gateway: Gateway, gateway_database: str
) -> None:
    anna, piotr = await gateway.visitor_token(), await gateway.visitor_token()
    past = PastConversation(
        conversation_id=uuid4(), topic_name="Sprzedaż", state="closed", started_at=NOW, last_line="Dziękuję"
    )
    annas = await visitor_id(gateway, anna, gateway_database)
    gateway.router.owned.histories[annas] = PastConversations(conversations=(past,))

    async def history(authorization: str) -> tuple[int, list[str]]:
        answer = await gateway.http.get("/api/visitor/conversations", headers={"Authorization": authorization})
        return answer.status_code, [one["last_line"] for one in answer.json().get("conversations", [])]

    assert await history(f"Bearer {anna}") == (200, ["Dziękuję"])
    assert await history(f"Bearer {piotr}") == (200, [])
    for stranger in ("Bearer guessed", "Bearer", anna, ""):
        assert await history(stranger) == (401, [])
