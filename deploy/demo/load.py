"""The demo's data: two topics, three agents, a customer and a widget, written through the services' internal HTTP.

Ids follow from names, so loading again changes nothing: topics and agents stay as an administrator left them.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import NAMESPACE_URL, UUID, uuid5

import httpx

from contracts.base import Model
from contracts.conversation import AgentRole
from contracts.customers import CardField, SaveCustomer
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

CUSTOMER = SaveCustomer(
    id=demo_id("customer/anna-nowak"),
    name="Anna Nowak",
    company="Kawiarnia Nowak",
    emails=(CUSTOMER_EMAIL,),
    phones=("+48 600 100 200",),
    note="Woli, żeby oddzwaniać po 16:00.",
    fields=(
        CardField(label="Numer klienta", value="DK-20417", show_in_chat=True),
        CardField(label="Plan", value="Abonament roczny", show_in_chat=True),
        CardField(label="Limit kredytowy", value="5 000 zł", show_in_chat=False),
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

        async def post(service: str, path: str, body: Model) -> None:
            answer = await client.post(
                installation.url(service) + path,
                content=body.model_dump_json(),
                headers={
                    "Authorization": f"Bearer {installation.service_token}",
                    "Content-Type": "application/json",
                },
            )
            answer.raise_for_status()

        for topic in TOPICS:
            await post("router", "/internal/topics", topic)
        for agent in AGENTS:
            await post("gateway", "/internal/agents?keep_known=true", agent)
        await post("customers", "/internal/customers", CUSTOMER)
        await post("gateway", "/internal/widgets", widget)
