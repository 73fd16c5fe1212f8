"""The finished site, and a browser to look at it."""

import io
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import hostile
import pytest
import visits as visiting
from playwright.sync_api import sync_playwright

from clashbook.pipeline import tasks
from clashbook.website import serve

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome")


def served(folder):
    """The address of a folder, while it is served."""
    with serve.server(folder, 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://{serve.HOST}:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def site():
    """The folder of the site, built if it is not up to date."""
    command = [sys.executable, "-c", "from clashbook.cli import main; main()", "build"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(f"the book does not build:\n{done.stdout}{done.stderr}", pytrace=False)
    return ROOT / "site"


@pytest.fixture(scope="session")
def address(site):
    """Where the site is served."""
    yield from served(site)


@pytest.fixture(scope="session")
def browser():
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if not path:
        pytest.skip("no Chromium: install the system package chromium")
    # Chromium's sandbox does not work for root.
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=options)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser):
    """Opens a page, and says what its console heard and what it asked for."""
    contexts = []

    def opened(url, width=1280, height=844, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.heard, page.asked = [], []
        page.on("console", lambda m: page.heard.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: page.heard.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(url, wait_until="load")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def visits(browser, site, address):
    """What is wrong with pages, by kind and then by page and width; each is visited once."""
    return visiting.findings(browser, site, address)


@pytest.fixture(scope="session")
def edition(tmp_path_factory):
    """A book whose every cell of words is hostile, built as the real one is."""
    made, said = hostile.project(tmp_path_factory.mktemp("hostile"), ROOT), io.StringIO()
    if not tasks.build(made, 2, said):
        pytest.fail(f"the hostile book does not build:\n{said.getvalue()}", pytrace=False)
    return made


@pytest.fixture(scope="session")
def hostile_address(edition):
    yield from served(edition.out)
