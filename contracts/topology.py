"""Exchanges, queues and routing keys, as plain values; services/chassis declares them on the broker.

Queue arguments hold only what can never change (type, dead-letter exchange, single active consumer): a broker
refuses a queue re-declared with others. Limits are policies (deploy/).
"""

from typing import Final, Literal, NamedTuple
from uuid import UUID
from zlib import crc32

from contracts.base import Message
from contracts.catalogue import ALL, Service, message_type

COMMANDS: Final = "dymek.commands"
EVENTS: Final = "dymek.events"
LIVE: Final = "dymek.live"
DEAD: Final = "dymek.dead"

EXCHANGES: Final[dict[str, Literal["direct", "topic"]]] = {
    COMMANDS: "direct",
    EVENTS: "topic",
    LIVE: "topic",
    DEAD: "topic",
}

PARTITIONS: Final = 16
SHARDS: Final = 64
EVERY_GATEWAY: Final = "gateways"
"""Key of what concerns no single stream: every gateway hears it."""


class Queue(NamedTuple):
    """A durable quorum queue and its bindings."""

    name: str
    exchange: str
    bindings: tuple[str, ...]
    single_active_consumer: bool = False
    dead_lettered: bool = True


def partition_of(subject: UUID) -> int:
    """The partition, 0 to 15, in which everything about `subject` is handled in order."""
    return crc32(subject.bytes) % PARTITIONS


def shard_of(subject: UUID) -> int:
    """The live shard, 0 to 63, of a conversation or an agent."""
    return crc32(subject.bytes) % SHARDS


def partition_queue(partition: int) -> str:
    return f"router.commands.{partition}"


def routing_of(message: Message) -> tuple[str, str]:
    """The exchange and the routing key of `message`."""
    kind = message_type(message.TYPE)
    if kind.channel == "event":
        return EVENTS, message.TYPE
    if kind.channel == "live":
        return LIVE, _live_key(message)
    if kind.consumers == ("router",):
        return COMMANDS, partition_queue(partition_of(_subject(message)))
    return COMMANDS, f"{kind.consumers[0]}.commands"


def conversation_key(conversation_id: UUID) -> str:
    return f"conversation.{shard_of(conversation_id)}"


def agent_key(agent_id: UUID) -> str:
    return f"agent.{shard_of(agent_id)}"


def queues_of(service: Service) -> tuple[Queue, ...]:
    """The queues `service` consumes, except the gateway's own live queue, which each gateway process names itself."""
    queues: list[Queue] = []
    commands = [t for t in ALL if t.channel == "command" and service in t.consumers]
    if commands and service == "router":
        queues += [Queue(partition_queue(p), COMMANDS, (partition_queue(p),), True) for p in range(PARTITIONS)]
    elif commands:
        queues.append(Queue(f"{service}.commands", COMMANDS, (f"{service}.commands",)))
    queues += [
        Queue(f"{service}.{t.name}", EVENTS, (t.name,)) for t in ALL if t.channel == "event" and service in t.consumers
    ]
    return tuple(queues)


DEAD_QUEUE: Final = Queue(DEAD, DEAD, ("#",), dead_lettered=False)


def _subject(message: Message) -> UUID:
    if message.subject is None:
        raise ValueError(f"{message.TYPE} has no subject to be ordered by")
    return message.subject


def _live_key(message: Message) -> str:
    conversation_id = getattr(message, "conversation_id", None)
    if conversation_id is not None:
        return conversation_key(conversation_id)
    agent_id = getattr(message, "agent_id", None)
    return EVERY_GATEWAY if agent_id is None else agent_key(agent_id)
