"""Typed refusals: why something asked for was not done. The faces say each code in Polish and English."""

from enum import StrEnum

from contracts.base import Line, Model


class RefusalCode(StrEnum):
    """The stable names of refusals. A client that meets an unknown one shows the general sentence."""

    TOO_LATE = "too_late"
    """The offer had already ended."""
    TAKEN = "taken"
    """Another agent has the conversation."""
    VISITOR_LEFT = "visitor_left"
    """The visitor ended the conversation, or left it as a ticket."""
    AWAY = "away"
    """The agent was disconnected too long; the conversation has gone on without them. With `retry_after`: their new
    console is not known of yet."""
    AGENT_AWAY = "agent_away"
    """The chosen agent does not take conversations now."""
    NOT_ACTIVE = "not_active"
    """Nobody has answered the conversation yet, or nobody is in it any more."""
    OUTSIDE_HOURS = "outside_hours"
    """The topic is closed now; a message can be left."""
    NOT_ALLOWED = "not_allowed"
    """The agent's role does not allow it."""
    CONFLICT = "conflict"
    """Somebody else changed it meanwhile."""
    NOT_YOURS = "not_yours"
    """The conversation is not the sender's, or the sender does not take part in it."""
    CLOSED = "closed"
    """The conversation has ended."""
    NOT_CLOSED = "not_closed"
    """Only an ended conversation can be rated."""
    NOT_WAITING = "not_waiting"
    """Only a conversation nobody has answered yet can be left as a ticket."""
    NO_CAPACITY = "no_capacity"
    """The agent already has as many conversations as they may."""
    UNKNOWN = "unknown"
    """There is no such conversation, offer, topic or agent."""
    INVALID = "invalid"
    """The frame or a field of it is malformed; `detail` names the field."""
    TOO_LONG = "too_long"
    """The text or the frame is longer than allowed."""
    TOO_FAST = "too_fast"
    """More frames than allowed; `retry_after` tells when to go on."""
    UNAVAILABLE = "unavailable"
    """A part of the system does not answer now; nothing was lost, try again."""
    UNAUTHORISED = "unauthorised"
    """The token or session is missing, wrong or expired."""


class Refusal(Model):
    """A refusal with what a person or program needs to react to it."""

    code: RefusalCode
    detail: Line | None = None
    retry_after: float | None = None
    """Seconds until trying again makes sense; such a refusal passes by itself."""
