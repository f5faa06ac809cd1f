"""What a site's word opens: the earlier conversations of the customer whose address it vouches for."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from contracts.base import NamedRef
from contracts.entries import Rated
from contracts.reads import PastConversation, PastConversations
from tests.integration.gateway.conftest import SALES
from tests.integration.gateway.page import Page
from tests.integration.gateway.sites import EMAIL, Site, database, running_site
from tests.integration.gateway.test_reads import visitor_id
from tests.support.signing import identity_token

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def shared_site(amqp_url: str, gateway_database: str) -> AsyncIterator[Site]:
    async with running_site(amqp_url, gateway_database) as one:
        yield one


@pytest_asyncio.fixture(loop_scope="session")
async def site(shared_site: Site) -> Site:
    shared_site.forget()
    return shared_site


def past(state: Any = "closed", started_at: datetime = NOW) -> PastConversation:
    return PastConversation(
        conversation_id=uuid4(), topic_name="Sprzedaż", state=state, started_at=started_at, last_line="Dziękuję"
    )


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
