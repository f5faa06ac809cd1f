"""Reply templates: who may use, make, change and remove them.

Invariants: a shared template is changed by supervisors and administrators, an agent's own by that agent, who alone
knows of it; it is saved as a whole over the version that was read; the same save or removal again does nothing more.
"""

from uuid import UUID

from contracts.templates import Template, Templates
from services.chassis.database import Database, Transaction
from services.gateway import template_store
from services.gateway.domain.templates import (
    InvalidTemplate,
    Kept,
    check,
    check_beside,
    is_repetition,
    may_share,
)
from services.gateway.store import Session
from services.gateway.topics import TopicList


class UnknownTemplate(Exception):
    """There is no such template, or none that this agent may know of."""


class NotTheirs(Exception):
    """Shared templates are made, changed and removed by supervisors and administrators."""


class TemplateChanged(Exception):
    """Somebody else has changed it since it was read; `present` is what it is now."""

    def __init__(self, present: Template) -> None:
        super().__init__("Somebody else has changed it since it was read.")
        self.present = present


class ReplyTemplates:
    def __init__(self, database: Database, topics: TopicList) -> None:
        self._database = database
        self._topics = topics

    async def usable(self, agent: Session) -> Templates:
        """All that the agent may use: their own first, then shared ones. Who may change these gets them all."""
        async with self._database.connection() as connection:
            found = await template_store.usable(
                connection, agent.agent_id, agent.topic_ids, every=may_share(agent.role)
            )
        return Templates(templates=found)

    async def save(self, agent: Session, template: Template) -> Template:
        """Make the template (version 0) or replace it; the template as it is kept.

        Raises InvalidTemplate, NotTheirs, UnknownTemplate, TemplateChanged, or Unavailable where topics cannot be read.
        """
        if not template.own and not may_share(agent.role):
            raise NotTheirs
        check(template)
        if template.topic_ids and len(await self._topics.named(template.topic_ids)) < len(template.topic_ids):
            raise InvalidTemplate("topic_ids", "There is no such topic.")
        owner = agent.agent_id if template.own else None

        async def work(tx: Transaction) -> Template:
            connection = tx.connection
            await template_store.hold(connection, owner)
            kept = await template_store.one(connection, template.id)
            if kept is None:
                if template.version:
                    raise UnknownTemplate
            elif not _known_to(kept, agent.agent_id):
                raise UnknownTemplate
            elif kept.template.own != template.own:
                raise InvalidTemplate("own", "A template stays shared, or one agent's own.")
            elif is_repetition(template, kept.template):
                return kept.template
            elif kept.template.version != template.version:
                raise TemplateChanged(kept.template)
            others = await template_store.all_of(connection, owner)
            check_beside(template, [other for other in others if other.id != template.id])
            saved = await (
                template_store.change(connection, template) if kept else template_store.add(connection, template, owner)
            )
            if not saved:
                # The id became another agent's, or this one was removed, in this moment.
                raise UnknownTemplate
            return template.model_copy(update={"version": template.version + 1})

        return await self._database.run(work)

    async def remove(self, agent: Session, template_id: UUID, version: int) -> None:
        """Remove the template of this version; one that is gone stays so. Raises NotTheirs or TemplateChanged."""

        async def work(tx: Transaction) -> None:
            kept = await template_store.one(tx.connection, template_id)
            if kept is None or not _known_to(kept, agent.agent_id):
                return
            if kept.agent_id is None and not may_share(agent.role):
                raise NotTheirs
            if not await template_store.drop(tx.connection, template_id, version):
                now = await template_store.one(tx.connection, template_id)
                if now is not None:
                    raise TemplateChanged(now.template)

        await self._database.run(work)


def _known_to(kept: Kept, agent_id: UUID) -> bool:
    return kept.agent_id is None or kept.agent_id == agent_id
