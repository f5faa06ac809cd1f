"""Which addresses are the same one (product requirements: rules that decide)."""

from unicodedata import normalize

import idna
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.address import NotAnAddress, normalise

LETTERS = "abcxyzABCXYZ0189ąćęłńóśźżĄĆĘŁŃÓŚŹŻäöüÄÖÜßéñøабвАБВαβσςΣ"
LOCAL = st.text(LETTERS + "._+-'&", min_size=1, max_size=20)
LABEL = st.text(LETTERS, min_size=1, max_size=15)
DOMAIN = st.lists(LABEL, min_size=2, max_size=4).map(".".join)
ADDRESS = st.builds("{}@{}".format, LOCAL, DOMAIN)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("anna.nowak@example.com", "anna.nowak@example.com"),
        ("  anna.nowak@example.com\n", "anna.nowak@example.com"),
        ("Anna.Nowak@Example.COM", "anna.nowak@example.com"),
        ("anna@łódź.pl", "anna@xn--d-uga0v4h.pl"),
        ("anna@ŁÓDŹ.PL", "anna@xn--d-uga0v4h.pl"),
        ("anna@xn--d-uga0v4h.pl", "anna@xn--d-uga0v4h.pl"),
        ("anna@XN--D-UGA0V4H.pl", "anna@xn--d-uga0v4h.pl"),
        ("anna@example.com.", "anna@example.com"),
        ("anna@example。com", "anna@example.com"),
        ("ŁUCJA@example.com", "łucja@example.com"),
        (normalize("NFD", "łucjaś@example.com"), "łucjaś@example.com"),
        ("anna@" + normalize("NFD", "żubr.pl"), "anna@" + idna.encode("żubr.pl").decode()),
    ],
)
def test_writings_of_one_address_are_the_same(written: str, address: str) -> None:
    assert normalise(written) == address


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("anna.nowak@example.com", "annanowak@example.com"),
        ("anna+shop@example.com", "anna@example.com"),
        ("strasse@example.com", "straße@example.com"),
        ("anna@strasse.de", "anna@straße.de"),
        ("lucja@example.com", "łucja@example.com"),
    ],
)
def test_addresses_of_different_people_are_never_joined(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "  ",
        "anna",
        "@example.com",
        "anna@",
        "anna@.",
        "anna@example..com",
        "a@b@example.com",
        "an na@example.com",
        "anna@exam ple.com",
        f"anna@{'a' * 64}.com",
        f"anna@{'ż' * 63}.pl",
    ],
)
def test_what_is_not_an_address_is_said_so(written: str) -> None:
    with pytest.raises(NotAnAddress):
        normalise(written)


@given(ADDRESS)
def test_normalising_twice_changes_nothing(written: str) -> None:
    once = normalise(written)
    assert normalise(once) == once


@given(ADDRESS, st.sampled_from(["", " ", "\t", "\u00a0"]))
def test_space_around_and_composition_do_not_matter(written: str, space: str) -> None:
    assert normalise(space + normalize("NFD", written) + space) == normalise(written)


@given(ADDRESS.filter(lambda written: "ß" not in written and "ς" not in written))
def test_capital_letters_do_not_matter(written: str) -> None:
    local, _, domain = normalise(written).partition("@")
    capitals, _, capital_domain = normalise(written.upper()).partition("@")
    assert domain == capital_domain
    assert local.replace("ς", "σ") == capitals.replace("ς", "σ")


@given(DOMAIN)
def test_the_domain_is_the_one_that_idna_gives(domain: str) -> None:
    try:
        expected = idna.encode(domain, uts46=True, transitional=False).decode()
    except idna.IDNAError:
        return
    assert normalise(f"anna@{domain}") == f"anna@{expected}"


@given(st.text(max_size=60))
def test_any_text_is_either_an_address_or_refused(text: str) -> None:
    try:
        address = normalise(text)
    except NotAnAddress:
        return
    assert normalise(address) == address
    assert address.rpartition("@")[2].isascii()
