"""What a conversation that becomes a ticket is called."""

from typing import Final

from contracts.parameters import TopicSettings

LONGEST: Final = 300
"""Characters of a subject line (contracts.base.Line)."""


def subject_line(topic: TopicSettings) -> str:
    """The ticket's subject line as the topic has it, with its name filled in: agents read it in their list."""
    return topic.ticket_subject.replace("<topic>", topic.name)[:LONGEST]
