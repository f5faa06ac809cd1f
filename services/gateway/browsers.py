"""What agents see of a visitor's browser: what the page told, and what we read from the connection."""

from typing import Final

from ua_parser import parse

from contracts.entries import BrowserDetails
from contracts.wire import PageDetails
from services.gateway.domain.address import AddressPolicy, kept

MAX_USER_AGENT: Final = 500
MAX_LINE: Final = 300


def prepare() -> None:
    """Load the patterns, which takes a while: in a thread, before the first visitor waits for it."""
    parse("")


def browser_details(page: PageDetails, user_agent: str, address: str, policy: AddressPolicy) -> BrowserDetails:
    """The details of a start; the address is kept as `policy` says."""
    user_agent = user_agent[:MAX_USER_AGENT]
    browser, system = _names(user_agent)
    return BrowserDetails(
        user_agent=user_agent,
        browser=browser[:MAX_LINE],
        system=system[:MAX_LINE],
        languages=page.languages,
        screen=page.screen,
        page_url=page.page_url,
        page_title=page.page_title,
        referrer=page.referrer,
        address=kept(address, policy),
    )


def _names(user_agent: str) -> tuple[str, str]:
    """Browser and system with their versions, as people say them: "Firefox 128", "Windows 10"."""
    if not user_agent:
        return "", ""
    parsed = parse(user_agent)
    browser, system = parsed.user_agent, parsed.os
    return (
        _said(browser.family, browser.major) if browser else "",
        _said(system.family, system.major, system.minor) if system else "",
    )


def _said(family: str, *version: str | None) -> str:
    return " ".join([family, ".".join(part for part in version if part)]).strip()
