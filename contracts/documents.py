"""The JSON Schema documents of the contracts, as text: what `python -m contracts.generate` writes and CI compares.

Documents:
- `<message type>.json`: one per message type, as a receiver reads it;
- `envelope.json`: the CloudEvents envelope around each of them;
- `wire.json`: all that crosses between a page and the gateway (frames, answers, bodies), in one document so that
  TypeScript types generated from it have one name each. What pages send is described as it is read (optional fields
  are optional), what they receive as it is written (every field is there);
- `internal.json`: bodies and answers between services that no page ever sees.

Invariants: a document depends on the models only, never on time, order of import or version of Python; every
discriminator is required, although its model has a default for it.
"""

import importlib
import json
import pkgutil
from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode
from pydantic_core import core_schema

import contracts
from contracts import customers, mail, parameters, public, reads, templates, tickets, views, wire
from contracts.base import Message, Model
from contracts.catalogue import ALL
from contracts.envelope import Envelope, Received

Direction = Literal["in", "out"]
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

WIRE_IN: Final[dict[str, Any]] = {
    "ClientFrame": wire.ClientFrame,
    "SignIn": public.SignIn,
    "IdentityToken": public.IdentityToken,
    "NewAgent": public.NewAgent,
    "AgentChange": public.AgentChange,
    "SaveCustomer": customers.SaveCustomer,
    "NewTicket": tickets.NewTicket,
    "ChangeTicket": tickets.ChangeTicket,
    "WriteToTicket": tickets.WriteToTicket,
}
WIRE_OUT: Final[dict[str, Any]] = {
    "VisitorServerFrame": wire.VisitorServerFrame,
    "AgentServerFrame": wire.AgentServerFrame,
    "WidgetConfig": public.WidgetConfig,
    "VisitorToken": public.VisitorToken,
    "Me": public.Me,
    "Customer": customers.Customer,
    "CustomerPage": customers.CustomerPage,
    "CustomerConflict": customers.CustomerConflict,
    "FieldDefinitions": customers.FieldDefinitions,
    "CustomerSettings": customers.CustomerSettings,
    "Ticket": tickets.Ticket,
    "TicketPage": tickets.TicketPage,
    "TicketConflict": tickets.TicketConflict,
    "Rating": tickets.Rating,
    "Ratings": tickets.Ratings,
    "RatingFigures": tickets.RatingFigures,
    "Mails": mail.Mails,
    "Templates": templates.Templates,
    "AgentPreferences": public.AgentPreferences,
    "WidgetSecret": public.WidgetSecret,
    "WidgetSummaries": public.WidgetSummaries,
    "IdentityHeard": public.IdentityHeard,
    "Board": reads.Board,
    "Colleagues": reads.Colleagues,
    "PastConversations": reads.PastConversations,
    "ConversationRecord": reads.ConversationRecord,
    "AgentTopics": reads.AgentTopics,
    "TopicSettings": parameters.TopicSettings,
    "TopicSettingsList": parameters.TopicSettingsList,
    "RoutingSettings": parameters.RoutingSettings,
    "AgentAccount": public.AgentAccount,
    "AgentAccounts": public.AgentAccounts,
    "AgentNames": public.AgentNames,
    "Header": views.Header,
    "VisitorHeader": views.VisitorHeader,
}
"""What an administrator reads and saves is described as read: a form has every field, and sends them all."""
INTERNAL_IN: Final[dict[str, Any]] = {
    "TopicSettings": parameters.TopicSettings,
    "RoutingSettings": parameters.RoutingSettings,
    "NewAgent": public.NewAgent,
    "SaveCustomer": customers.SaveCustomer,
    "NewTicket": tickets.NewTicket,
    "ChangeTicket": tickets.ChangeTicket,
    "WriteToTicket": tickets.WriteToTicket,
    "FieldDefinitions": customers.FieldDefinitions,
    "CustomerSettings": customers.CustomerSettings,
}
"""What pages know too, but services send one another as well, and either may be the older one."""
INTERNAL_OUT: Final[dict[str, Any]] = {
    "Heads": reads.Heads,
    "Topics": reads.Topics,
}
"""What services answer one another; every model that nothing else claims is a body that they send (`_bodies`)."""


class Generator(GenerateJsonSchema):
    """Pydantic's generator with required discriminators, every written field required, and no titles of fields."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def field_is_required(
        self,
        field: core_schema.ModelField | core_schema.DataclassField | core_schema.TypedDictField,
        total: bool,
    ) -> bool:
        return (
            self.mode == "serialization"
            or _is_discriminator(field["schema"])
            or super().field_is_required(field, total)
        )


def _is_discriminator(schema: Any) -> bool:
    inner = schema["schema"] if schema["type"] == "default" else schema
    return bool(inner["type"] == "literal" and len(inner["expected"]) == 1)


def documents() -> dict[str, str]:
    """File name (in contracts/schemas) to its text."""
    result = {f"{kind.name}.json": _single(kind.model, kind.name) for kind in ALL}
    result["envelope.json"] = _single(Envelope, "envelope")
    result["wire.json"] = _several("wire", "Between page and gateway", WIRE_IN, WIRE_OUT)
    claimed = {name for text in result.values() for name in _names(json.loads(text))} | set(INTERNAL_OUT)
    result["internal.json"] = _several(
        "internal", "Between services over HTTP", {**_bodies(claimed), **INTERNAL_IN}, INTERNAL_OUT
    )
    return result


def message_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The schema of one message type's data, with its definitions inside."""
    return model.model_json_schema(schema_generator=Generator)


def _single(model: type[BaseModel], name: str) -> str:
    return _text({"$schema": DIALECT, "$id": f"urn:dymek:{name}", **message_schema(model)})


def _several(name: str, title: str, into: Mapping[str, Any], out: Mapping[str, Any]) -> str:
    keys: list[tuple[str, JsonSchemaMode, TypeAdapter[Any]]] = [
        *((key, "validation", TypeAdapter(value)) for key, value in into.items()),
        *((key, "serialization", TypeAdapter(value)) for key, value in out.items()),
    ]
    roots, described = TypeAdapter.json_schemas(keys, schema_generator=Generator, title=title)
    definitions: dict[str, Any] = dict(described["$defs"])
    for (key, _), schema in roots.items():
        # A model is already among the definitions under its own name; a union is known only by the key.
        definitions.setdefault(str(key), {"title": key, **schema})
    document = {
        "$schema": DIALECT,
        "$id": f"urn:dymek:{name}",
        "title": title,
        "x-directions": {**_directions(into, "in"), **_directions(out, "out")},
        "$defs": dict(sorted(definitions.items())),
    }
    return _text(document)


def _names(document: Mapping[str, Any]) -> set[str]:
    return {str(document["title"]), *document.get("$defs", {})}


def _bodies(claimed: set[str]) -> dict[str, type[BaseModel]]:
    """Models of this package that no other document describes, without the bases that messages share."""
    found: dict[str, type[BaseModel]] = {}
    for module in sorted(pkgutil.iter_modules(contracts.__path__), key=lambda info: info.name):
        for name, value in vars(importlib.import_module(f"contracts.{module.name}")).items():
            is_body = isinstance(value, type) and issubclass(value, Model) and not issubclass(value, Message)
            if is_body and name not in claimed and value not in (Model, Received):
                found[name] = value
    return dict(sorted(found.items()))


def _directions(keys: Iterable[str], direction: Direction) -> dict[str, Direction]:
    return dict.fromkeys(sorted(keys), direction)


def _text(document: Mapping[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
