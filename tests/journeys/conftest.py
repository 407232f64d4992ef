"""A person's way through the product: the real server, on a small demo of its own, in a real Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@dataclass(frozen=True)
class Site:
    """A running installation."""

    address: str
    folder: Path


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`motbuoc serve` on a folder of its own, with the invented province at a twentieth of its size."""
    folder = tmp_path_factory.mktemp("site")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = os.environ | {"MOTBUOC_DATA_DIR": str(folder), "MOTBUOC_DEMO": "true", "MOTBUOC_DATABASE_URL": ""}
    for command in (
        ["config.manage", "migrate"],
        ["config.manage", "collectstatic", "--no-input"],
        ["demo", "--scale", "0.05"],
    ):
        subprocess.run([sys.executable, "-m", *command], env=env, check=True, capture_output=True)
    server = subprocess.Popen([sys.executable, "-m", "config.manage", "serve", "--port", str(port)], env=env)
    try:
        _wait(port)
        yield Site(f"http://127.0.0.1:{port}", folder)
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the server did not start")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright itself."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if not path:
        pytest.fail("the journeys need Chromium: make browser")
    launched = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
    yield launched
    launched.close()


@dataclass
class Visitor:
    """Somebody of the cast in a window of their own. Whatever the page's console complains of is kept."""

    page: Page
    site: Site
    complaints: list[str]

    def goes_to(self, path: str) -> None:
        """Open a page of the site."""
        self.page.goto(self.site.address + path)


@pytest.fixture
def visit(browser: Browser, site: Site, request: pytest.FixtureRequest):
    """A function that signs somebody of the cast in: `visit("chuyenvien", width=390)`."""

    def enter(username: str, width: int = 1440, height: int = 900) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="vi-VN", accept_downloads=True
        )
        request.addfinalizer(context.close)
        page = context.new_page()
        page.set_default_timeout(15_000)
        complaints: list[str] = []
        page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(site.address + "/")
        page.locator(f'form[action$="/dang-nhap/thu/{username}/"] button').click()
        page.wait_for_url(site.address + "/")
        return Visitor(page, site, complaints)

    return enter
