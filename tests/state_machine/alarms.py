"""The clock of the pure router, and its timers: one per kind and subject."""

from datetime import datetime
from uuid import UUID

from tests.state_machine.system import MONDAY_NOON

Alarm = tuple[str, UUID]


class Alarms:
    """`due` says when each timer rings, `settled` which have rung, were moved or cancelled."""

    def __init__(self) -> None:
        self.now = MONDAY_NOON
        self.due: dict[Alarm, datetime] = {}
        self.settled: list[Alarm] = []

    def set(self, alarm: Alarm, due_at: datetime | None) -> None:
        """Instead of any other of its kind and subject; None for not at all."""
        if self.due.pop(alarm, None):
            self.settled.append(alarm)
        if due_at is not None:
            self.due[alarm] = max(due_at, self.now)

    def next(self, until: datetime) -> datetime | None:
        """When the next one rings, if one does until then."""
        first = min(self.due.values(), default=None)
        return first if first is not None and first <= until else None

    def take(self) -> Alarm | None:
        """One that rings now, which it will not do again; the order is the same each time."""
        if self.next(self.now) is None:
            return None
        alarm = min(self.due, key=lambda one: (self.due[one], one))
        self.set(alarm, None)
        return alarm
