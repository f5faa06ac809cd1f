"""What the tickets service has mailed: each mail has an id that follows from what it is, so that it goes out once."""

from uuid import UUID, uuid5

from contracts.conversation import ConversationEnded
from contracts.mail import ConfirmationMail, ReplyMail, SendMail, TranscriptMail
from services.tickets.domain.ticket import Ticket, TicketMessage
from services.tickets.domain.transcript import shown


def confirmation(ticket: Ticket, *, verified: bool) -> SendMail:
    """To who asked. To an address that anybody may have typed goes nothing that they typed beside it."""
    return SendMail(
        mail_id=uuid5(ticket.id, "confirmation"),
        to=ticket.email,
        to_name=ticket.name if verified else "",
        language=ticket.language,
        body=ConfirmationMail(
            number=ticket.number,
            text=ticket.messages[0].text if verified else None,
            by_agent=ticket.origin in ("agent", "by_hand"),
        ),
        ticket_id=ticket.id,
    )


def reply(ticket: Ticket, message: TicketMessage) -> SendMail:
    """An agent's answer; the mail has the message's id."""
    return SendMail(
        mail_id=message.id,
        to=ticket.email,
        to_name=ticket.name,
        language=ticket.language,
        body=ReplyMail(
            number=ticket.number, subject_line=ticket.subject_line, text=message.text, agent_name=message.author
        ),
        ticket_id=ticket.id,
    )


def transcript(ended: ConversationEnded) -> SendMail | None:
    """To the address given at the conversation's start; None where there is nothing to be mailed.

    What no agent answered holds only what somebody typed, and would go to an address that anybody may have typed. Where
    one did answer, such an address still gets no name, and the notifier repeats nothing that the visitor wrote.
    """
    if ended.visitor_email is None or not ended.answered:
        return None
    return SendMail(
        mail_id=transcript_id(ended.conversation_id),
        to=ended.visitor_email,
        to_name=ended.visitor_name if ended.verified else "",
        language=ended.language,
        body=TranscriptMail(
            topic_name=ended.topic.name,
            visitor_name=ended.visitor_name,
            started_at=ended.started_at,
            entries=shown(ended.entries),
            older_left_out=ended.older_left_out,
            verified=ended.verified,
        ),
        conversation_id=ended.conversation_id,
    )


def transcript_id(conversation_id: UUID) -> UUID:
    """The id of the one mail with a conversation's transcript."""
    return uuid5(conversation_id, "transcript")
