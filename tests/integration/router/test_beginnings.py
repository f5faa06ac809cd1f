"""How conversations begin: within the hours, as a message left, with the company's welcome, and for who comes back."""

from uuid import uuid4

from contracts.conversation import ConversationEnded, ConversationStarted
from contracts.parameters import Hours, Localised
from contracts.reads import PastConversations
from contracts.refusals import Refusal, RefusalCode
from contracts.tickets import OpenTicket
from tests.integration.router.world import World

CLOSED = Hours(weekly=())


async def test_outside_the_hours_nobody_waits_but_a_message_becomes_a_ticket_once(world: World) -> None:
    topic = await world.topic(hours=CLOSED, ticket_subject="Pytanie do: <topic>")
    await world.agent(topic)
    assert (await world.ask(world.start_command(topic))).code == RefusalCode.OUTSIDE_HOURS
    for service in ("tickets", "customers"):
        await world.told(service)
    command = world.message_command(topic, "Kiedy otwieracie?")
    first = await world.ask(command, times=2)
    assert first.seq == 3
    assert (await world.ask(command)).seq == 3
    assert world.kinds(command.conversation_id) == ["started", "visitor_message", "ended"]
    ticket, over = await world.told("tickets")
    assert isinstance(ticket, OpenTicket)
    assert isinstance(over, ConversationEnded)
    assert [entry.body.kind for entry in over.entries if entry.body] == ["started", "visitor_message", "ended"]
    assert ticket.origin == "after_hours"
    assert (ticket.subject_line, ticket.text) == ("Pytanie do: Sprzedaż", "Kiedy otwieracie?")
    (started,) = await world.told("customers")
    assert isinstance(started, ConversationStarted)
    stolen = command.model_copy(update={"client_id": uuid4(), "visitor_id": uuid4()})
    assert (await world.ask(stolen)).code == RefusalCode.NOT_YOURS
    second = command.model_copy(update={"client_id": uuid4(), "text": "i jeszcze jedno"})
    assert (await world.ask(second)).refusal == Refusal(code=RefusalCode.INVALID, detail="stream")
    nowhere = world.message_command(topic.model_copy(update={"id": uuid4()}))
    assert (await world.ask(nowhere)).code == RefusalCode.UNKNOWN


async def test_a_start_that_was_taken_is_answered_alike_when_the_topic_has_closed_since(world: World) -> None:
    topic = await world.topic()
    command = world.start_command(topic)
    assert (await world.ask(command)).seq == 1
    async with world.service.database.connection() as connection:
        await connection.execute(
            "UPDATE topic SET settings = settings || jsonb_build_object('hours', $2::jsonb) WHERE id = $1",
            topic.id,
            CLOSED.model_dump_json(),
        )
    assert (await world.ask(command)).seq == 1
    assert (await world.ask(world.start_command(topic))).code == RefusalCode.OUTSIDE_HOURS


async def test_the_welcome_is_logged_and_the_request_is_answered_with_its_own_entry(world: World) -> None:
    topic = await world.topic(welcome="at_start", welcome_text=Localised(pl="Dzień dobry!"))
    anna = await world.visitor(topic)
    await world.logged(anna.conversation_id, "system_message")
    assert world.kinds(anna.conversation_id)[:2] == ["started", "system_message"]
    on_join = await world.topic(welcome="on_join", welcome_text=Localised(pl="Dzień dobry!"))
    jan = await world.agent(on_join)
    zofia = await world.visitor(on_join)
    accepted = await jan.accepts(await jan.offer(zofia))
    assert accepted.entry is not None
    assert accepted.entry.body.kind == "agent_joined"
    await world.logged(zofia.conversation_id, "system_message")


async def test_a_returning_visitor_goes_first_to_the_agent_they_know(world: World) -> None:
    topic = await world.topic(returning_first=True)
    jan, ewa = await world.agent(topic), await world.agent(topic, name="Ewa")
    anna = await world.chat(topic, jan)
    await anna.end()
    busy = await world.chat(topic, ewa)
    await world.chat(topic, jan)
    await ewa.ends(busy.conversation_id)
    back = await world.visitor(topic, anna.id)
    await jan.offer(back)


async def test_visitors_read_their_own_earlier_conversations_and_no_others(world: World) -> None:
    topic = await world.topic()
    jan = await world.agent(topic)
    anna = await world.chat(topic, jan)
    await jan.posts(anna.conversation_id, "do usłyszenia")
    await jan.ends(anna.conversation_id)
    again = await world.visitor(topic, anna.id)
    await world.visitor(topic)
    async with world.http() as client:
        past = await client.get(f"/internal/visitors/{anna.id}/conversations", PastConversations)
        nobody = await client.get(f"/internal/visitors/{uuid4()}/conversations", PastConversations)
    assert [one.conversation_id for one in past.conversations] == [again.conversation_id, anna.conversation_id]
    newest, oldest = past.conversations
    assert (newest.state, newest.agents, newest.ended_at) == ("waiting", (), None)
    assert (oldest.state, oldest.agents, oldest.last_line) == ("closed", ("Jan Kowalski",), "do usłyszenia")
    assert oldest.close_reason == "ended_by_agent"
    assert nobody.conversations == ()
