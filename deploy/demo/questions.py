"""The demo's tickets, as a shop would have them on a Tuesday, and the customers who come with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from uuid import UUID

from contracts.customers import SaveCustomer
from contracts.parameters import TopicSettings
from contracts.tickets import TicketOrigin, TicketStatus
from deploy.demo.load import CUSTOMER_EMAIL, INVOICE, NUMBER, PLAN, SHOP, SINCE, TOPICS, demo_id

SALES, SUPPORT = TOPICS
JAN, EWA = "jan@demo.dymek.test", "ewa@demo.dymek.test"

MORE_CUSTOMERS = (
    SaveCustomer(
        id=demo_id("customer/zofia-lis"),
        name="Zofia Lis",
        emails=("zofia.lis@example.com", "zosia@lisia-nora.example"),
        phones=("+48 501 222 333", "12 400 11 22"),
        note="Pije tylko przelewowe. Prosi o fakturę na lisia-nora.example.",
        values={NUMBER: "DK-20418", PLAN: "Abonament miesięczny", SINCE: "2023-11-20", INVOICE: "yes"},
    ),
    SaveCustomer(
        id=demo_id("customer/grazyna-mak"),
        name="Grażyna Mąk",
        company="Biuro Rachunkowe Mąk",
        emails=("grazyna@biuro-mak.example",),
        phones=("+48 22 555 66 77",),
        values={NUMBER: "DK-20602", PLAN: "Abonament roczny", SINCE: "2022-02-14", SHOP: "https://biuro-mak.example/"},
    ),
    SaveCustomer(
        id=demo_id("customer/tom-baker"),
        name="Tom Baker",
        company="Coworking Wisła",
        emails=("tom@coworking-wisla.example",),
        values={NUMBER: "DK-20611", PLAN: "Bez abonamentu", INVOICE: "no"},
    ),
)


@dataclass(frozen=True)
class Written:
    """What an agent wrote to a ticket."""

    author: str
    kind: Literal["reply", "comment"]
    text: str


@dataclass(frozen=True)
class Question:
    """A ticket: what was asked, how long ago, and what has become of it since."""

    name: str
    email: str
    topic: TopicSettings
    text: str
    asked_ago: timedelta
    subject_line: str = ""
    """Where it is empty, the ticket gets the topic's own."""
    origin: TicketOrigin = "after_hours"
    status: TicketStatus = "new"
    postponed_for: timedelta | None = None
    assignee: str | None = None
    tags: tuple[str, ...] = ()
    thread: tuple[Written, ...] = ()

    @property
    def id(self) -> UUID:
        return demo_id(f"ticket/{self.email}")


QUESTIONS = (
    Question(
        "Zofia Lis",
        "zofia.lis@example.com",
        SALES,
        "Dzień dobry, zamówiłam młynek z żarnami stalowymi, a przyszedł z ceramicznymi. Czy mogę go wymienić?",
        timedelta(days=3, hours=2),
        status="waiting",
        assignee=JAN,
        tags=("wymiana", "młynek"),
        thread=(
            Written(JAN, "comment", "Sprawdzone w magazynie: stalowe są, dwie sztuki. Etykieta kurierska gotowa."),
            Written(
                JAN,
                "reply",
                "Dzień dobry Pani Zofio,\n\noczywiście, wymienimy. Kurier odbierze młynek w dniu, który Pani wskaże, "
                "a nowy wyślemy od razu. Który dzień Pani pasuje?\n\nPozdrawiam\nJan Kowalski",
            ),
        ),
    ),
    Question(
        "Grażyna Mąk",
        "grazyna@biuro-mak.example",
        SUPPORT,
        "Faktura za październik ma stary adres firmy. Proszę o korektę.",
        timedelta(days=2, hours=5),
        subject_line="Korekta faktury za październik",
        status="closed",
        assignee=EWA,
        tags=("faktura",),
        thread=(
            Written(EWA, "reply", "Dzień dobry, korekta jest w załączniku panelu klienta. Przepraszamy za kłopot."),
        ),
    ),
    Question(
        "Tom Baker",
        "tom@coworking-wisla.example",
        SALES,
        "Chcemy wznowić dostawy dla 40 osób, ale dopiero po remoncie. Proszę o kontakt za tydzień.",
        timedelta(days=1, hours=4),
        subject_line="Dostawy dla biura po remoncie",
        status="postponed",
        postponed_for=timedelta(days=6),
        assignee=JAN,
        tags=("b2b",),
        thread=(Written(JAN, "comment", "Wrócić z ofertą na 8 kg miesięcznie, rabat 12%."),),
    ),
    Question(
        "Anna Nowak",
        CUSTOMER_EMAIL,
        SUPPORT,
        "Ekspres po odkamienianiu pokazuje błąd E4 i nie grzeje wody. Odłączałam go już od prądu.",
        timedelta(hours=20),
        subject_line="Ekspres pokazuje błąd E4",
        status="open",
        assignee=EWA,
        tags=("ekspres", "pilne"),
        thread=(Written(EWA, "comment", "E4 to czujnik temperatury. Pytam serwis o termin."),),
    ),
    Question(
        "Łukasz Źródlany",
        "biuro@piekarnia-zrodlana.example",
        SALES,
        "Czy mielicie ziarna pod kawiarkę? Potrzebuję 3 kg na piątek.",
        timedelta(hours=3),
        origin="waiting_chat",
    ),
    Question(
        "Ola",
        "ola.przelew@example.org",
        SALES,
        "Jaką kawę polecacie komuś, kto dotąd pił tylko rozpuszczalną?",
        timedelta(minutes=40),
    ),
)
"""Opened in this order, so that the newest question has the highest number."""
