"""What other services ask of the tickets service and tell it: load, decide by the domain, keep and tell, at once."""

from contracts.conversation import ConversationEnded
from contracts.customers import TicketLookedUp
from contracts.envelope import Received
from contracts.mail import MailChanged
from contracts.tickets import OpenTicket, RatingRecorded, RequestTranscript, SubmitRating
from services.chassis.clock import Clock
from services.chassis.database import Connection, Transaction
from services.chassis.deadlines import Deadline
from services.tickets import work
from services.tickets.domain import mails
from services.tickets.domain.rating import replaces
from services.tickets.domain.ticket import looked_up, open_ticket, reopen
from services.tickets.store import ratings, tickets, transcripts
from services.tickets.store.transcripts import Transcript


class Commands:
    """What other services ask for, and what they tell."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def handle(self, tx: Transaction, received: Received) -> None:
        """Do what the command says, or take note of the event."""
        match received.message:
            case OpenTicket() as asked:
                # A ticket that is stored already stays as it is.
                await work.add(tx, open_ticket(asked, self._clock.now()), verified=asked.verified)
            case SubmitRating() as rating:
                await self._rate(tx, rating)
            case RequestTranscript() as request:
                await _mail_transcript(tx, await transcripts.request(tx.connection, request.conversation_id))
            case ConversationEnded() as ended:
                await _mail_transcript(tx, await transcripts.end(tx.connection, ended))
            case TicketLookedUp() as found:
                await self._look_up(tx, found)
            case MailChanged() as changed:
                await self._note_mail(tx, changed)
            case _:
                raise TypeError(f"{received.type} is nothing for tickets")

    async def reopen(self, tx: Transaction, deadline: Deadline) -> None:
        """Open a postponed ticket again; one that was changed meanwhile has nothing to open."""
        ticket = await tickets.lock(tx.connection, deadline.subject)
        if ticket is not None:
            await work.keep(tx, ticket, reopen(ticket, self._clock.now()))

    async def _rate(self, tx: Transaction, rating: SubmitRating) -> None:
        """Keep the conversation's last rating, and tell of this one only when it is that."""
        if not await _keep_rating(tx.connection, rating):
            return
        tx.outbox.add(
            RatingRecorded(
                conversation_id=rating.conversation_id,
                client_id=rating.client_id,
                score=rating.score,
                comment=rating.comment,
                rated_at=rating.rated_at,
            )
        )

    async def _look_up(self, tx: Transaction, found: TicketLookedUp) -> None:
        ticket = await tickets.lock(tx.connection, found.ticket_id)
        if ticket is not None:
            await work.keep(tx, ticket, looked_up(ticket, found.customer))

    async def _note_mail(self, tx: Transaction, changed: MailChanged) -> None:
        """A reply's mail has the reply's id; of other mails the thread says nothing."""
        ticket = await tickets.lock(tx.connection, changed.ticket_id) if changed.ticket_id else None
        if ticket is None:
            return
        if await tickets.note_mail(tx.connection, changed.mail_id, changed.state, changed.reason, changed.at):
            work.tell_mail(tx, ticket)


async def _keep_rating(connection: Connection, rating: SubmitRating) -> bool:
    if await ratings.add(connection, rating):
        return True
    stored = await ratings.lock(connection, rating.conversation_id)
    if stored is None or not replaces(rating, stored):
        return False
    await ratings.replace(connection, rating)
    return True


async def _mail_transcript(tx: Transaction, known: Transcript) -> None:
    """Mail a transcript when it is wanted and there is an end: whichever of the two comes second finds the other."""
    if known.ended is None or not known.requested or known.mailed:
        return
    mail = mails.transcript(known.ended)
    if mail is not None:
        tx.outbox.add(mail)
    await transcripts.mailed(tx.connection, known.ended.conversation_id)
