"""Whose conversations are: what is looked up, what agents say, what sites vouch for, and what is read by customer."""

from uuid import UUID, uuid4

from contracts.base import NamedRef
from contracts.conversation import AttachCustomer, ConversationEnded, ConversationStarted
from contracts.customers import CustomerLookedUp
from contracts.entries import CustomerAttached
from contracts.reads import PastConversations
from contracts.refusals import RefusalCode
from contracts.tickets import OpenTicket
from tests.integration.router.people import Visitor
from tests.integration.router.world import World


def somebody(name: str = "Anna Nowak") -> NamedRef:
    return NamedRef(id=uuid4(), name=name)


async def looked_up(world: World, visitor: Visitor, customer: NamedRef | None, *, verified: bool = False) -> None:
    """The customers service has answered the conversation's start, and the log says so."""
    customer_id = customer.id if customer else None
    told = CustomerLookedUp(conversation_id=visitor.conversation_id, customer_id=customer_id, verified=verified)
    await world.publisher.publish(told)
    await world.logged(visitor.conversation_id, "customer_looked_up")


async def past(world: World, customer: NamedRef, *, verified: bool | None = None) -> list[UUID]:
    """The customer's conversations, as pages ask for them."""
    query = {} if verified is None else {"verified": verified}
    async with world.http() as client:
        found = await client.get(f"/internal/customers/{customer.id}/conversations", PastConversations, **query)
    return [one.conversation_id for one in found.conversations]


async def test_an_agent_says_whose_it_is_and_the_visitor_learns_nothing(world: World) -> None:
    topic = await world.topic()
    jan = await world.agent(topic)
    visitor = await world.chat(topic, jan)
    customer = somebody()
    await jan.chat(visitor)
    await world.until(lambda: world.cards[visitor.conversation_id].state == "active")
    shown = jan.desk.version, world.cards[visitor.conversation_id]
    command = AttachCustomer(
        conversation_id=visitor.conversation_id, client_id=uuid4(), agent_id=jan.id, customer=customer
    )
    first = await world.ask(command, times=2)
    assert (await world.ask(command)).seq == first.seq
    entry = await world.logged(visitor.conversation_id, "customer_attached")
    assert entry.body == CustomerAttached(customer=customer, by=NamedRef(id=jan.id, name=jan.name))
    snapshot = await world.snapshot(visitor.conversation_id, jan)
    assert (snapshot.header.customer_id, snapshot.header.customer_verified) == (customer.id, False)
    seen = await world.visitor_snapshot(visitor.conversation_id)
    assert seen.entries[-1].body is None
    assert all(word not in seen.model_dump_json() for word in (str(customer.id), customer.name, "customer"))
    again = await jan.attaches(visitor, customer)
    assert (again.refusal, again.seq) == (None, None)
    assert (await jan.attaches(visitor, None)).refusal is None
    assert (await world.snapshot(visitor.conversation_id, jan)).header.customer_id is None
    assert world.kinds(visitor.conversation_id).count("customer_attached") == 2
    assert (jan.desk.version, world.cards[visitor.conversation_id]) == shown, "neither desks nor lists show whose it is"


async def test_only_who_takes_part_or_supervises_says_whose_it_is(world: World) -> None:
    topic = await world.topic()
    jan = await world.agent(topic)
    ewa = await world.agent(topic, name="Ewa", on=False)
    marta = await world.agent(name="Marta", on=False, role="supervisor")
    visitor = await world.chat(topic, jan)
    assert (await ewa.attaches(visitor, somebody())).code == RefusalCode.NOT_YOURS
    assert (await marta.attaches(visitor, somebody("Zofia Lis"))).refusal is None
    nowhere = Visitor(world, uuid4(), uuid4())
    assert (await jan.attaches(nowhere, somebody())).code == RefusalCode.UNKNOWN
    stranger = AttachCustomer(conversation_id=visitor.conversation_id, client_id=uuid4(), agent_id=uuid4())
    assert (await world.ask(stranger)).code == RefusalCode.UNKNOWN


async def test_after_the_end_it_is_put_right_and_the_history_with_it(world: World) -> None:
    topic = await world.topic()
    jan = await world.agent(topic)
    visitor = await world.chat(topic, jan)
    wrong, right = somebody("Anna Nowak"), somebody("Anna Nowakowska")
    await looked_up(world, visitor, wrong)
    await world.told("tickets")
    await jan.ends(visitor.conversation_id)
    (over,) = [told for told in await world.told("tickets") if isinstance(told, ConversationEnded)]
    assert over.customer_id == wrong.id
    assert await past(world, wrong) == [visitor.conversation_id]
    assert (await jan.attaches(visitor, right)).refusal is None
    assert (await past(world, wrong), await past(world, right)) == ([], [visitor.conversation_id])
    await jan.attaches(visitor, None)
    assert await past(world, right) == []


async def test_an_agents_word_stands_when_the_look_up_comes_after_it(world: World) -> None:
    topic = await world.topic()
    jan = await world.agent(topic)
    visitor = await world.chat(topic, jan)
    chosen, found = somebody("Zofia Lis"), somebody("Anna Nowak")
    await jan.attaches(visitor, chosen)
    late = CustomerLookedUp(conversation_id=visitor.conversation_id, customer_id=found.id, verified=True)
    await world.publisher.publish(late)
    other = await world.visitor(topic)
    await looked_up(world, other, found)
    header = (await world.snapshot(visitor.conversation_id, jan)).header
    assert (header.customer_id, header.customer_verified) == (chosen.id, False)


async def test_what_a_site_vouches_for_is_carried_to_the_look_up_and_to_the_ticket(world: World) -> None:
    topic = await world.topic()
    for verified in (True, False):
        await world.told("customers")
        await world.told("tickets")
        visitor = await world.visitor(topic, verified=verified)
        (started,) = await world.told("customers")
        assert isinstance(started, ConversationStarted)
        assert started.verified is verified
        await visitor.leave_as_ticket(email=" Anna@EXAMPLE.com")
        other = await world.visitor(topic, verified=verified)
        await other.leave_as_ticket(email="kto-inny@example.com")
        left = world.message_command(topic).model_copy(update={"verified": verified})
        await world.ask(left)
        tickets = {t.conversation_id: t for t in await world.told("tickets") if isinstance(t, OpenTicket)}
        told = [tickets[one].verified for one in (visitor.conversation_id, other.conversation_id, left.conversation_id)]
        assert told == [verified, False, verified]


async def test_what_is_looked_up_with_a_verified_address_is_marked_for_agents_alone(world: World) -> None:
    topic = await world.topic()
    jan = await world.agent(topic)
    visitor, customer = await world.chat(topic, jan), somebody()
    await looked_up(world, visitor, customer, verified=True)
    assert (await world.snapshot(visitor.conversation_id, jan)).header.customer_verified
    assert "verified" not in (await world.visitor_snapshot(visitor.conversation_id)).model_dump_json()


async def test_a_customers_conversations_are_read_newest_first_and_the_vouched_for_by_themselves(world: World) -> None:
    topic = await world.topic()
    jan = await world.agent(topic)
    customer, namesake = somebody(), somebody()
    claimed = await world.chat(topic, jan)
    vouched = await world.visitor(topic, verified=True)
    theirs = await world.visitor(topic)
    await looked_up(world, claimed, customer)
    await looked_up(world, vouched, customer, verified=True)
    await looked_up(world, theirs, namesake, verified=True)
    await looked_up(world, await world.visitor(topic), None, verified=True)
    assert await past(world, customer) == [vouched.conversation_id, claimed.conversation_id]
    assert await past(world, customer, verified=True) == [vouched.conversation_id]
    assert await past(world, somebody()) == []
    await jan.posts(claimed.conversation_id, "do usłyszenia")
    await jan.ends(claimed.conversation_id)
    async with world.http() as client:
        told = await client.get(f"/internal/customers/{customer.id}/conversations", PastConversations)
    newest, oldest = told.conversations
    assert (newest.state, newest.ended_at) == ("waiting", None)
    assert (oldest.state, oldest.agents, oldest.last_line) == ("closed", (jan.name,), "do usłyszenia")
    marta = await world.agent(name="Marta", on=False, role="supervisor")
    await marta.attaches(vouched, namesake)
    assert await past(world, namesake) == [theirs.conversation_id, vouched.conversation_id]
    assert await past(world, namesake, verified=True) == [theirs.conversation_id], "nobody vouched for what is attached"


async def test_what_is_being_said_is_in_no_list_for_every_agent(world: World) -> None:
    topic, customer = await world.topic(), somebody()
    jan = await world.agent(topic)
    visitor = await world.chat(topic, jan)
    await looked_up(world, visitor, customer, verified=True)
    await jan.posts(visitor.conversation_id, "numer karty to 1234")
    lines: list[str] = []
    async with world.http() as client:
        path = f"/internal/customers/{customer.id}/conversations"
        for over in (False, True):
            if over:
                await jan.ends(visitor.conversation_id)
            for query in ({}, {"verified": True}):
                told = await client.get(path, PastConversations, **query)
                lines += [one.last_line for one in told.conversations]
    said = "numer karty to 1234"
    assert lines == ["", said, said, said], "the visitor reads it at once, agents who take no part when it is over"


async def test_of_many_conversations_the_newest_fifty_are_told(world: World) -> None:
    topic, customer = await world.topic(), somebody()
    marta = await world.agent(name="Marta", on=False, role="supervisor")
    visitors = [await world.visitor(topic) for _ in range(52)]
    for visitor in visitors:
        await marta.attaches(visitor, customer)
    assert await past(world, customer) == [visitor.conversation_id for visitor in reversed(visitors)][:50]
