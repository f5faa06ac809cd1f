"""The demo's data: two topics, three agents, customers with fields and a widget, through the services' internal HTTP.

Ids follow from names, so loading again changes nothing: topics, agents, fields and customers stay as people left them.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import NAMESPACE_URL, UUID, uuid5

import httpx

from contracts.base import Model
from contracts.conversation import AgentRole
from contracts.customers import FieldDefinition, FieldDefinitions, SaveCustomer
from contracts.parameters import TopicSettings
from contracts.public import NewAgent, NewWidget
from deploy.local.environment import Installation

PASSWORD = "demo-dymek"
WIDGET_KEY = "demo"
CUSTOMER_EMAIL = "anna.nowak@example.com"


def demo_id(name: str) -> UUID:
    """The id that a thing of this name has in every demo."""
    return uuid5(NAMESPACE_URL, f"https://demo.dymek.test/{name}")


TOPICS = (
    TopicSettings(id=demo_id("topic/sales"), name="Sprzedaż", offer_seconds=20),
    TopicSettings(id=demo_id("topic/support"), name="Wsparcie techniczne", offer_seconds=20),
)

PEOPLE: tuple[tuple[str, str, AgentRole], ...] = (
    ("jan@demo.dymek.test", "Jan Kowalski", "agent"),
    ("ewa@demo.dymek.test", "Ewa Zielińska", "agent"),
    ("marta@demo.dymek.test", "Marta Wiśniewska", "administrator"),
)

AGENTS = tuple(
    NewAgent(
        email=email,
        name=name,
        password=PASSWORD,
        role=role,
        capacity=3,
        topic_ids=tuple(topic.id for topic in TOPICS),
    )
    for email, name, role in PEOPLE
)

NUMBER, PLAN, SINCE, LIMIT, INVOICE, SHOP = (
    demo_id(f"field/{name}") for name in ("number", "plan", "since", "limit", "invoice", "shop")
)

FIELDS = FieldDefinitions(
    fields=(
        FieldDefinition(id=NUMBER, label="Numer klienta", show_in_chat=True),
        FieldDefinition(
            id=PLAN,
            label="Plan",
            kind="choice",
            choices=("Bez abonamentu", "Abonament miesięczny", "Abonament roczny"),
            show_in_chat=True,
        ),
        FieldDefinition(id=SINCE, label="Klient od", kind="date", show_in_chat=True),
        FieldDefinition(id=LIMIT, label="Limit kredytowy", kind="number"),
        FieldDefinition(id=INVOICE, label="Faktura elektroniczna", kind="yes_no"),
        FieldDefinition(id=SHOP, label="Strona", kind="link"),
    ),
)

CUSTOMERS = (
    SaveCustomer(
        id=demo_id("customer/anna-nowak"),
        name="Anna Nowak",
        company="Kawiarnia Nowak",
        emails=(CUSTOMER_EMAIL,),
        phones=("+48 600 100 200",),
        note="Woli, żeby oddzwaniać po 16:00.",
        values={
            NUMBER: "DK-20417",
            PLAN: "Abonament roczny",
            SINCE: "2021-05-04",
            LIMIT: "5000",
            INVOICE: "yes",
            SHOP: "https://kawiarnia-nowak.example/",
        },
    ),
    SaveCustomer(
        id=demo_id("customer/lukasz-zrodlany"),
        name="Łukasz Źródlany",
        company="Piekarnia Źródlana, Łódź",
        emails=("lukasz@piekarnia-zrodlana.example", "biuro@piekarnia-zrodlana.example"),
        phones=("42 630 00 00",),
        values={NUMBER: "DK-20533", PLAN: "Bez abonamentu", INVOICE: "no"},
    ),
)


def origins(*urls: str) -> tuple[str, ...]:
    """The origins under which these local addresses can be opened: people type localhost as well."""
    return tuple(url.replace("127.0.0.1", name) for url in urls for name in ("127.0.0.1", "localhost"))


async def load_demo(installation: Installation, *, sites: Iterable[str]) -> None:
    """Write the demo's data. `sites`: origins of the pages that may show the widget.

    Raises httpx.HTTPStatusError when a service refuses something.
    """
    widget = NewWidget(
        key=WIDGET_KEY,
        title="Palarnia Dolna",
        topic_ids=tuple(topic.id for topic in TOPICS),
        allowed_origins=tuple(sites),
    )
    async with httpx.AsyncClient(timeout=30) as client:

        async def send(method: str, service: str, path: str, body: Model, *, keep: bool = False) -> httpx.Response:
            """`keep`: somebody has changed it since it was loaded, and it stays so."""
            answer = await client.request(
                method,
                installation.url(service) + path,
                content=body.model_dump_json(),
                headers={
                    "Authorization": f"Bearer {installation.service_token}",
                    "Content-Type": "application/json",
                },
            )
            if not (keep and answer.status_code == httpx.codes.CONFLICT):
                answer.raise_for_status()
            return answer

        for topic in TOPICS:
            await send("POST", "router", "/internal/topics", topic)
        for agent in AGENTS:
            await send("POST", "gateway", "/internal/agents?keep_known=true", agent)
        answer = (await send("PUT", "customers", "/internal/customer-fields", FIELDS, keep=True)).json()
        fields = FieldDefinitions.model_validate(answer.get("present", answer)).fields
        for customer in CUSTOMERS:
            values = {field.id: customer.values[field.id] for field in fields if field.id in customer.values}
            card = customer.model_copy(update={"values": values})
            await send("PUT", "customers", f"/internal/customers/{card.id}", card, keep=True)
        await send("POST", "gateway", "/internal/widgets", widget)
