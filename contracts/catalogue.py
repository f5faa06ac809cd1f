"""Every message type there is: who sends it, how it travels, and who takes it.

The one list from which queues, bindings, schemas and the AsyncAPI document follow. A new message type
is a model in its owner's module and one line here.
"""

from typing import Final, Literal, NamedTuple

from contracts import conversation, customers, live, mail, tickets
from contracts.base import Message

Service = Literal["gateway", "router", "tickets", "customers", "notifier"]
Channel = Literal["command", "event", "live"]


class MessageType(NamedTuple):
    model: type[Message]
    channel: Channel
    senders: tuple[Service, ...]
    consumers: tuple[Service, ...]

    @property
    def name(self) -> str:
        return self.model.TYPE


class UnknownMessageType(Exception):
    """No contract has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no message type is called {name[:80]!r}")
        self.name = name


def _command(model: type[Message], sender: Service, owner: Service) -> MessageType:
    return MessageType(model, "command", (sender,), (owner,))


def _event(model: type[Message], owner: Service, *consumers: Service) -> MessageType:
    return MessageType(model, "event", (owner,), consumers)


def _live(model: type[Message], *senders: Service) -> MessageType:
    return MessageType(model, "live", senders, ("gateway",))


ALL: Final[tuple[MessageType, ...]] = (
    _command(conversation.StartConversation, "gateway", "router"),
    _command(conversation.PostMessage, "gateway", "router"),
    _command(conversation.AcceptOffer, "gateway", "router"),
    _command(conversation.DeclineOffer, "gateway", "router"),
    _command(conversation.EndConversation, "gateway", "router"),
    _command(conversation.LeaveAsTicket, "gateway", "router"),
    _command(conversation.LeaveMessage, "gateway", "router"),
    _command(conversation.AttachCustomer, "gateway", "router"),
    _command(conversation.ChooseAgent, "gateway", "router"),
    _command(conversation.MoveToTopic, "gateway", "router"),
    _command(conversation.JoinConversation, "gateway", "router"),
    _command(conversation.LeaveConversation, "gateway", "router"),
    _command(conversation.TakeOver, "gateway", "router"),
    _command(conversation.TypeFirstAnswer, "gateway", "router"),
    _command(conversation.RateConversation, "gateway", "router"),
    _command(conversation.SetStatus, "gateway", "router"),
    _command(tickets.OpenTicket, "router", "tickets"),
    _command(tickets.SubmitRating, "router", "tickets"),
    _command(tickets.RequestTranscript, "gateway", "tickets"),
    _command(mail.SendMail, "tickets", "notifier"),
    _event(conversation.AgentRegistered, "gateway", "router"),
    _event(conversation.GatewayPresence, "gateway", "router"),
    _event(conversation.ConversationStarted, "router", "customers"),
    _event(conversation.ConversationEnded, "router", "tickets", "notifier"),
    _event(customers.CustomerLookedUp, "customers", "router"),
    _event(customers.TicketLookedUp, "customers", "tickets"),
    _event(tickets.TicketOpened, "tickets", "router", "customers", "notifier"),
    _event(tickets.RatingRecorded, "tickets", "router"),
    _event(mail.MailChanged, "notifier", "tickets"),
    _event(mail.AgentContactChanged, "gateway", "notifier"),
    _live(live.LiveEntry, "router"),
    _live(live.LiveReply, "router"),
    _live(live.LivePlace, "router"),
    _live(live.LiveDesk, "router"),
    _live(live.LiveCard, "router"),
    _live(live.LiveTopics, "router"),
    _live(live.LiveTicket, "tickets"),
    _live(live.LiveTyping, "gateway"),
    _live(live.LiveVisitor, "gateway"),
    _live(live.LiveReceipt, "gateway"),
    _live(live.LiveAlert, "notifier"),
)

BY_NAME: Final[dict[str, MessageType]] = {message_type.name: message_type for message_type in ALL}


def message_type(name: str) -> MessageType:
    """The message type called `name`; raises UnknownMessageType."""
    try:
        return BY_NAME[name]
    except KeyError:
        raise UnknownMessageType(name) from None
