"""The demo's conversations that are over: who wrote, about what, and how they rated it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from contracts.entries import Score
from contracts.parameters import TopicSettings
from deploy.demo.load import CUSTOMER_EMAIL, demo_id
from deploy.demo.questions import EWA, JAN, SALES, SUPPORT


@dataclass(frozen=True)
class Talk:
    """`lines` are the visitor's and the agent's in turn; `signed_in`: the shop vouches for the visitor's address."""

    name: str
    email: str
    topic: TopicSettings
    agent: str
    lines: tuple[str, ...]
    score: Score
    comment: str = ""
    signed_in: bool = False

    @property
    def id(self) -> UUID:
        return demo_id(f"conversation/{self.email}")


TALKS = (
    Talk(
        "Tom Baker",
        "tom@coworking-wisla.example",
        SALES,
        JAN,
        (
            "Czy dowozicie kawę do biur w Krakowie?",
            "Tak, w każdy czwartek, od 5 kg bez kosztu dostawy.",
            "Dziękuję, omówię to z zespołem.",
        ),
        "good",
    ),
    Talk(
        "Zofia Lis",
        "zofia.lis@example.com",
        SUPPORT,
        EWA,
        (
            "Nie mogę znaleźć faktury w panelu.",
            "Jest w zakładce Dokumenty. Wysyłam też na maila, żeby była pod ręką.",
            "Jest, dziękuję.",
        ),
        "neutral",
        "Pomogło, choć panel mógłby być czytelniejszy.",
    ),
    Talk(
        "Łukasz Źródlany",
        "lukasz@piekarnia-zrodlana.example",
        SALES,
        EWA,
        ("Paczka miała być wczoraj, a status się nie zmienia.", "Sprawdzam u kuriera, odezwę się za godzinę."),
        "bad",
        "Dalej nie wiem, gdzie jest paczka.",
    ),
    Talk(
        "Grażyna Mąk",
        "grazyna@biuro-mak.example",
        SUPPORT,
        JAN,
        ("Czy mogę zmienić termin dostawy w abonamencie?", "Oczywiście, przesuwam na 15. dzień miesiąca."),
        "good",
    ),
    Talk(
        "Anna Nowak",
        CUSTOMER_EMAIL,
        SALES,
        JAN,
        (
            "Dzień dobry! Czy Etiopia Guji nada się do kawiarki?",
            "Dzień dobry! Do kawiarki lepsza będzie Kolumbia Huila: karmel, czerwone jabłko, mało kwasu.",
            "Świetnie, biorę dwie paczki. Kiedy wyślecie?",
            "Palimy we wtorek, w czwartek będzie u pani.",
        ),
        "good",
        "Szybko i konkretnie, dziękuję!",
        signed_in=True,
    ),
)
