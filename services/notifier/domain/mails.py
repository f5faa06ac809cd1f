"""Which mail says what.

Invariants: a confirmation or a transcript repeats nothing that the author or visitor wrote, not even the name, unless
their address is verified, and is counted where anybody may have given it; a transcript holds what the visitor saw and
no more; alerts go only to agents who want them, for their own topics.
"""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final, assert_never
from uuid import UUID, uuid5

from contracts.base import LanguageCode, NamedRef
from contracts.conversation import ConversationEnded
from contracts.entries import CloseReason, Rated, VisitorEntry, VisitorMessage
from contracts.mail import AgentContactChanged, ConfirmationMail, MailKind, ReplyMail, SendMail, TranscriptMail
from contracts.tickets import TicketOpened
from contracts.transcripts import told_by
from services.notifier.domain.letter import Block, Facts, Footer, Letter, Link, Note, Paragraph, Quote, Said, letter
from services.notifier.domain.words import day, say

MISSED: Final[frozenset[CloseReason]] = frozenset({"ended_by_visitor", "inactive"})
"""How a conversation ends that nobody answered; one that became a ticket is told of as a ticket."""


@dataclass(frozen=True, slots=True)
class House:
    """What letters say of the installation: the sender's name, the clock they tell time by, the console's address."""

    name: str
    zone: tzinfo
    zone_name: str
    console_url: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """A mail to be sent: its id, whom to and what about, and the letter."""

    mail_id: UUID
    kind: MailKind
    to: str
    to_name: str
    letter: Letter
    ticket_id: UUID | None = None
    conversation_id: UUID | None = None
    about: NamedRef | None = None
    limited: bool = False
    """A visitor can have it sent to any address: it goes out within limits, and counts towards them."""


def asked_for(asked: SendMail, house: House) -> Order:
    """The mail that another service asks for."""
    match asked.body:
        case ConfirmationMail(number=number, text=text) as confirmation:
            words = _confirmation(asked.language, confirmation, house)
            to_name = asked.to_name if text is not None else ""
            about, limited = _ticket(asked.ticket_id, number), True
        case ReplyMail() as reply:
            words = _reply(asked.language, reply, house)
            to_name, about, limited = asked.to_name, _ticket(asked.ticket_id, reply.number), False
        case TranscriptMail() as transcript:
            words = _transcript(asked.language, transcript, house)
            to_name = asked.to_name if transcript.verified else ""
            about, limited = _named(asked.conversation_id, transcript.topic_name), not transcript.verified
        case other:
            assert_never(other)
    return Order(
        asked.mail_id, asked.body.kind, asked.to, to_name, words, asked.ticket_id, asked.conversation_id, about, limited
    )


def about_new_ticket(opened: TicketOpened, agent: AgentContactChanged, house: House) -> Order | None:
    """The alert to one agent, or None when they do not want it. The same ticket and agent make the same mail."""
    if not (agent.new_tickets and _is_theirs(agent, opened.topic.id)):
        return None
    speak = agent.language
    rows = (
        (say(speak, "number"), f"#{opened.number}"),
        (say(speak, "subject"), opened.subject_line),
        (say(speak, "topic"), opened.topic.name),
        (say(speak, "from"), opened.name if opened.email is None else f"{opened.name} <{opened.email}>"),
    )
    return Order(
        uuid5(opened.ticket_id, f"new_ticket/{agent.agent_id}"),
        "new_ticket",
        agent.email,
        agent.name,
        letter(
            speak,
            say(speak, "new_ticket_subject", number=opened.number, subject=opened.subject_line),
            *_alert(speak, "new_ticket", rows, house),
        ),
        ticket_id=opened.ticket_id,
        about=_ticket(opened.ticket_id, opened.number),
    )


def is_missed(ended: ConversationEnded) -> bool:
    """Whether the conversation ended before anybody answered it."""
    return not ended.answered and ended.reason in MISSED


def about_missed_chat(ended: ConversationEnded, agent: AgentContactChanged, house: House) -> Order | None:
    """The alert to one agent, or None when there is nothing to tell or they do not want it."""
    if not (is_missed(ended) and agent.missed_chats and _is_theirs(agent, ended.topic.id)):
        return None
    speak = agent.language
    rows = [(say(speak, "topic"), ended.topic.name), (say(speak, "from"), ended.visitor_name)]
    if ended.visitor_email is not None:
        rows.append((say(speak, "email"), ended.visitor_email))
    rows += [
        (say(speak, "started"), _moment(ended.started_at, house)),
        (say(speak, "finished"), _moment(ended.ended_at, house)),
    ]
    return Order(
        uuid5(ended.conversation_id, f"missed_chat/{agent.agent_id}"),
        "missed_chat",
        agent.email,
        agent.name,
        letter(
            speak,
            say(speak, "missed_chat_subject", topic=ended.topic.name),
            *_alert(speak, "missed_chat", tuple(rows), house),
        ),
        conversation_id=ended.conversation_id,
        about=NamedRef(id=ended.conversation_id, name=ended.visitor_name),
    )


def _is_theirs(agent: AgentContactChanged, topic_id: UUID) -> bool:
    """An agent without topics looks after all of them."""
    return not agent.topic_ids or topic_id in agent.topic_ids


def _ticket(ticket_id: UUID | None, number: int) -> NamedRef | None:
    return _named(ticket_id, f"#{number}")


def _named(id: UUID | None, name: str) -> NamedRef | None:
    return None if id is None else NamedRef(id=id, name=name)


def _confirmation(speak: str, asked: ConfirmationMail, house: House) -> Letter:
    number = asked.number
    blocks: list[Block] = [Paragraph(say(speak, "hello")), Paragraph(say(speak, "confirmation", number=number))]
    if asked.text is not None:
        blocks += [Paragraph(say(speak, "confirmation_yours")), Quote(asked.text)]
    why = say(speak, "confirmation_why_by_agent" if asked.by_agent else "confirmation_why")
    footer = Footer(f"{house.name}\n{why}")
    return letter(speak, say(speak, "confirmation_subject", number=number), *blocks, footer)


def _reply(speak: str, reply: ReplyMail, house: House) -> Letter:
    return letter(
        speak,
        f"Re: {reply.subject_line} [#{reply.number}]",
        Paragraph(reply.text),
        Paragraph(reply.agent_name),
        Footer(f"{house.name}\n{say(speak, 'reply_why', number=reply.number)}"),
    )


def _transcript(speak: LanguageCode, transcript: TranscriptMail, house: House) -> Letter:
    date = day(speak, transcript.started_at.astimezone(house.zone))
    left_out = {"own_left_out": not transcript.verified, "older_left_out": transcript.older_left_out}
    notes = [Paragraph(say(speak, key)) for key, said_so in left_out.items() if said_so]
    said = [block for entry in transcript.entries if (block := _entry(speak, entry, transcript, house)) is not None]
    nothing_written = transcript.verified and not any(isinstance(block, Said) for block in said)
    return letter(
        speak,
        say(speak, "transcript_subject", date=date),
        Paragraph(say(speak, "hello")),
        Paragraph(say(speak, "transcript", date=date, topic=transcript.topic_name, zone=house.zone_name)),
        *notes,
        *said,
        *([Paragraph(say(speak, "nothing_written"))] if nothing_written else []),
        Footer(f"{house.name}\n{say(speak, 'transcript_why')}"),
    )


def _entry(speak: LanguageCode, entry: VisitorEntry, transcript: TranscriptMail, house: House) -> Said | Note | None:
    """One entry as it reads in a mailed transcript, None for what is not told there."""
    if isinstance(entry.body, Rated) or (isinstance(entry.body, VisitorMessage) and not transcript.verified):
        return None
    told = told_by(entry, transcript.visitor_name, speak)
    if told is None:
        return None
    when = told.at.astimezone(house.zone).strftime("%H:%M")
    return Said(when, told.who, told.text) if told.who else Note(when, told.text)


def _alert(speak: str, key: str, rows: tuple[tuple[str, str], ...], house: House) -> list[Block]:
    blocks: list[Block] = [Paragraph(say(speak, "hello")), Paragraph(say(speak, key)), Facts(rows)]
    if house.console_url:
        blocks.append(Link(say(speak, "open_console"), house.console_url))
    return [*blocks, Footer(f"{house.name}\n{say(speak, 'alert_why')}")]


def _moment(at: datetime, house: House) -> str:
    return f"{at.astimezone(house.zone).strftime('%Y-%m-%d %H:%M')} ({house.zone_name})"
