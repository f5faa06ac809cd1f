"""What is left of conversations that are over: transcripts and ratings for every agent, figures for supervisors.

A transcript is a page that holds what visitors wrote, so it may do nothing: no script, no picture, no form, no frame.
"""

from datetime import date
from typing import Annotated, Final, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from contracts.base import LanguageCode
from contracts.parameters import TimeZone
from contracts.tickets import Rating, RatingFigures, Ratings
from services.chassis.http import InternalClient
from services.gateway.accounts import Accounts
from services.gateway.callers import signed_in
from services.gateway.settings import GatewaySettings

MEDIA: Final = {"text": "text/plain", "html": "text/html"}
DOES_NOTHING: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"


def build_ratings_router(accounts: Accounts, settings: GatewaySettings, tickets: InternalClient) -> APIRouter:
    agent = signed_in(accounts, settings)
    supervisor = signed_in(accounts, settings, "supervisor")
    routes = APIRouter(prefix="/api", dependencies=[Depends(agent)])

    @routes.get("/conversations/{conversation_id}/transcript", response_class=Response)
    async def read_transcript(
        conversation_id: UUID,
        format: Literal["text", "html"] = "text",
        zone: TimeZone = "Europe/Warsaw",
        language: LanguageCode | None = None,
    ) -> Response:
        path = f"/internal/conversations/{conversation_id}/transcript"
        transcript = await tickets.text(path, format=format, zone=zone, language=language)
        headers = {"Content-Security-Policy": DOES_NOTHING, "X-Content-Type-Options": "nosniff"}
        return Response(transcript, headers=headers, media_type=MEDIA[format])

    @routes.get("/conversations/{conversation_id}/rating")
    async def read_rating(conversation_id: UUID) -> Rating:
        return await tickets.get(f"/internal/conversations/{conversation_id}/rating", Rating)

    @routes.get("/ratings")
    async def read_ratings(conversation_ids: Annotated[list[UUID], Query(min_length=1, max_length=200)]) -> Ratings:
        return await tickets.get("/internal/ratings", Ratings, conversation_ids=conversation_ids)

    @routes.get("/ratings/figures", dependencies=[Depends(supervisor)])
    async def read_figures(since: date, until: date, zone: TimeZone = "Europe/Warsaw") -> RatingFigures:
        return await tickets.get("/internal/ratings/figures", RatingFigures, since=since, until=until, zone=zone)

    return routes
