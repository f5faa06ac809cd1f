"""The main job through the queues: a visitor talks to the next free agent."""

from datetime import timedelta
from uuid import uuid4

from contracts.conversation import ConversationEnded, ConversationStarted, SetStatus
from contracts.customers import CustomerLookedUp
from contracts.refusals import RefusalCode
from contracts.tickets import OpenTicket, RatingRecorded, SubmitRating, TicketOpened
from tests.integration.router.world import World


async def test_a_visitor_is_offered_to_an_agent_who_accepts_and_they_write_to_each_other(world: World) -> None:
    topic = await world.topic()
    jan = await world.agent(topic)
    anna = await world.visitor(topic)
    offer = await jan.offer(anna)
    assert offer.topic.name == topic.name
    assert offer.expires_at - offer.made_at == timedelta(seconds=20)
    accepted = await jan.accepts(offer)
    assert accepted.entry is not None
    assert accepted.entry.body.kind == "agent_joined"
    assert (await anna.post("Zażółć gęślą jaźń 🙂 https://example.com")).seq == 5
    answer = await jan.posts(anna.conversation_id, "Już patrzę")
    assert answer.entry is not None
    assert answer.entry.body.agent.name == "Jan Kowalski"  # type: ignore[union-attr]
    assert world.kinds(anna.conversation_id) == [
        "started",
        "offer_made",
        "offer_ended",
        "agent_joined",
        "visitor_message",
        "agent_message",
    ]
    await world.until(lambda: not jan.desk.offers and [c.state for c in jan.desk.chats] == ["active"])
    assert jan.desk.load == 1


async def test_the_start_is_told_to_the_customers_service_and_its_answer_is_logged_once(world: World) -> None:
    await world.told("customers")
    anna = await world.visitor(await world.topic())
    (started,) = await world.told("customers")
    assert isinstance(started, ConversationStarted)
    assert started.visitor_email == "anna@example.com"
    found = CustomerLookedUp(conversation_id=anna.conversation_id, customer_id=uuid4())
    await world.publisher.publish(found)
    await world.publisher.publish(found)
    entry = await world.logged(anna.conversation_id, "customer_looked_up")
    assert entry.body.customer_id == found.customer_id  # type: ignore[union-attr]
    await anna.post()
    assert world.kinds(anna.conversation_id) == ["started", "customer_looked_up", "visitor_message"]
    snapshot = await world.visitor_snapshot(anna.conversation_id)
    assert [e.body is None for e in snapshot.entries] == [False, True, False]


async def test_offer_goes_to_the_next_agent_when_nobody_accepts_in_time(world: World) -> None:
    topic = await world.topic()
    jan = await world.agent(topic)
    ewa = await world.agent(topic, name="Ewa Zielińska")
    anna = await world.visitor(topic)
    first = await jan.offer(anna)
    world.time_passes(20)
    second = await ewa.offer(anna)
    assert second.offer_id != first.offer_id
    await world.until(lambda: jan.desk.missed is not None and not jan.desk.offers)
    assert jan.desk.missed is not None
    assert (jan.desk.missed.offer_id, jan.desk.missed.outcome) == (first.offer_id, "expired")
    assert (await jan.accepts(first)).code == RefusalCode.TOO_LATE
    assert (await ewa.accepts(second)).refusal is None
    assert (await jan.accepts(first)).code == RefusalCode.TAKEN


async def test_who_declines_is_passed_over_until_everybody_has_been_asked(world: World) -> None:
    topic = await world.topic()
    jan, ewa = await world.agent(topic), await world.agent(topic, name="Ewa")
    anna = await world.visitor(topic)
    assert (await jan.declines(await jan.offer(anna))).refusal is None
    assert (await ewa.declines(await ewa.offer(anna))).refusal is None
    await world.logged(anna.conversation_id, "offer_made", times=3)
    await jan.offer(anna)


async def test_a_freed_agent_gets_the_longest_waiting_conversation_at_once(world: World) -> None:
    topic = await world.topic()
    jan = await world.agent(topic, capacity=1)
    first = await world.chat(topic, jan)
    second, third = await world.visitor(topic), await world.visitor(topic)
    await world.until(
        lambda: (world.places.get(second.conversation_id), world.places.get(third.conversation_id)) == (1, 2)
    )
    assert jan.desk.offers == ()
    await jan.ends(first.conversation_id)
    await jan.accepts(await jan.offer(second))
    await world.until(lambda: world.places[third.conversation_id] == 1)
    assert (await world.visitor_snapshot(third.conversation_id)).place == 1
    assert (await world.visitor_snapshot(second.conversation_id)).place is None
    await second.end()
    await jan.offer(third)


async def test_an_agent_who_comes_on_or_whose_limit_is_raised_gets_who_waits(world: World) -> None:
    topic = await world.topic()
    jan = await world.agent(topic, capacity=1, on=False)
    first, second = await world.visitor(topic), await world.visitor(topic)
    await jan.comes_on()
    await jan.offer(first)
    await world.publisher.publish(world.account(jan, topic, capacity=2, version=2))
    await jan.offer(second)


async def test_an_agent_who_goes_on_a_break_loses_the_offer_and_keeps_the_chat(world: World) -> None:
    topic = await world.topic()
    jan = await world.agent(topic)
    chat = await world.chat(topic, jan)
    anna = await world.visitor(topic)
    offer = await jan.offer(anna)
    ewa = await world.agent(topic, name="Ewa")
    await jan.sets("break")
    await ewa.offer(anna)
    await world.until(lambda: jan.desk.status == "break" and not jan.desk.offers)
    assert jan.desk.missed is not None
    assert (jan.desk.missed.offer_id, jan.desk.missed.outcome) == (offer.offer_id, "withdrawn")
    assert [c.conversation_id for c in jan.desk.chats] == [chat.conversation_id]
    assert (await jan.posts(chat.conversation_id)).refusal is None


async def test_status_before_the_account_is_known_is_refused(world: World) -> None:
    unknown = SetStatus(agent_id=uuid4(), client_id=uuid4(), status="available")
    assert (await world.ask(unknown)).code == RefusalCode.UNKNOWN


async def test_after_the_end_the_visitor_rates_and_the_stored_rating_is_logged(world: World) -> None:
    topic = await world.topic()
    jan = await world.agent(topic)
    anna = await world.chat(topic, jan)
    rate = anna.rating()
    assert (await world.ask(rate)).code == RefusalCode.NOT_CLOSED
    ended = await jan.ends(anna.conversation_id)
    assert ended.entry is not None
    assert ended.entry.body.reason == "ended_by_agent"  # type: ignore[union-attr]
    assert (await anna.post()).code == RefusalCode.CLOSED
    over = (await world.told("tickets"))[-1]
    assert isinstance(over, ConversationEnded)
    assert over.conversation_id == anna.conversation_id
    assert over.owner is not None
    assert (over.owner.id, over.answered) == (jan.id, False)
    assert [entry.seq for entry in over.entries] == list(range(1, len(over.entries) + 1))
    assert (await world.ask(rate)).refusal is None
    (submitted,) = await world.told("tickets")
    assert isinstance(submitted, SubmitRating)
    assert submitted.agent is not None
    assert submitted.agent.id == jan.id
    recorded = RatingRecorded(
        conversation_id=anna.conversation_id,
        client_id=rate.client_id,
        score=submitted.score,
        comment=submitted.comment,
        rated_at=submitted.rated_at,
    )
    await world.publisher.publish(recorded)
    await world.publisher.publish(recorded)
    entry = await world.logged(anna.conversation_id, "rated")
    again = await world.ask(rate)
    assert again.seq == entry.seq
    assert world.kinds(anna.conversation_id).count("rated") == 1
    assert await world.told("tickets") == []
    await world.until(lambda: [c.state for c in jan.desk.chats] == ["closed"])
    assert jan.desk.load == 0


async def test_a_waiting_visitor_leaves_a_ticket_whose_number_is_logged(world: World) -> None:
    topic = await world.topic("Wsparcie techniczne")
    jan = await world.agent(topic)
    anna = await world.visitor(topic)
    await jan.offer(anna)
    await world.told("tickets")
    left = await anna.leave_as_ticket("Nie działa")
    assert left.entry is not None
    assert left.entry.body.reason == "became_ticket"  # type: ignore[union-attr]
    opening, over = await world.told("tickets")
    assert isinstance(opening, OpenTicket)
    assert isinstance(over, ConversationEnded)
    assert (over.reason, over.answered, over.owner) == ("became_ticket", False, None)
    assert opening.origin == "waiting_chat"
    assert opening.subject_line == "Zgłoszenie dla czata z kolejki Wsparcie techniczne"
    assert opening.text == "Nie działa"
    opened = TicketOpened(
        ticket_id=opening.ticket_id,
        number=1001,
        conversation_id=anna.conversation_id,
        topic=opening.topic,
        subject_line=opening.subject_line,
        name=opening.name,
        opened_at=opening.asked_at,
    )
    await world.publisher.publish(opened)
    await world.publisher.publish(opened)
    await world.logged(anna.conversation_id, "ticket_opened")
    assert (await world.visitor_snapshot(anna.conversation_id)).header.ticket_number == 1001
    await world.until(lambda: not jan.desk.offers)
    assert (await world.ask(anna.rating())).code == RefusalCode.NOT_CLOSED
