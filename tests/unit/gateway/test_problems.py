"""What becomes of another service's refusal: its sentence, its field and what it keeps, and nothing else of it."""

import json
from typing import Any

import pytest

from services.chassis.errors import Conflict, Forbidden, InternalHttpError, NotFound, Unavailable
from services.gateway.problems import answer, problem_of


def told(error: Exception) -> dict[str, Any]:
    response = answer(problem_of(error))
    return {"status": response.status_code, **json.loads(bytes(response.body))}


@pytest.mark.parametrize(
    ("detail", "field", "message"),
    [
        ("emails.1: this is not an e-mail address", "emails.1", "emails.1: this is not an e-mail address."),
        ("values.5f-0a: Rabat is no number.", "values.5f-0a", "values.5f-0a: Rabat is no number."),
        ("until: must not be: later\nnor earlier", "until", "until: must not be: later\nnor earlier."),
    ],
)
def test_a_refusal_that_names_a_field_is_told_with_the_field(detail: str, field: str, message: str) -> None:
    said = told(InternalHttpError(422, detail))
    assert said == {
        "status": 422,
        "code": "invalid",
        "detail": field,
        "message": f"The request is not valid: {message}",
    }


@pytest.mark.parametrize("detail", ["Seventy-seven is too odd.", "Not now: try later", ""])
def test_a_refusal_that_names_no_field_is_told_as_it_is(detail: str) -> None:
    said = told(InternalHttpError(422, detail))
    assert said == {"status": 422, "code": "invalid", "message": detail or "The request is not valid."}


def test_a_conflict_shows_what_is_kept_now() -> None:
    body = {"detail": "Somebody else.", "present": {"version": 4}, "code": "forged", "secret": "x"}
    said = told(Conflict(409, "Somebody else.", json.dumps(body).encode()))
    assert said == {
        "status": 409,
        "code": "conflict",
        "message": "Somebody else changed it meanwhile. Load it anew.",
        "present": {"version": 4},
    }


def test_a_conflict_about_an_address_says_whose_it_is_in_the_owners_words() -> None:
    taken = [{"email": "anna@example.com", "customer": {"id": "1", "name": "Anna"}}]
    sentence = "anna@example.com belongs to another customer."
    body = {"detail": sentence, "present": None, "taken": taken}
    said = told(Conflict(409, sentence, json.dumps(body).encode()))
    assert (said["code"], said["message"], said["taken"]) == ("conflict", sentence, taken)


@pytest.mark.parametrize("body", [b"", b"no json", b"[1]", b'"present"'])
def test_a_conflict_without_a_readable_body_is_a_conflict(body: bytes) -> None:
    said = told(Conflict(409, "", body))
    assert said.keys() == {"status", "code", "message"}


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (NotFound(404, "no card"), 404, "unknown"),
        (Forbidden(403, "not in it"), 403, "not_yours"),
        (Unavailable("away"), 503, "unavailable"),
        (InternalHttpError(418, "tea"), 503, "unavailable"),
        (RuntimeError("a bug, with a secret in it"), 503, "unavailable"),
    ],
)
def test_of_any_other_failure_its_kind_is_told_and_not_its_words(error: Exception, status: int, code: str) -> None:
    said = told(error)
    assert (said["status"], said["code"]) == (status, code)
    assert str(error) not in said["message"]
