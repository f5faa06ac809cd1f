"""What a conversation that becomes a ticket is called."""


def default_subject(topic_name: str) -> str:
    """The ticket's subject line, in the company's language: agents read it in their list."""
    return f"Zgłoszenie dla czata z kolejki {topic_name}"
