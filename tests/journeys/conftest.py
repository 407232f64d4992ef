"""A person's way through the product: the real server, on a small demo of its own, in a real Chromium."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@dataclass(frozen=True)
class Site:
    """A running installation."""

    address: str
    folder: Path

    @property
    def kept_files(self) -> set[Path]:
        """Every file it keeps for its users."""
        return {path for path in (self.folder / "files").rglob("*") if path.is_file()}


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
        pytest.fail("the journeys need Chromium: make tools")
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

    def hands_over(self, file: Path) -> None:
        """Send a file to be read, whatever becomes of it."""
        self.goes_to("/van-ban/moi/")
        self.page.set_input_files("input[type=file]", str(file))
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Đọc văn bản").click()

    def brings_in(self, file: Path) -> str:
        """Send a file that is read without objection; the address of its review."""
        self.hands_over(file)
        if "/giong-nhau/" in self.page.url:  # the papers of these journeys are much alike
            self.page.get_by_role("link", name="Đây là văn bản khác: rà soát tiếp").click()
        expect(self.page).to_have_url(re.compile(r"/van-ban/\d+/ra-soat/$"))
        return self.page.url


@pytest.fixture
def visit(browser: Browser, site: Site, request: pytest.FixtureRequest):
    """A function that signs somebody in: `visit("chuyenvien", width=390)`.

    With one click where the sign-in page offers them, else by name and `password`; `scripts=False` turns
    JavaScript off.
    """

    def enter(
        username: str, width: int = 1440, height: int = 900, *, password: str = "", scripts: bool = True
    ) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="vi-VN",
            accept_downloads=True,
            java_script_enabled=scripts,
        )
        request.addfinalizer(context.close)
        page = context.new_page()
        page.set_default_timeout(15_000)
        complaints: list[str] = []
        page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(site.address + "/")
        sign_in(page, username, password)
        page.wait_for_url(site.address + "/")
        return Visitor(page, site, complaints)

    return enter


def sign_in(page: Page, username: str, password: str = "") -> None:
    """On the sign-in page: one click in the cast, or name and password."""
    if not password:
        page.locator(f'form[action$="/dang-nhap/thu/{username}/"] button').click()
        return
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
