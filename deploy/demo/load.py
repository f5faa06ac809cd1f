"""The demo's data: two topics, three agents, customers with fields and a widget, through the services' internal HTTP.

Ids follow from names, so loading again changes nothing: topics, agents, fields and customers stay as people left them.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import NAMESPACE_URL, UUID, uuid5

import httpx

from contracts.base import NamedRef
from contracts.conversation import AgentRole
from contracts.customers import FieldDefinition, FieldDefinitions, SaveCustomer
from contracts.parameters import TopicSettings
from contracts.public import Me, NewAgent, NewWidget
from deploy.demo.owners import Owners
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


async def load_demo(installation: Installation, *, sites: Iterable[str]) -> dict[str, NamedRef]:
    """Write the demo's data. `sites`: origins of the pages that may show the widget. Returns the agents by address.

    Raises httpx.HTTPStatusError when a service refuses something.
    """
    widget = NewWidget(
        key=WIDGET_KEY,
        title="Palarnia Dolna",
        topic_ids=tuple(topic.id for topic in TOPICS),
        allowed_origins=tuple(sites),
    )
    agents: dict[str, NamedRef] = {}
    async with httpx.AsyncClient(timeout=30, trust_env=False) as client:
        owners = Owners(client, installation)
        for topic in TOPICS:
            await owners.send("POST", "router", "/internal/topics", topic)
        for agent in AGENTS:
            answer = await owners.send("POST", "gateway", "/internal/agents?keep_known=true", agent)
            me = Me.model_validate_json(answer.content)
            agents[agent.email] = NamedRef(id=me.agent_id, name=me.name)
        await owners.send("PUT", "customers", "/internal/customer-fields", FIELDS, keep=True)
        await save_customers(owners, CUSTOMERS)
        await owners.send("POST", "gateway", "/internal/widgets", widget)
    return agents


async def save_customers(owners: Owners, customers: Iterable[SaveCustomer]) -> None:
    """Make the cards that are not there, with the values of the fields that there are."""
    fields = FieldDefinitions.model_validate_json(await owners.read("customers", "/internal/customer-fields")).fields
    for customer in customers:
        values = {field.id: customer.values[field.id] for field in fields if field.id in customer.values}
        card = customer.model_copy(update={"values": values})
        await owners.send("PUT", "customers", f"/internal/customers/{card.id}", card, keep=True)
