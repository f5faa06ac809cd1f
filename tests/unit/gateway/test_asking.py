"""What visitors and agents may ask for: each action as its command, and none of the other's."""

from typing import Any
from uuid import UUID

import pytest

from contracts import wire
from contracts.base import NamedRef
from contracts.conversation import AttachCustomer, ConversationCommand, LeaveMessage, StartConversation
from contracts.entries import BrowserDetails
from contracts.public import NewWidget
from contracts.refusals import RefusalCode
from contracts.wire import Refused, Send
from services.gateway import agent_requests, visitor_requests
from services.gateway.store import Visitor

ID, STREAM, ME, OTHER = (UUID(int=number) for number in range(1, 5))
WIDGET = NewWidget(key="shop", title="Sklep", topic_ids=(OTHER,), allowed_origins=())
VISITOR = Visitor(ME, UUID(int=9), WIDGET)
FORM = {"topic_id": OTHER, "name": "Anna", "email": "anna@example.com"}

AGENTS: list[tuple[dict[str, Any], str, dict[str, Any]]] = [
    ({"do": "choose", "agent_id": OTHER}, "conversation.choose_agent.v1", {"agent_id": ME, "chosen_id": OTHER}),
    ({"do": "move", "topic_id": OTHER}, "conversation.move_to_topic.v1", {"agent_id": ME, "topic_id": OTHER}),
    ({"do": "join"}, "conversation.join.v1", {"agent_id": ME}),
    ({"do": "leave_chat"}, "conversation.leave.v1", {"agent_id": ME}),
    ({"do": "take_over"}, "conversation.take_over.v1", {"agent_id": ME}),
    ({"do": "accept", "offer_id": OTHER}, "conversation.accept_offer.v1", {"agent_id": ME, "offer_id": OTHER}),
    ({"do": "attach"}, "conversation.attach_customer.v1", {"agent_id": ME, "customer": None}),
    ({"do": "decline", "offer_id": OTHER}, "conversation.decline_offer.v1", {"agent_id": ME, "offer_id": OTHER}),
]
VISITORS: list[tuple[dict[str, Any], str, dict[str, Any]]] = [
    ({"do": "leave_message", "text": "?", **FORM}, "conversation.leave_message.v1", {"visitor_id": ME, "text": "?"}),
    ({"do": "start", **FORM}, "conversation.start.v1", {"visitor_id": ME, "topic_id": OTHER}),
    ({"do": "rate", "score": "good"}, "conversation.rate.v1", {"visitor_id": ME, "score": "good"}),
    ({"do": "transcript"}, "transcript.request.v1", {"client_id": ID}),
]


def send(action: dict[str, Any], stream: UUID | None = STREAM) -> Send:
    return Send(id=ID, stream=stream, action=action)


async def nobody(_: UUID) -> None:
    """There are no customers."""


@pytest.mark.parametrize(("action", "name", "fields"), AGENTS)
async def test_an_agents_action_becomes_a_command_in_their_name(
    action: dict[str, Any], name: str, fields: dict[str, Any]
) -> None:
    command = await agent_requests.command_of(send(action), ME, nobody)
    assert isinstance(command, ConversationCommand)
    assert (command.TYPE, command.conversation_id, command.client_id) == (name, STREAM, ID)
    assert {field: getattr(command, field) for field in fields} == fields


@pytest.mark.parametrize("action", [action for action, _, _ in VISITORS])
async def test_an_agent_may_not_ask_for_what_is_the_visitors(action: dict[str, Any]) -> None:
    command = await agent_requests.command_of(send(action), ME, nobody)
    assert isinstance(command, Refused)
    assert (command.id, command.refusal.code, command.refusal.detail) == (ID, RefusalCode.INVALID, "do")


async def test_what_concerns_a_conversation_names_it() -> None:
    command = await agent_requests.command_of(send({"do": "join"}, stream=None), ME, nobody)
    assert isinstance(command, Refused)
    assert command.refusal.detail == "stream"


@pytest.mark.parametrize(("action", "name", "fields"), VISITORS)
def test_a_visitors_action_becomes_a_command_in_their_name(
    action: dict[str, Any], name: str, fields: dict[str, Any]
) -> None:
    asked = send(action).action
    assert isinstance(asked, visitor_requests.VISITORS)
    command = visitor_requests.command_of(asked, STREAM, ID, VISITOR, lambda _: BrowserDetails(browser="Firefox"))
    assert (command.TYPE, command.subject) == (name, STREAM)
    assert {field: getattr(command, field) for field in fields} == fields


@pytest.mark.parametrize("action", [action for action, _, _ in AGENTS])
def test_a_visitor_may_not_ask_for_what_is_the_agents(action: dict[str, Any]) -> None:
    assert not isinstance(send(action).action, visitor_requests.VISITORS)


def test_a_message_that_is_left_meets_the_same_form_as_a_start() -> None:
    message = {"do": "leave_message", "text": "?", **FORM}
    fit, foreign = (send(message | change).action for change in ({}, {"topic_id": ME}))
    assert isinstance(fit, wire.LeaveMessageNow)
    assert isinstance(foreign, wire.LeaveMessageNow)
    assert visitor_requests.unfit_field(fit, VISITOR) is None
    assert visitor_requests.unfit_field(foreign, VISITOR) == "topic_id"


async def test_a_customer_is_attached_by_the_name_they_have_and_an_unknown_one_not_at_all() -> None:
    attach = send({"do": "attach", "customer_id": OTHER})

    async def customers(customer_id: UUID) -> NamedRef:
        return NamedRef(id=customer_id, name="Anna Nowak")

    command = await agent_requests.command_of(attach, ME, customers)
    assert isinstance(command, AttachCustomer)
    assert (command.agent_id, command.customer) == (ME, NamedRef(id=OTHER, name="Anna Nowak"))
    refusal = await agent_requests.command_of(attach, ME, nobody)
    assert isinstance(refusal, Refused)
    assert (refusal.id, refusal.refusal.code, refusal.refusal.detail) == (ID, RefusalCode.UNKNOWN, "customer_id")


@pytest.mark.parametrize("do", [{"do": "start", **FORM}, {"do": "leave_message", "text": "?", **FORM}])
@pytest.mark.parametrize("verified", [True, False])
def test_a_beginning_says_whether_the_site_vouches_for_its_address(do: dict[str, Any], verified: bool) -> None:
    action = send(do).action
    command = visitor_requests.command_of(action, STREAM, ID, VISITOR, lambda _: BrowserDetails(), verified=verified)
    assert isinstance(command, (StartConversation, LeaveMessage))
    assert command.verified is verified


@pytest.mark.parametrize(
    ("action", "switch"), [({"do": "rate", "score": "good"}, "rating"), ({"do": "transcript"}, "transcript")]
)
def test_a_widget_takes_no_ratings_and_mails_no_transcripts_where_it_does_not_offer_to(
    action: dict[str, Any], switch: str
) -> None:
    asked = send(action).action
    assert visitor_requests.offers(WIDGET, asked)
    assert not visitor_requests.offers(WIDGET.model_copy(update={switch: False}), asked)
    assert visitor_requests.offers(WIDGET.model_copy(update={switch: False}), send({"do": "end"}).action)
