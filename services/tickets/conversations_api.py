"""Internal HTTP: transcripts of conversations that are over, ratings, and the figures of a time."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, HTTPException, Query, params, status
from fastapi.responses import HTMLResponse, PlainTextResponse

from contracts.base import LanguageCode
from contracts.parameters import TimeZone
from contracts.tickets import Rating, RatingFigures, Ratings
from services.tickets.views import TranscriptFormat, Views

LONGEST_DAYS = 366


def build_conversations_router(views: Views, *, guard: params.Depends) -> APIRouter:
    """The routes; `guard` is the dependency that lets only services in."""
    router = APIRouter(prefix="/internal", dependencies=[guard])

    @router.get("/conversations/{conversation_id}/transcript", response_class=PlainTextResponse, response_model=None)
    async def read_transcript(
        conversation_id: UUID,
        format: TranscriptFormat = "text",
        zone: TimeZone = "Europe/Warsaw",
        language: LanguageCode | None = None,
    ) -> PlainTextResponse | HTMLResponse:
        transcript = await views.transcript(conversation_id, format, zone, language)
        if transcript is None:
            raise HTTPException(status.HTTP_404_NOT_FOUND, "There is no such conversation, or it is not over.")
        return HTMLResponse(transcript) if format == "html" else PlainTextResponse(transcript)

    @router.get("/conversations/{conversation_id}/rating")
    async def read_rating(conversation_id: UUID) -> Rating:
        rating = await views.rating(conversation_id)
        if rating is None:
            raise HTTPException(status.HTTP_404_NOT_FOUND, "The conversation has not been rated.")
        return rating

    @router.get("/ratings")
    async def read_ratings(
        conversation_ids: Annotated[list[UUID], Query(max_length=200)],
    ) -> Ratings:
        return await views.ratings(conversation_ids)

    @router.get("/ratings/figures")
    async def read_figures(since: date, until: date, zone: TimeZone = "Europe/Warsaw") -> RatingFigures:
        if not 0 <= (until - since).days < LONGEST_DAYS or until.year >= date.max.year:
            raise HTTPException(
                status.HTTP_422_UNPROCESSABLE_CONTENT,
                f"until: must not come before since, nor {LONGEST_DAYS} days or more after it",
            )
        return await views.figures(since, until, zone)

    return router
