"""Which pages may talk to us, and which may frame the panel."""

import pytest

from services.gateway.domain.origin import frame_ancestors, may_talk, normalised, own_origins

OWN = own_origins("https://chat.example.com/", extra=["https://console.example.com"])


@pytest.mark.parametrize(
    "origin", ["https://chat.example.com", "https://CHAT.example.com:443", "https://console.example.com"]
)
def test_our_own_pages_may_talk(origin: str) -> None:
    assert may_talk(origin, OWN)


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "",
        "null",
        "http://chat.example.com",
        "https://chat.example.com:8443",
        "https://chat.example.com.evil.test",
        "https://evil.test",
        "https://chat.example.com@evil.test",
        "https://[broken",
        "file:///etc/passwd",
    ],
)
def test_other_pages_may_not(origin: str | None) -> None:
    assert not may_talk(origin, OWN)


def test_on_a_developers_machine_every_spelling_of_loopback_is_the_same_place() -> None:
    own = own_origins("http://127.0.0.1:8080")
    assert may_talk("http://localhost:8080", own)
    assert may_talk("http://[::1]:8080", own)
    assert not may_talk("http://localhost:8081", own)


def test_a_public_address_gets_no_loopback_spellings() -> None:
    assert not may_talk("https://localhost", OWN)


def test_an_address_that_is_none_is_refused_at_start() -> None:
    with pytest.raises(ValueError, match="not an http"):
        own_origins("chat.example.com")


def test_default_ports_are_left_out_and_others_kept() -> None:
    assert normalised("http://shop.test:80/a?b") == "http://shop.test"
    assert normalised("http://shop.test:81") == "http://shop.test:81"


def test_the_panel_may_be_framed_by_the_widgets_sites_and_ourselves() -> None:
    sites = ["https://shop.test", "https://*.shop.test", "http://localhost:3000"]
    assert frame_ancestors(sites) == "'self' https://shop.test https://*.shop.test http://localhost:3000"


@pytest.mark.parametrize(
    "site", ["*", "shop.test", "https://a.test; script-src *", "https://a.test https://b.test", "'none'"]
)
def test_a_setting_cannot_say_more_in_the_header_than_it_means(site: str) -> None:
    assert frame_ancestors([site]) == "'self'"
