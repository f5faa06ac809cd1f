"""HTTP for reply templates. Saved as a whole under a version: 409 with the `present` one, 422 with the field's name."""

from collections.abc import Awaitable
from typing import Annotated, Final, TypeVar
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from contracts.refusals import RefusalCode
from contracts.templates import Template, Templates
from services.gateway.accounts import Accounts
from services.gateway.callers import NEEDS, signed_in
from services.gateway.domain.templates import InvalidTemplate
from services.gateway.problems import CHANGED_MEANWHILE, Problem
from services.gateway.settings import GatewaySettings
from services.gateway.store import Session
from services.gateway.templates import NotTheirs, ReplyTemplates, TemplateChanged, UnknownTemplate

T = TypeVar("T")
LARGEST: Final = 2**63 - 1
"""Version that can be kept."""


def build_templates_router(accounts: Accounts, templates: ReplyTemplates, settings: GatewaySettings) -> APIRouter:
    agent = signed_in(accounts, settings)
    routes = APIRouter(prefix="/api/templates")

    @routes.get("")
    async def read_templates(session: Annotated[Session, Depends(agent)]) -> Templates:
        return await templates.usable(session)

    @routes.put("/{template_id}")
    async def save_template(template_id: UUID, body: Template, session: Annotated[Session, Depends(agent)]) -> Template:
        return await _answered(templates.save(session, _of(template_id, body)))

    @routes.delete("/{template_id}", status_code=204)
    async def remove_template(
        template_id: UUID,
        version: Annotated[int, Query(ge=1, le=LARGEST)],
        session: Annotated[Session, Depends(agent)],
    ) -> None:
        await _answered(templates.remove(session, template_id, version))

    return routes


def _of(template_id: UUID, body: Template) -> Template:
    if body.id != template_id:
        raise Problem(RefusalCode.INVALID, "The address names another template than the body.", detail="id")
    return body


async def _answered(work: Awaitable[T]) -> T:
    try:
        return await work
    except InvalidTemplate as invalid:
        raise Problem(RefusalCode.INVALID, str(invalid), detail=invalid.field or None) from None
    except NotTheirs:
        raise Problem(RefusalCode.NOT_ALLOWED, NEEDS["supervisor"]) from None
    except UnknownTemplate:
        raise Problem(RefusalCode.UNKNOWN, "There is no such template.") from None
    except TemplateChanged as changed:
        kept = {"present": changed.present.model_dump(mode="json")}
        raise Problem(RefusalCode.CONFLICT, CHANGED_MEANWHILE, kept=kept) from None
