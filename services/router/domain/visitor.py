"""The visitor's header out of the agents': an allow-list, equal to what folding the visitor's own view gives."""

from contracts.views import Header, VisitorHeader, by_name


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
