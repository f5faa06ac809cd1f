"""Whose conversation it is: what the look-up of the address finds, and what an agent says.

An agent's word stands, whether the look-up came before or comes after. What it attaches is never "verified": that
lets a visitor read the conversation under the customer's address, and only the site can vouch for that.
"""

from datetime import datetime
from uuid import UUID

from contracts.base import NamedRef
from contracts.entries import CustomerAttached, CustomerLookedUp
from contracts.refusals import Refusal
from services.router.domain.agent import Agent
from services.router.domain.conversation import Conversation, Decision, record
from services.router.domain.leaving import stranger


def looked_up(conversation: Conversation, customer_id: UUID | None, verified: bool, now: datetime) -> Decision:
    """One entry whether somebody was found or not, and after the end too: numbering tells the visitor nothing."""
    if conversation.header.looked_up:
        return Decision(conversation)
    return record(conversation, now, CustomerLookedUp(customer_id=customer_id, verified=verified))


def attach(conversation: Conversation, by: Agent, customer: NamedRef | None, now: datetime) -> Decision | Refusal:
    """Whoever takes part, took part at the end or supervises says whose it is, after the end too."""
    if conversation.participant(by.id) is None and not by.supervises:
        return stranger(conversation, by.id)
    header = conversation.header
    if header.looked_up and header.customer_id == (customer.id if customer else None):
        return Decision(conversation)
    return record(conversation, now, CustomerAttached(customer=customer, by=by.ref))
