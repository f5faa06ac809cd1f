"""Where a page of the list ends, written so that it can be passed on and given back: base64 of the name and the id."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from services.customers.domain.invalid import Invalid


def written_place(place: tuple[str, UUID]) -> str:
    """The place as one word."""
    name, customer_id = place
    return urlsafe_b64encode(json.dumps([name, customer_id.hex]).encode()).decode().rstrip("=")


def place_of(written: str) -> tuple[str, UUID]:
    """The place that `written_place` wrote. Raises Invalid."""
    try:
        name, customer_id = json.loads(urlsafe_b64decode(written + "=" * (-len(written) % 4)))
        if not isinstance(name, str) or "\0" in name or not isinstance(customer_id, str):
            raise ValueError
        name.encode()
        return name, UUID(customer_id)
    except (ValueError, TypeError, RecursionError):
        raise Invalid("after", "this is no place in the list") from None
