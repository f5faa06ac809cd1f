"""What agents see of a visitor's browser."""

import pytest

from contracts.wire import PageDetails
from services.gateway.browsers import browser_details

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.5 Mobile/15E148 Safari/604.1"
)


@pytest.mark.parametrize(
    ("user_agent", "browser", "system"),
    [
        (FIREFOX, "Firefox 128", "Linux"),
        (SAFARI, "Mobile Safari 17", "iOS 17.5"),
        ("", "", ""),
        ("x" * 5000, "", ""),
    ],
)
def test_browser_and_system_are_named_as_people_name_them(user_agent: str, browser: str, system: str) -> None:
    details = browser_details(PageDetails(), user_agent, "192.0.2.77", "shortened")
    assert (details.browser, details.system) == (browser, system)
    assert len(details.user_agent) <= 500


def test_the_pages_own_words_are_passed_on_and_the_address_is_shortened() -> None:
    page = PageDetails(page_url="https://shop.test/kubki", page_title="Kubki", languages="pl, en", screen="390x844")
    details = browser_details(page, FIREFOX, "192.0.2.77", "shortened")
    assert (details.page_url, details.page_title, details.languages) == (page.page_url, "Kubki", "pl, en")
    assert details.address == "192.0.2.0"
