"""A conversation as its visitor sees it, out of how agents do: allow-lists equal to the fold of the visitor's view."""

from collections.abc import Iterable

from contracts.entries import Entry
from contracts.reads import ConversationRecord
from contracts.views import Header, VisitorHeader, by_name, visitor_entry


def visitor_header(header: Header) -> VisitorHeader:
    """What the visitor sees of the conversation at a glance; that it is on offer to somebody is not part of it."""
    return VisitorHeader(
        conversation_id=header.conversation_id,
        head=header.head,
        state="waiting" if header.state == "offered" else header.state,
        topic_name=header.topic.name if header.topic else None,
        visitor_name=header.visitor_name,
        agents=by_name(agent.name for agent in header.participants),
        started_at=header.started_at,
        ended_at=header.ended_at,
        close_reason=header.close_reason,
        ticket_number=header.ticket_number,
        rating=header.rating,
    )


def record_of(header: Header, entries: Iterable[Entry]) -> ConversationRecord:
    """What agents may read on of the conversation: what was said as the visitor saw it, and whose it was."""
    if header.topic is None or header.visitor_name is None or header.started_at is None:
        raise ValueError("a conversation begins with its `started` entry")
    return ConversationRecord(
        conversation_id=header.conversation_id,
        state=header.state,
        topic=header.topic,
        visitor_name=header.visitor_name,
        visitor_email=header.visitor_email,
        language=header.language,
        customer_id=header.customer_id,
        customer_verified=header.customer_verified,
        owner=header.owner,
        agents=header.participants,
        started_at=header.started_at,
        ended_at=header.ended_at,
        close_reason=header.close_reason,
        entries=tuple(visitor_entry(entry) for entry in entries),
    )
