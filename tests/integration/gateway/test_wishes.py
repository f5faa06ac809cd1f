"""What a visitor may wish for after a conversation, where the widget offers it: rating it, and having it by e-mail."""

from typing import Any
from uuid import uuid4

import pytest

from contracts.tickets import RequestTranscript
from contracts.topology import routing_of
from tests.integration.gateway.conftest import SALES, WIDGET, Gateway
from tests.integration.gateway.test_administration import SERVICE
from tests.support.wiretap import Wiretap


async def test_the_wish_for_a_transcript_is_acknowledged_when_it_is_kept_for_its_owner(
    gateway: Gateway, amqp_url: str
) -> None:
    async with gateway.visitor() as page:
        stream = await page.start(SALES.id)
        wish = RequestTranscript(conversation_id=stream, client_id=uuid4())
        async with Wiretap(amqp_url, routing_of(wish)) as tap:
            for _ in range(2):
                await page.send("transcript", stream, id=wish.client_id)
                assert (await page.expect("ack", id=wish.client_id))["seq"] is None
            assert [(await tap.heard()).message for _ in range(2)] == [wish, wish]


async def test_nobody_wishes_for_the_transcript_of_anothers_conversation(gateway: Gateway) -> None:
    async with gateway.visitor() as page, gateway.visitor() as stranger:
        stream = await page.start(SALES.id)
        assert (await stranger.refusal(await stranger.send("transcript", stream)))["code"] == "not_yours"


@pytest.mark.parametrize(("action", "switch"), [("rate", "rating"), ("transcript", "transcript")])
async def test_what_the_widget_does_not_offer_is_refused(gateway: Gateway, action: str, switch: str) -> None:
    async def save(offered: bool) -> None:
        body = WIDGET.model_copy(update={switch: offered}).model_dump(mode="json")
        assert (await gateway.http.post("/internal/widgets", json=body, headers=SERVICE)).is_success

    await save(False)
    try:
        assert (await gateway.http.get("/api/widgets/shop")).json()[switch] is False
        fields: dict[str, Any] = {"score": "good"} if action == "rate" else {}
        async with gateway.visitor() as page:
            stream = await page.start(SALES.id)
            gateway.router.commands.clear()
            assert (await page.refusal(await page.send(action, stream, **fields)))["code"] == "not_allowed"
        assert gateway.router.commands == []
    finally:
        await save(True)
