"""What the notifier does with what has happened: it keeps the mails to be sent, and tells consoles.

A mail is kept in the transaction of the message that asks for it; the postman (postman.py) sends it.
"""

from collections.abc import Iterable
from uuid import UUID

from contracts.conversation import ConversationEnded
from contracts.envelope import Received
from contracts.mail import AgentContactChanged, MailChanged, MailKind, Mails, MailState, SendMail
from contracts.tickets import TicketOpened
from services.chassis.clock import Clock
from services.chassis.database import Database, Transaction
from services.notifier import store
from services.notifier.domain.address import NoMailbox, mailbox_key
from services.notifier.domain.alerts import ticket_alert
from services.notifier.domain.limits import DAY, Limits, held_back
from services.notifier.domain.mails import House, Order, about_missed_chat, about_new_ticket, asked_for, is_missed

PAGE = 100


class Events:
    """What the notifier hears of."""

    def __init__(self, clock: Clock, house: House, limits: Limits) -> None:
        self._clock = clock
        self._house = house
        self._limits = limits

    async def handle(self, tx: Transaction, received: Received) -> None:
        """Do what the message is a reason for."""
        match received.message:
            case SendMail() as asked:
                await self._keep(tx, asked_for(asked, self._house), received, announced=True)
            case TicketOpened() as opened:
                tx.outbox.add(ticket_alert(opened), caused_by=received)
                agents = await store.contacts(tx.connection)
                await self._keep_all(tx, (about_new_ticket(opened, agent, self._house) for agent in agents), received)
            case ConversationEnded() as ended:
                if is_missed(ended):
                    agents = await store.contacts(tx.connection)
                    await self._keep_all(
                        tx, (about_missed_chat(ended, agent, self._house) for agent in agents), received
                    )
            case AgentContactChanged() as contact:
                await store.save_contact(tx.connection, contact)
            case _:
                raise TypeError(f"{received.type} is nothing that the notifier takes")

    async def _keep_all(self, tx: Transaction, orders: Iterable[Order | None], received: Received) -> None:
        for order in orders:
            if order is not None:
                await self._keep(tx, order, received, announced=False)

    async def _keep(self, tx: Transaction, order: Order, received: Received, *, announced: bool) -> None:
        """Keep the mail to be sent, or as failed where it may not or cannot be."""
        if await store.is_known(tx.connection, order.mail_id):
            return
        now = self._clock.now()
        key, failed = "", None
        try:
            key = mailbox_key(order.to)
        except NoMailbox:
            failed = "address"
        else:
            if order.limited:
                to_recipient, to_all = await store.count_limited(tx.connection, key, now - DAY)
                failed = held_back(self._limits, to_recipient=to_recipient, to_all=to_all)
        added = await store.add(
            tx.connection,
            order,
            mailbox_key=key,
            asked_at=now,
            announced=announced,
            correlation_id=received.correlationid,
            failed=failed,
        )
        if added and failed and announced:
            told = MailChanged(
                mail_id=order.mail_id,
                state="failed",
                reason=failed,
                ticket_id=order.ticket_id,
                conversation_id=order.conversation_id,
                at=now,
            )
            tx.outbox.add(told, caused_by=received)


class MailList:
    """Reading what became of mails, on one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def newest(
        self,
        state: MailState | None,
        ticket_id: UUID | None,
        conversation_id: UUID | None,
        before: UUID | None,
        kinds: tuple[MailKind, ...] | None = None,
    ) -> Mails:
        """The newest mails that fit, at most 100, asked for before the mail `before`."""
        async with self._database.connection() as connection:
            mails = await store.newest(
                connection,
                state=state,
                ticket_id=ticket_id,
                conversation_id=conversation_id,
                before=before,
                kinds=kinds,
                limit=PAGE,
            )
        return Mails(mails=mails)
