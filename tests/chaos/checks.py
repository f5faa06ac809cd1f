"""What must be true after whatever has been done to the system."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

import aio_pika
import asyncpg

from contracts.entries import VisitorEntry
from contracts.topology import DEAD
from contracts.views import VisitorHeader, apply_visitor_entry
from tests.chaos.conversing import CONVERSATIONS, EACH, Chat
from tests.support.system import System
from tests.support.talker import Talker


async def check_logs(system: System, chats: list[Chat]) -> None:
    """Every acknowledged message is in both sides' logs once, with its number, in the order of writing."""
    for chat in chats:
        assert chat.agent is not None
        for side in (chat.visitor, chat.agent):
            await _whole(side, chat.id)
            numbers = [entry["seq"] for entry in side.log(chat.id).entries]
            assert numbers == list(range(1, len(numbers) + 1))
        ours = [(entry["seq"], entry["body"]["text"]) for entry in _messages(chat.agent, chat.id)]
        assert ours == [(entry["seq"], entry["body"]["text"]) for entry in _messages(chat.visitor, chat.id)]
        _check_acknowledged(chat, chat.visitor, "visitor_message")
        _check_acknowledged(chat, chat.agent, "agent_message")
        await _check_fresh(system, chat)


async def _whole(side: Talker, stream: UUID) -> None:
    await side.until(lambda: side.log(stream).bodies("ended"))


def _check_acknowledged(chat: Chat, author: Talker, kind: str) -> None:
    posts = {
        request: acked
        for request, acked in author.acked.items()
        if acked.stream == chat.id and acked.action["do"] == "post"
    }
    assert chat.agent is not None
    logged = [entry for entry in _messages(chat.agent, chat.id) if entry["body"]["kind"] == kind]
    assert len(posts) == EACH
    # A dict keeps the order of acknowledgement, which is the order of writing: one at a time per stream.
    assert [(acked.seq, str(request), acked.action["text"]) for request, acked in posts.items()] == [
        (entry["seq"], entry["body"]["client_id"], entry["body"]["text"]) for entry in logged
    ]


async def _check_fresh(system: System, chat: Chat) -> None:
    """What the page has after all repairs is what a page that comes now is told."""
    async with Talker(system.gateway_urls, token=chat.token) as fresh:
        await fresh.open(chat.id)
        assert fresh.log(chat.id).entries == chat.visitor.log(chat.id).entries
        folded = VisitorHeader(conversation_id=chat.id)
        for entry in chat.visitor.log(chat.id).entries:
            folded = apply_visitor_entry(folded, VisitorEntry.model_validate(entry))
        assert folded == VisitorHeader.model_validate(fresh.log(chat.id).header)


def _messages(side: Talker, stream: UUID) -> list[dict[str, Any]]:
    kinds = ("visitor_message", "agent_message")
    return [entry for entry in side.log(stream).entries if entry["body"] and entry["body"]["kind"] in kinds]


async def check_router(database: str, chats: list[Chat]) -> None:
    """Every conversation is over, every offer ended exactly once, and nobody holds anything any more."""
    connection = await asyncpg.connect(database)
    try:
        unfinished = await connection.fetch("SELECT id, state FROM conversation WHERE state <> 'closed'")
        offers = {row["id"]: row["outcome"] for row in await connection.fetch("SELECT id, outcome FROM offer")}
        loads = await connection.fetch("SELECT name, load FROM agent WHERE load <> 0")
        logged = [
            entry["body"]
            for chat in chats
            if chat.agent
            for entry in chat.agent.log(chat.id).entries
            if entry["body"] and entry["body"]["kind"] in ("offer_made", "offer_ended")
        ]
    finally:
        await connection.close()
    assert unfinished == []
    assert None not in offers.values()
    assert loads == []
    made = Counter(UUID(body["offer_id"]) for body in logged if body["kind"] == "offer_made")
    ended = Counter((UUID(body["offer_id"]), body["outcome"]) for body in logged if body["kind"] == "offer_ended")
    assert made == Counter(list(offers))
    assert ended == Counter(list(offers.items()))
    outcomes = Counter(offers.values())
    assert outcomes["accepted"] == CONVERSATIONS
    assert outcomes["declined"] > 0
    assert outcomes["expired"] > 0


async def dead_letters(amqp_url: str) -> int:
    """How many messages failed for good."""
    async with await aio_pika.connect(amqp_url) as connection:
        channel = await connection.channel()
        queue = await channel.declare_queue(DEAD, passive=True)
        return queue.declaration_result.message_count or 0
