"""The notifier's own words, in Polish and English."""

from datetime import date
from typing import Final

WORDS: Final[dict[str, dict[str, str]]] = {
    "pl": {
        "hello": "Dzień dobry,",
        "confirmation_subject": "Zgłoszenie #{number} zostało przyjęte",
        "confirmation": "otrzymaliśmy zgłoszenie i zapisaliśmy je pod numerem #{number}. "
        "Odpowiemy na ten adres e-mail.",
        "confirmation_yours": "Treść zgłoszenia:",
        "confirmation_why": "Ten list wysłano, bo na naszej stronie podano ten adres przy zgłoszeniu. "
        "Jeśli to pomyłka, można go pominąć.",
        "confirmation_why_by_agent": "Wysyłamy ten list, bo nasz konsultant zapisał zgłoszenie z tym adresem. "
        "Jeśli to pomyłka, można go pominąć.",
        "reply_why": "Odpowiedź na zgłoszenie #{number}.",
        "transcript_subject": "Zapis rozmowy z dnia {date}",
        "transcript": "oto zapis rozmowy z dnia {date} (temat: {topic}). Godziny według strefy {zone}.",
        "older_left_out": "Rozmowa była dłuższa: jej początku tu nie ma.",
        "own_left_out": "Twoje wiadomości pominęliśmy, bo nie wiemy na pewno, że to Twój adres.",
        "transcript_why": "Wysyłamy ten list, bo poproszono o niego w oknie rozmowy.",
        "nothing_written": "W tej rozmowie nic nie napisano.",
        "new_ticket_subject": "Nowe zgłoszenie #{number}: {subject}",
        "new_ticket": "jest nowe zgłoszenie:",
        "missed_chat_subject": "Nieodebrana rozmowa: {topic}",
        "missed_chat": "rozmowa skończyła się, zanim ktoś odpowiedział:",
        "number": "Numer",
        "subject": "Temat",
        "topic": "Kolejka",
        "from": "Od",
        "email": "E-mail",
        "started": "Początek",
        "finished": "Koniec",
        "open_console": "Otwórz konsolę",
        "alert_why": "Te powiadomienia można wyłączyć w konsoli, w ustawieniach konta.",
    },
    "en": {
        "hello": "Hello,",
        "confirmation_subject": "We have received your request #{number}",
        "confirmation": "We have received your request and stored it under the number #{number}. "
        "We will answer to this e-mail address.",
        "confirmation_yours": "Your request:",
        "confirmation_why": "You get this mail because somebody gave this address with a request on our site. "
        "If it was not you, there is nothing to do.",
        "confirmation_why_by_agent": "You get this mail because our agent wrote down a request with this address. "
        "If it is not yours, there is nothing to do.",
        "reply_why": "An answer to request #{number}.",
        "transcript_subject": "Transcript of your conversation of {date}",
        "transcript": "Here is your conversation of {date} (topic: {topic}). Times are those of {zone}.",
        "older_left_out": "The conversation was longer: its beginning is left out here.",
        "own_left_out": "We have left out your own messages, because we do not know for sure that this address is "
        "yours.",
        "transcript_why": "You get this mail because it was asked for in the chat window.",
        "nothing_written": "Nothing was written in this conversation.",
        "new_ticket_subject": "New ticket #{number}: {subject}",
        "new_ticket": "There is a new ticket:",
        "missed_chat_subject": "Missed chat: {topic}",
        "missed_chat": "A conversation ended before anybody answered:",
        "number": "Number",
        "subject": "Subject",
        "topic": "Topic",
        "from": "From",
        "email": "E-mail",
        "started": "Began",
        "finished": "Ended",
        "open_console": "Open the console",
        "alert_why": "You can switch these notifications off in the console, in your account's settings.",
    },
}

MONTHS: Final[dict[str, tuple[str, ...]]] = {
    "pl": (
        "stycznia",
        "lutego",
        "marca",
        "kwietnia",
        "maja",
        "czerwca",
        "lipca",
        "sierpnia",
        "września",
        "października",
        "listopada",
        "grudnia",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
"""As they stand behind the day."""


def say(language: str, key: str, **values: object) -> str:
    """The words called `key`, in the language; Polish for a language that is not spoken here."""
    return WORDS.get(language, WORDS["pl"])[key].format(**values)


def day(language: str, on: date) -> str:
    """The day as people write it: 1 marca 2025, 1 March 2025."""
    return f"{on.day} {MONTHS.get(language, MONTHS['pl'])[on.month - 1]} {on.year}"
