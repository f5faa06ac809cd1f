"""What the notifier's tests write about."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from services.notifier.domain.mails import House

AT = datetime(2025, 3, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def house() -> House:
    """An installation with a console."""
    return House("Palarnia Dolna", ZoneInfo("Europe/Warsaw"), "Europe/Warsaw", "https://chat.kawa.test/console/")
