"""The whole system as one AsyncAPI 3.0 document, built from the catalogue and the topology and nothing else.

Channels are where a message is published (an exchange and a routing key); a receive operation names the queues it
reads them from, because several services may have a queue of their own behind one key. The sockets between pages and
gateway are channels of a second server.
"""

from collections.abc import Iterator
from typing import Any, Final

from pydantic import TypeAdapter

from contracts import wire
from contracts.catalogue import ALL, MessageType, Service
from contracts.documents import Generator
from contracts.envelope import CONTENT_TYPE, Envelope
from contracts.topology import COMMANDS, EVENTS, EVERY_GATEWAY, EXCHANGES, LIVE, PARTITIONS, SHARDS, Queue, queues_of

REFERENCE: Final = "#/components/schemas/"
SOCKETS: Final = {
    "visitorSocket": ("The widget's socket.", wire.VISITOR_PATH, "VisitorServerFrame"),
    "agentSocket": ("The console's socket.", wire.AGENT_PATH, "AgentServerFrame"),
}
FRAMES: Final = ("ClientFrame", "VisitorServerFrame", "AgentServerFrame")
LIVE_QUEUE: Final = "one per gateway process, named by it; durable classic, x-expires 60 s"


def document() -> dict[str, Any]:
    """The document as plain values, in the order in which it is read best."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Dymek",
            "version": "1.0.0",
            "description": "Every message between Dymek's services, and the sockets between pages and gateway. "
            "Generated from contracts/ by python -m contracts.generate.",
            "license": {"name": "MIT"},
        },
        "defaultContentType": "application/json",
        "servers": {
            "broker": {"host": "localhost:5672", "protocol": "amqp", "description": "RabbitMQ, one virtual host."},
            "gateway": {"host": "localhost:8080", "protocol": "ws", "description": "The only public door."},
        },
        "channels": {**_broker_channels(), **_socket_channels()},
        "operations": {**dict(_broker_operations()), **dict(_socket_operations())},
        "components": _components(),
    }


# --- the broker


def channels_of(kind: MessageType) -> tuple[str, ...]:
    """The ids of the channels through which a message type travels."""
    if kind.channel == "event":
        return (kind.name,)
    if kind.channel == "command":
        return (f"{kind.consumers[0]}.commands",)
    fields = kind.model.model_fields
    keys = [name for name in ("conversation", "agent") if f"{name}_id" in fields]
    return tuple(f"live.{key}" for key in keys) or ("live.agents",)


def _broker_channels() -> dict[str, Any]:
    channels: dict[str, Any] = {}
    for kind in ALL:
        for channel_id in channels_of(kind):
            channel = channels.setdefault(channel_id, _channel(kind, channel_id))
            channel["messages"][kind.name] = {"$ref": f"#/components/messages/{kind.name}"}
    return channels


def _channel(kind: MessageType, channel_id: str) -> dict[str, Any]:
    exchange = {"command": COMMANDS, "event": EVENTS, "live": LIVE}[kind.channel]
    address, parameter = _address(channel_id)
    channel: dict[str, Any] = {"address": address, "servers": [{"$ref": "#/servers/broker"}], "messages": {}}
    if parameter:
        channel["parameters"] = parameter
    channel["bindings"] = {
        "amqp": {
            "is": "routingKey",
            "exchange": {"name": exchange, "type": EXCHANGES[exchange], "durable": True, "autoDelete": False},
            "bindingVersion": "0.3.0",
        }
    }
    return channel


def _address(channel_id: str) -> tuple[str, dict[str, Any]]:
    if channel_id == "router.commands":
        return "router.commands.{partition}", {"partition": _number("CRC-32 of the subject's id", PARTITIONS)}
    if channel_id in ("live.conversation", "live.agent"):
        return f"{channel_id.removeprefix('live.')}.{{shard}}", {"shard": _number("CRC-32 of the id", SHARDS)}
    if channel_id == "live.agents":
        return EVERY_GATEWAY, {}
    return channel_id, {}


def _number(what: str, modulus: int) -> dict[str, Any]:
    return {"description": f"{what}, modulo {modulus}.", "enum": [str(number) for number in range(modulus)]}


def _broker_operations() -> Iterator[tuple[str, Any]]:
    for kind in ALL:
        for channel_id in channels_of(kind):
            suffix = f"{kind.name}.to.{channel_id}" if len(channels_of(kind)) > 1 else kind.name
            for service in kind.senders:
                yield f"{service}.sends.{suffix}", _operation("send", kind, channel_id, service)
            for service in kind.consumers:
                operation = _operation("receive", kind, channel_id, service)
                yield f"{service}.receives.{suffix}", {**operation, "x-queues": _summed_up(queues_for(kind, service))}


def queues_for(kind: MessageType, service: Service) -> list[str]:
    """The names of the queues from which `service` reads messages of this type."""
    if kind.channel == "live":
        return [LIVE_QUEUE]
    exchange = COMMANDS if kind.channel == "command" else EVENTS
    return [queue.name for queue in queues_of(service) if queue.exchange == exchange and _reaches(queue, kind)]


def _summed_up(queues: list[str]) -> list[str]:
    return ["router.commands.{partition}"] if len(queues) == PARTITIONS else queues


def _reaches(queue: Queue, kind: MessageType) -> bool:
    return kind.channel == "command" or kind.name in queue.bindings


def _operation(action: str, kind: MessageType, channel_id: str, service: Service) -> dict[str, Any]:
    return {
        "action": action,
        "channel": {"$ref": f"#/channels/{channel_id}"},
        "summary": f"{service} {'publishes' if action == 'send' else 'reads'} {kind.name}.",
        "messages": [{"$ref": f"#/channels/{channel_id}/messages/{kind.name}"}],
        "tags": [{"name": service}, {"name": kind.channel}],
    }


# --- the sockets


def _socket_channels() -> dict[str, Any]:
    return {
        channel_id: {
            "address": path,
            "description": what,
            "servers": [{"$ref": "#/servers/gateway"}],
            "messages": {
                "ClientFrame": {"$ref": "#/components/messages/ClientFrame"},
                server_frame: {"$ref": f"#/components/messages/{server_frame}"},
            },
            "bindings": {"ws": {"method": "GET", "bindingVersion": "0.1.0"}},
        }
        for channel_id, (what, path, server_frame) in SOCKETS.items()
    }


def _socket_operations() -> Iterator[tuple[str, Any]]:
    for channel_id, (_, _, server_frame) in SOCKETS.items():
        for action, verb, frame in (("receive", "receives", "ClientFrame"), ("send", "sends", server_frame)):
            yield (
                f"gateway.{verb}.{frame}.{channel_id}",
                {
                    "action": action,
                    "channel": {"$ref": f"#/channels/{channel_id}"},
                    "messages": [{"$ref": f"#/channels/{channel_id}/messages/{frame}"}],
                    "tags": [{"name": "gateway"}, {"name": "socket"}],
                },
            )


# --- components


def _components() -> dict[str, Any]:
    frames = {name: getattr(wire, name) for name in FRAMES}
    models = {"Envelope": Envelope, **{kind.name: kind.model for kind in ALL}, **frames}
    roots, described = TypeAdapter.json_schemas(
        [(name, "validation", TypeAdapter(value)) for name, value in models.items()],
        schema_generator=Generator,
        ref_template=REFERENCE + "{model}",
    )
    payloads = {name: _asyncapi_schema(schema) for (name, _), schema in roots.items()}
    messages = {kind.name: _message(kind, payloads["Envelope"], payloads[kind.name]) for kind in ALL}
    for name in FRAMES:
        messages[name] = {"name": name, "title": name, "payload": payloads[name]}
    schemas = {name: _asyncapi_schema(schema) for name, schema in sorted(described["$defs"].items())}
    return {"messages": messages, "schemas": schemas}


def _message(kind: MessageType, envelope: Any, data: Any) -> dict[str, Any]:
    return {
        "name": kind.name,
        "title": kind.model.__name__,
        "summary": (kind.model.__doc__ or kind.model.__name__).strip().splitlines()[0],
        "contentType": CONTENT_TYPE,
        "correlationId": {"location": "$message.payload#/correlationid"},
        "payload": {"allOf": [envelope, {"properties": {"type": {"const": kind.name}, "data": data}}]},
        "bindings": {"amqp": {"messageType": kind.name, "bindingVersion": "0.3.0"}},
    }


def _asyncapi_schema(schema: Any) -> Any:
    """AsyncAPI knows a discriminator by its property's name alone."""
    if isinstance(schema, list):
        return [_asyncapi_schema(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: value["propertyName"] if key == "discriminator" and "mapping" in value else _asyncapi_schema(value)
        for key, value in schema.items()
    }
