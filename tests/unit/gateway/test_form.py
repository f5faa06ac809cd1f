"""What a widget asks before a conversation starts."""

from uuid import UUID

import pytest

from services.gateway.domain.form import Form, missing_field

SALES, OTHER = UUID(int=1), UUID(int=2)
STRICT = Form(topics=frozenset({SALES}), name_required=True, email_required=True)
RELAXED = Form(topics=frozenset({SALES}), name_required=False, email_required=False)


@pytest.mark.parametrize(
    ("form", "topic", "name", "email", "missing"),
    [
        (STRICT, SALES, "Anna", "a@b.pl", None),
        (STRICT, SALES, "Anna", None, "email"),
        (STRICT, SALES, " ", "a@b.pl", "name"),
        (STRICT, OTHER, "Anna", "a@b.pl", "topic_id"),
        (RELAXED, SALES, "", None, None),
        (RELAXED, OTHER, "", None, "topic_id"),
    ],
)
def test_the_first_field_the_widget_requires_and_misses_is_named(
    form: Form, topic: UUID, name: str, email: str | None, missing: str | None
) -> None:
    assert missing_field(form, topic_id=topic, name=name, email=email) == missing
