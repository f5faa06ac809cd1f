"""What an HTTP request is answered when it is not done: a status, a stable code and a sentence for people.

Of another service's refusal, its sentence and the field it names are passed on, and with a conflict what the service
keeps now: `present`, or whose an address is (`taken`). Nothing else of its answer is.
"""

import json
import re
from collections.abc import Mapping
from math import ceil
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from contracts.refusals import RefusalCode
from services.chassis.errors import Conflict, Forbidden, InternalHttpError, NotFound, Unavailable
from services.gateway.accounts import TooManyAttempts, WrongCredentials
from services.gateway.agents import ChangedMeanwhile, LastAdministrator, UnknownAgent
from services.gateway.store import AddressTaken

STATUS: Final[dict[RefusalCode, int]] = {
    RefusalCode.CONFLICT: 409,
    RefusalCode.INVALID: 422,
    RefusalCode.NOT_ALLOWED: 403,
    RefusalCode.NOT_YOURS: 403,
    RefusalCode.TOO_FAST: 429,
    RefusalCode.TOO_LONG: 413,
    RefusalCode.UNAUTHORISED: 401,
    RefusalCode.UNAVAILABLE: 503,
    RefusalCode.UNKNOWN: 404,
}

MAX_FIELD: Final = 150
QUOTES_NOTHING: Final = frozenset(
    {
        "missing",
        "int_type",
        "int_parsing",
        "greater_than_equal",
        "less_than_equal",
        "string_too_short",
        "string_too_long",
        "too_long",
    }
)
"""Kinds of faults whose sentence names a rule and never what was sent, such as a password."""
CHANGED_MEANWHILE: Final = "Somebody else changed it meanwhile. Load it anew."
PASSED_ON: Final = ("present", "taken")
"""Of the body with which another service answers 409."""
FIELD_AND_SENTENCE: Final = re.compile(r"(?P<field>[\w.-]{1,150}): (?P<said>.+)", re.DOTALL)


class Problem(Exception):
    """A request that is refused.

    `message` is its sentence, `detail` the field it is about, `kept` what further members the answer has.
    """

    def __init__(
        self,
        code: RefusalCode,
        message: str,
        *,
        detail: str | None = None,
        retry_after: float | None = None,
        kept: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.detail = detail
        self.retry_after = retry_after
        self.kept = kept or {}


def answer(problem: Problem) -> JSONResponse:
    """The response: `{code, message, detail?, retry_after?, present?, taken?}`."""
    body: dict[str, object] = {**problem.kept, "code": problem.code, "message": problem.message}
    headers = {"Cache-Control": "no-store"}
    if problem.detail is not None:
        body["detail"] = problem.detail
    if problem.retry_after is not None:
        body["retry_after"] = round(problem.retry_after, 2)
        headers["Retry-After"] = str(ceil(problem.retry_after))
    return JSONResponse(body, STATUS.get(problem.code, 400), headers)


def problem_of(error: Exception) -> Problem:
    """The problem that an error is to whoever asked."""
    match error:
        case Problem():
            return error
        case WrongCredentials():
            return Problem(RefusalCode.UNAUTHORISED, "The e-mail address or the password is wrong.")
        case TooManyAttempts():
            return Problem(
                RefusalCode.TOO_FAST, "Too many sign-ins failed. Wait a moment.", retry_after=error.retry_after
            )
        case NotFound():
            return Problem(RefusalCode.UNKNOWN, "There is no such thing.")
        case Forbidden():
            return Problem(RefusalCode.NOT_YOURS, "This is not yours to see.")
        case RequestValidationError():
            return _invalid(error)
        case InternalHttpError(status=422):
            return _refused_by_its_owner(error.detail)
        case UnknownAgent():
            return Problem(RefusalCode.UNKNOWN, "There is no such agent.")
        case Conflict():
            kept = _kept(error.body)
            said = error.detail if kept.get("taken") else ""
            return Problem(RefusalCode.CONFLICT, said or CHANGED_MEANWHILE, kept=kept)
        case ChangedMeanwhile():
            return Problem(RefusalCode.CONFLICT, CHANGED_MEANWHILE)
        case AddressTaken():
            return Problem(RefusalCode.INVALID, "Another agent has this e-mail address.", detail="email")
        case LastAdministrator():
            return Problem(RefusalCode.INVALID, "This is the last administrator and stays one.", detail="role")
        case _:
            return Problem(
                RefusalCode.UNAVAILABLE, "A part of the system does not answer now. Try again.", retry_after=2
            )


def _refused_by_its_owner(detail: str) -> Problem:
    """Its owner has rules that this release does not know; its sentence is for people, as ours are."""
    told = FIELD_AND_SENTENCE.fullmatch(detail)
    if told is None:
        return Problem(RefusalCode.INVALID, detail or "The request is not valid.")
    message = f"The request is not valid: {detail.removesuffix('.')}."
    return Problem(RefusalCode.INVALID, message, detail=told["field"])


def _kept(body: bytes) -> dict[str, object]:
    """What a service keeps now instead of what it was asked to keep."""
    try:
        told = json.loads(body)
    except ValueError:
        return {}
    return {name: told[name] for name in PASSED_ON if name in told} if isinstance(told, dict) else {}


def _invalid(error: RequestValidationError) -> Problem:
    """What is wrong first, by the path of its field. Of the library's words only those that quote nothing sent."""
    first = error.errors()[0]
    path = [str(part) for part in first["loc"]]
    field = ".".join(path[1:] if path[:1] in (["body"], ["query"], ["path"]) else path)[:MAX_FIELD] or "body"
    match first:
        case {"type": "value_error", "ctx": {"error": ValueError() as rule}}:
            said = str(rule)
        case {"type": kind, "msg": words} if kind in QUOTES_NOTHING:
            said = str(words)
        case _:
            said = ""
    message = f"The request is not valid: {field}{f': {said}' if said else ''}."
    return Problem(RefusalCode.INVALID, message[: MAX_FIELD * 2], detail=field)


def install(app: FastAPI) -> None:
    """Have the gateway's errors answered this way."""

    async def handler(_: Request, error: Exception) -> JSONResponse:
        return answer(problem_of(error))

    for kind in (
        Problem,
        WrongCredentials,
        TooManyAttempts,
        UnknownAgent,
        ChangedMeanwhile,
        AddressTaken,
        LastAdministrator,
        InternalHttpError,
        Unavailable,
        RequestValidationError,
        Exception,
    ):
        app.add_exception_handler(kind, handler)
