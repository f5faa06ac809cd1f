"""What a conversation that becomes a ticket is called, and whether its author's address is certain."""

from typing import Final

from contracts.address import NotAnAddress, normalise
from contracts.conversation import LeaveAsTicket, LeaveMessage
from contracts.parameters import TopicSettings
from services.router.domain.conversation import Conversation

LONGEST: Final = 300
"""Characters of a subject line (contracts.base.Line)."""


def subject_line(topic: TopicSettings) -> str:
    """The ticket's subject line as the topic has it, with its name filled in: agents read it in their list."""
    return topic.ticket_subject.replace("<topic>", topic.name)[:LONGEST]


def is_verified(conversation: Conversation, command: LeaveAsTicket | LeaveMessage) -> bool:
    """Whether the site vouched for the address in the ticket's form: it must be the one it vouched for."""
    address = conversation.header.visitor_email
    if not conversation.verified or address is None:
        return False
    try:
        return normalise(address) == normalise(command.email)
    except NotAnAddress:
        return False
