"""Which addresses mail can be sent to, and which are one mailbox."""

import pytest
from hypothesis import given as tried_with
from hypothesis import strategies as st

from contracts.address import NotAnAddress, ascii_domain, normalise
from services.notifier.domain.address import NoMailbox, mailbox, mailbox_key


@pytest.mark.parametrize(
    ("given", "written_to"),
    [
        ("anna.nowak@example.com", "anna.nowak@example.com"),
        ("  Anna@EXAMPLE.com ", "Anna@example.com"),
        ("biuro@żółw.pl", "biuro@xn--w-uga1v8h.pl"),
        ("biuro@straße.de", "biuro@xn--strae-oqa.de"),
        ("biuro@ŻÓŁW。ｐｌ", "biuro@xn--w-uga1v8h.pl"),
        ("żuk@kawa.pl", "żuk@kawa.pl"),
        ("o'brien+news@mail.example.co.uk", "o'brien+news@mail.example.co.uk"),
        ("root@localhost", "root@localhost"),
    ],
)
def test_an_address_is_written_to_with_its_domain_in_ascii(given: str, written_to: str) -> None:
    assert mailbox(given) == written_to


@pytest.mark.parametrize(
    "given",
    [
        "",
        "anna",
        "@example.com",
        "anna@",
        "a@b@example.com",
        "anna,ewa@example.com",
        "<anna@example.com>",
        "anna nowak@example.com",
        '"anna"@example.com',
        "anna@exam ple.com",
        "anna@example..com",
        "anna@-example.com",
        "anna@[127.0.0.1]",
        "anna@example.com\r\nBcc: ewa@example.com",
        "anna\x00@example.com",
        "anna\u202e@example.com",
        "anna@exa\u202emple.com",
        "anna@exam\u200bple.com",
        "anna@a＠example.com",
        "=?utf-8?q?=0D=0ABcc=3A?=@example.com",
        ".anna@example.com",
        "an..na@example.com",
        "a" * 65 + "@example.com",
        "anna@" + "a" * 64 + ".com",
    ],
)
def test_what_is_no_single_address_is_refused(given: str) -> None:
    with pytest.raises(NoMailbox):
        mailbox(given)


def test_addresses_of_one_mailbox_are_counted_together() -> None:
    same = ("Anna@Example.com", "anna@example.com", "anna+chat@example.com", "ANNA+1+2@EXAMPLE.COM")
    assert {mailbox_key(address) for address in same} == {"anna@example.com"}


def test_addresses_of_different_mailboxes_are_not() -> None:
    assert len({mailbox_key(one) for one in ("anna@a.pl", "anna@b.pl", "ewa@a.pl", "+anna@a.pl", "+ewa@a.pl")}) == 5


@tried_with(st.text(alphabet=st.one_of(st.sampled_from("straßeSTRAẞEżΣςσ.-"), st.characters()), max_size=20))
def test_who_is_written_to_is_whom_the_address_was_taken_for(domain: str) -> None:
    """A verified address, a customer's and the one that mail goes to are compared and written by one rule."""
    address = f"anna@{domain}"
    try:
        written_to = mailbox(address)
    except NoMailbox:
        return
    assert normalise(address) == normalise(written_to) == written_to


def test_what_no_domain_can_be_is_no_mailbox() -> None:
    with pytest.raises(NotAnAddress):
        ascii_domain("exam ple.com")
