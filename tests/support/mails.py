"""The mails of a running system as tests read them.

    mails = Mails(server)
    letter = await mails.to("anna@example.org")                       # the first to her; waits until it comes
    answer = await mails.to("anna@example.org", "Pytanie o kawę")     # the next one with these words in its subject
    assert mails.all_to("ewa@example.org") == []                      # what came so far
    mails.refuse("gone@example.org")                                  # 550, for good

A mail is handed out once, so asking again waits for the next. Tests that share a system take addresses of their own:
limits of mails hold per mailbox.
"""

from __future__ import annotations

from tests.support.mail_server import MailServer, Taken


class Mails:
    """What a mail server of the tests has taken."""

    def __init__(self, server: MailServer) -> None:
        self.server = server
        """For what must go wrong: `answers`, `close()` and `open()`."""
        self._handed_out: set[int] = set()

    async def to(self, address: str, subject: str = "") -> Taken:
        """The oldest mail to the address, with these words in its subject, that was not handed out yet.

        Raises AssertionError, naming what came instead, when there is none within some seconds.
        """
        found: list[int] = []

        def came() -> bool:
            found[:] = (
                number
                for number, mail in enumerate(self.server.mails)
                if number not in self._handed_out and address in mail.recipients and subject in mail.subject
            )
            return bool(found)

        try:
            await self.server.until(came)
        except TimeoutError:
            came_instead = [(mail.recipients, mail.subject) for mail in self.server.mails[-10:]]
            wanted = f" about {subject!r}" if subject else ""
            raise AssertionError(f"no further mail to {address}{wanted}; the newest are {came_instead}") from None
        self._handed_out.add(found[0])
        return self.server.mails[found[0]]

    def all_to(self, address: str) -> list[Taken]:
        """Every mail to the address so far, handed out or not, oldest first."""
        return [mail for mail in self.server.mails if address in mail.recipients]

    def refuse(self, address: str, answer: str = "550 5.1.1 No such user") -> None:
        """Take no mail to this address."""
        self.server.refused[address] = answer
