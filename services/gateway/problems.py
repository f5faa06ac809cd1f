"""What an HTTP request is answered when it is not done: a status, a stable code and a sentence for people."""

from math import ceil
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from contracts.refusals import RefusalCode
from services.chassis.errors import Forbidden, InternalHttpError, NotFound, Unavailable
from services.gateway.accounts import TooManyAttempts, WrongCredentials

STATUS: Final[dict[RefusalCode, int]] = {
    RefusalCode.INVALID: 422,
    RefusalCode.NOT_YOURS: 403,
    RefusalCode.TOO_FAST: 429,
    RefusalCode.TOO_LONG: 413,
    RefusalCode.UNAUTHORISED: 401,
    RefusalCode.UNAVAILABLE: 503,
    RefusalCode.UNKNOWN: 404,
}


class Problem(Exception):
    """A request that is refused; `message` is its sentence, `detail` the field it is about."""

    def __init__(
        self, code: RefusalCode, message: str, *, detail: str | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.detail = detail
        self.retry_after = retry_after


def answer(problem: Problem) -> JSONResponse:
    """The response: `{code, message, detail?, retry_after?}`."""
    body: dict[str, object] = {"code": problem.code, "message": problem.message}
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
            # The library's own words quote what was sent, a password included.
            names = [str(part) for part in error.errors()[0]["loc"] if isinstance(part, str)]
            field = names[-1] if names else "body"
            return Problem(RefusalCode.INVALID, f"The request is not valid: {field[:60]}.", detail=field[:60])
        case _:
            return Problem(
                RefusalCode.UNAVAILABLE, "A part of the system does not answer now. Try again.", retry_after=2
            )


def install(app: FastAPI) -> None:
    """Have the gateway's errors answered this way."""

    async def handler(_: Request, error: Exception) -> JSONResponse:
        return answer(problem_of(error))

    for kind in (
        Problem,
        WrongCredentials,
        TooManyAttempts,
        InternalHttpError,
        Unavailable,
        RequestValidationError,
        Exception,
    ):
        app.add_exception_handler(kind, handler)
