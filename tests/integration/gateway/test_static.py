"""The built front end: who may frame what, what may run, and how long it is kept."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.integration.gateway.conftest import Gateway, running_gateway


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def built(
    amqp_url: str, gateway_database: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Gateway]:
    """A gateway with a front end and a demo site."""
    root: Path = tmp_path_factory.mktemp("build")
    files = {
        "static/widget/loader.js": "// loader",
        "static/widget/panel.html": "<!doctype html>panel",
        "static/widget/assets/panel-Ab12Cd34.js": "// panel",
        "static/console/index.html": "<!doctype html>console",
        "static/console/assets/main-Ab12Cd34.css": "/* main */",
        "static/console/favicon.svg": "<svg/>",
        "secret.txt": "secret",
        "demo/index.html": "<!doctype html>shop",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    async with running_gateway(
        amqp_url, gateway_database, static_dir=root / "static", demo_dir=root / "demo"
    ) as gateway:
        yield gateway


async def test_the_panel_is_framed_by_its_widgets_sites_and_runs_nothing_inline(built: Gateway) -> None:
    answer = await built.http.get("/widget/panel/shop")
    policy = answer.headers["content-security-policy"]
    assert answer.text == "<!doctype html>panel"
    assert "frame-ancestors 'self' https://shop.test" in policy
    assert "default-src 'none'" in policy
    assert "frame-src 'none'" in policy
    assert "unsafe" not in policy
    assert built.url.replace("http", "ws") in policy
    assert "x-frame-options" not in answer.headers
    assert (await built.http.get("/widget/panel/none")).status_code == 404


async def test_the_console_is_one_page_at_many_addresses_that_nobody_frames(built: Gateway) -> None:
    for path in ("/console/", "/console/tickets/17", "/console/index.html"):
        answer = await built.http.get(path)
        assert answer.text == "<!doctype html>console"
        policy = answer.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy
        # It frames transcripts, which are pages of ours that may do nothing.
        assert "frame-src 'self'" in policy
        assert answer.headers["cache-control"] == "no-cache"
    assert (await built.http.get("/console")).headers["location"] == "/console/"


@pytest.mark.parametrize("path", ["/widget/assets/panel-Ab12Cd34.js", "/console/assets/main-Ab12Cd34.css"])
async def test_what_has_a_hash_in_its_name_is_kept_for_ever(built: Gateway, path: str) -> None:
    answer = await built.http.get(path)
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_the_loader_may_run_on_any_site_and_is_asked_for_again_cheaply(built: Gateway) -> None:
    answer = await built.http.get("/widget/loader.js")
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert answer.headers["cache-control"] == "public, max-age=300"
    again = await built.http.get("/widget/loader.js", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "path", ["/console/none.js", "/widget/assets/none.js", "/widget/panel.html", "/console/%2e%2e/%2e%2e/secret.txt"]
)
async def test_what_is_not_there_is_not_found(built: Gateway, path: str) -> None:
    assert (await built.http.get(path)).status_code == 404


async def test_the_demo_site_is_served(built: Gateway) -> None:
    assert (await built.http.get("/demo/")).text == "<!doctype html>shop"


@pytest.mark.parametrize("path", ["/console/", "/widget/panel/shop", "/widget/loader.js", "/widget/assets/x.js"])
async def test_without_a_build_it_says_what_to_run(gateway: Gateway, path: str) -> None:
    answer = await gateway.http.get(path)
    assert answer.status_code == 503
    assert "make run" in answer.text
