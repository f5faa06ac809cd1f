"""What is kept of a visitor's address."""

import pytest

from services.gateway.domain.address import kept, limited_as


@pytest.mark.parametrize(
    ("address", "shortened"),
    [
        ("192.0.2.77", "192.0.2.0"),
        ("2001:db8:abcd:1234::1", "2001:db8:abcd::"),
        ("::ffff:192.0.2.77", "192.0.2.0"),
        ("fe80::1%eth0", "fe80::"),
        ("testclient", ""),
    ],
)
def test_a_shortened_address_names_no_household(address: str, shortened: str) -> None:
    assert kept(address, "shortened") == shortened


def test_the_company_may_keep_the_whole_or_nothing() -> None:
    assert kept("192.0.2.77", "whole") == "192.0.2.77"
    assert kept("192.0.2.77", "none") == ""


def test_one_household_with_many_addresses_counts_once() -> None:
    assert limited_as("2001:db8::1") == limited_as("2001:db8::ffff:1")
    assert limited_as("192.0.2.1") != limited_as("192.0.2.2")
    assert limited_as("::ffff:192.0.2.1") == limited_as("192.0.2.1")
