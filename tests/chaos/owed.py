"""What is owed to visitors who left tickets, looked for where each service keeps it: none lost, none doubled."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Final
from uuid import UUID, uuid5

import asyncpg

from contracts.address import normalise
from tests.chaos.conversions import AGENT, CARDS, Visitor, address_of_card
from tests.support.mail_server import Taken

STATE: Final = """
SELECT (SELECT count(*) FROM outbox) AS unsaid, (SELECT count(*) FROM deadline WHERE due_at < now()) AS undone
"""
UNHEARD: Final = """
SELECT (SELECT count(*) FROM ticket_message WHERE kind = 'reply' AND mail_state <> 'sent')
     + (SELECT count(*) FROM ticket WHERE customer_id IS NULL)
"""
LOG: Final = """
SELECT conversation_id, count(*) FILTER (WHERE body ->> 'kind' = 'customer_looked_up') AS look_ups,
       count(*) FILTER (WHERE body ->> 'kind' = 'ticket_opened') AS tickets,
       count(*) FILTER (WHERE body ->> 'kind' = 'ended') AS ends,
       max(body ->> 'ticket_id') AS ticket_id, max((body ->> 'number')::int) AS number
  FROM entry
 GROUP BY conversation_id
"""
SENDING: Final = "UPDATE mail SET next_try_at = now() WHERE state = 'sending' RETURNING id"

Tickets = Mapping[UUID, asyncpg.Record]
"""By conversation."""


async def on_the_wire(notifier_database: str) -> frozenset[UUID]:
    """The mails of which the dead notifier had not noted yet what became of them; they are tried again at once.

    Otherwise that would wait until the time is over after which whoever sends a mail counts as dead.
    """
    connection = await asyncpg.connect(notifier_database)
    try:
        return frozenset(row["id"] for row in await connection.fetch(SENDING))
    finally:
        await connection.close()


async def settled(databases: Mapping[str, str], mails: int) -> None:
    """Return when so many mails have been sent, no service has anything left to say, and tickets have heard of it."""
    connections = {service: await asyncpg.connect(url) for service, url in databases.items()}
    try:
        while await connections["notifier"].fetchval("SELECT count(*) FROM mail WHERE state = 'sent'") < mails:
            await asyncio.sleep(0.2)
        for connection in connections.values():
            while any(await connection.fetchrow(STATE) or ()):
                await asyncio.sleep(0.2)
        while await connections["tickets"].fetchval(UNHEARD):
            await asyncio.sleep(0.2)
    finally:
        for connection in connections.values():
            await connection.close()


async def check_tickets(databases: Mapping[str, str], people: Sequence[Visitor]) -> Tickets:
    """Each conversation became one ticket, of which its log tells once, and each answer is in its thread once."""
    router, tickets = await asyncpg.connect(databases["router"]), await asyncpg.connect(databases["tickets"])
    try:
        logs = {row["conversation_id"]: row for row in await router.fetch(LOG)}
        found = await tickets.fetch("SELECT id, number, conversation_id, name, email, customer_id FROM ticket")
        written = await tickets.fetch("SELECT ticket_id, id, kind, text FROM ticket_message ORDER BY position")
    finally:
        await router.close()
        await tickets.close()
    made = {row["conversation_id"]: row for row in found}
    assert len(found) == len(made) == len({row["number"] for row in found}) == len(people)
    threads: dict[UUID, list[tuple[str, str]]] = {row["id"]: [] for row in found}
    for row in written:
        threads[row["ticket_id"]].append((row["kind"], row["text"]))
    for visitor in people:
        ticket, log = made[visitor.conversation_id], logs[visitor.conversation_id]
        assert (log["look_ups"], log["tickets"], log["ends"]) == (1, 1, 1), visitor
        assert (UUID(log["ticket_id"]), log["number"]) == (ticket["id"], ticket["number"]), visitor
        assert (ticket["name"], ticket["email"]) == (f"Gość {visitor.number}", visitor.form_email)
        asked, *replies = threads[ticket["id"]]
        assert asked == ("message", visitor.text)
        assert [kind for kind, _ in replies] == ["reply"] * visitor.is_answered, visitor
    return made


async def check_customers(databases: Mapping[str, str], people: Sequence[Visitor], tickets: Tickets) -> None:
    """Each address has one card, and each conversation and ticket the card of its address."""
    router, customers = await asyncpg.connect(databases["router"]), await asyncpg.connect(databases["customers"])
    try:
        owners = {
            row["address"]: row["customer_id"]
            for row in await customers.fetch("SELECT address, customer_id FROM customer_address")
        }
        cards = await customers.fetchval("SELECT count(*) FROM customer")
        headers = {
            row["id"]: (UUID(row["customer_id"]) if row["customer_id"] else None, row["verified"])
            for row in await router.fetch(
                """SELECT id, header ->> 'customer_id' AS customer_id,
                          (header ->> 'customer_verified')::boolean AS verified FROM conversation"""
            )
        }
    finally:
        await router.close()
        await customers.close()
    given = {normalise(email) for visitor in people for email in (visitor.email, visitor.form_email) if email}
    wanted = given | {normalise(address_of_card(number)) for number in range(CARDS)}
    assert owners.keys() == wanted
    assert cards == len(set(owners.values())) == len(wanted), "an address has two cards, or a card was made in vain"
    for visitor in people:
        owner = owners[normalise(visitor.email)] if visitor.email is not None else None
        assert headers[visitor.conversation_id] == (owner, visitor.verified), visitor
        assert tickets[visitor.conversation_id]["customer_id"] == owners[normalise(visitor.form_email)], visitor


def owed_mails(people: Sequence[Visitor], tickets: Tickets) -> dict[UUID, tuple[Visitor, str]]:
    """By the mail's id: whose business it is, and whether it is a confirmation, an alert or a reply."""
    owed: dict[UUID, tuple[Visitor, str]] = {}
    for visitor in people:
        ticket_id = tickets[visitor.conversation_id]["id"]
        owed[uuid5(ticket_id, "confirmation")] = visitor, "confirmation"
        owed[uuid5(ticket_id, f"new_ticket/{AGENT.id}")] = visitor, "alert"
        if visitor.is_answered:
            owed[visitor.reply_id] = visitor, "reply"
    return owed


def check_mails(
    owed: Mapping[UUID, tuple[Visitor, str]], taken: Sequence[Taken], on_the_wire: Sequence[Collection[UUID]]
) -> int:
    """Every mail has arrived, and again at most once for each kill that met it between sending and noting.

    Returns the number of second copies.
    """
    ids = [UUID(mail.id.strip("<>").partition("@")[0]) for mail in taken]
    copies = Counter(ids)
    assert copies.keys() == owed.keys()
    may_be_double = Counter(mail_id for met in on_the_wire for mail_id in met)
    assert [mail_id for mail_id, times in copies.items() if times > 1 + may_be_double[mail_id]] == []
    contents = dict(zip(ids, taken, strict=True))
    for mail_id, mail in zip(ids, taken, strict=True):
        visitor, kind = owed[mail_id]
        assert mail.content == contents[mail_id].content, "two copies of a mail differ"
        if kind != "alert":
            assert [normalise(recipient) for recipient in mail.recipients] == [normalise(visitor.form_email)]
        if kind == "confirmation":
            assert (visitor.text in mail.text) == visitor.ticket_is_verified, visitor
    return len(taken) - len(copies)
