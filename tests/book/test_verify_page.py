"""The page that checks a file, in a browser: what it says is what the command line says."""

import hashlib
import shutil
from urllib.parse import urljoin

import pytest
from test_published import running

from clashbook.figures import exhibit
from clashbook.website import listing, serve, verify

DAY = "2022-09-20"
OURS, OLD = b"\x89PNG ours BBBB-BBBB \xff", b"\x89PNG old CCCC-CCCC \xfe"
COPIES = {
    "current": OURS,
    "superseded": OLD,
    "altered": b"edited " + OLD,
    "unknown": b"\x89PNG a screenshot",
}


def state(version, content, code):
    entry = {"path": "exhibits/toll.png", "digest": exhibit.digest(content), "code": code}
    page = {"path": "exhibits/toll.html", "digest": exhibit.digest(b""), "code": code}
    return listing.State(
        as_of=DAY,
        version=version,
        issued="2023-01-31",
        path=f"editions/{DAY}/v{version}/",
        titles={"toll": "Killed <b>by</b> clash"},
        files=[{**entry, "exhibit": "toll"}, {**page, "exhibit": "toll"}],
    )


STATES = [state("1.1.0", OURS, "BBBB-BBBB"), state("1.0.0", OLD, "CCCC-CCCC")]
PLACES = ("", f"editions/{DAY}/", f"editions/{DAY}/v1.0.0/")


@pytest.fixture(scope="module")
def published(site, tmp_path_factory):
    """A folder with the page at the root, in an edition and in a state, and their list."""
    folder = tmp_path_factory.mktemp("published")
    for place in PLACES:
        (folder / place).mkdir(parents=True, exist_ok=True)
        shutil.copytree(site / "_static", folder / place / "_static")
        shutil.copyfile(site / "verify.html", folder / place / "verify.html")
    listing.write(folder / "editions", STATES, "")
    # Pages of a published folder ask for it; what it holds is not tried here.
    (folder / "editions" / "editions.js").write_text("globalThis.clashbookEditions = [];\n")
    return folder


@pytest.fixture(scope="module")
def host(published):
    with running(serve.server(published, 0)) as address:
        yield address


@pytest.fixture(scope="module")
def copies(tmp_path_factory):
    folder = tmp_path_factory.mktemp("copies")
    for name, content in COPIES.items():
        (folder / f"{name}.png").write_bytes(content)
    return folder


@pytest.fixture
def opened(browser):
    """Open a page; it may fetch nothing from elsewhere, send nothing and complain of nothing."""
    contexts = []

    def go(address, script=""):
        context = browser.new_context()
        contexts.append(context)
        page = context.new_page()
        page.wrong, page.sent = [], []
        page.on("console", lambda m: page.wrong.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        page.on("request", lambda request: page.sent.append((request.method, request.url)))
        page.add_init_script(script)
        page.goto(address)
        return page

    yield go
    for context in contexts:
        context.close()


def said(page):
    page.locator("#verdict[data-kind]").wait_for()
    words = page.locator("#verdict p").all_text_contents()
    links = {
        each.text_content(): urljoin(page.url, each.get_attribute("href"))
        for each in page.locator("#verdict a").all()
    }
    return words, links


@pytest.mark.parametrize("kind", COPIES)
@pytest.mark.parametrize("place", PLACES)
def test_a_chosen_file_gets_the_words_of_the_command_line(opened, host, copies, kind, place):
    page = opened(f"{host}/{place}verify.html")
    page.locator("#verify-file").set_input_files(copies / f"{kind}.png")
    words, links = said(page)
    verdict = verify.of_file(COPIES[kind], STATES)
    assert verdict.kind == kind
    assert words[:2] == [f"{kind}.png:", verdict.words]
    assert links == {label: f"{host}/{path}" for label, path in verdict.links.items()}
    assert page.wrong == []
    assert {method for method, _ in page.sent} == {"GET"}
    assert all(url.startswith(host) for _, url in page.sent)


@pytest.mark.parametrize("kind", ["superseded", "unknown"])
def test_a_dropped_file_is_judged_and_not_opened(opened, host, kind):
    page = opened(f"{host}/verify.html")
    page.evaluate(
        """(bytes) => {
          const data = new DataTransfer();
          data.items.add(new File([new Uint8Array(bytes)], "dropped.png"));
          document.body.dispatchEvent(new DragEvent("drop", {
            dataTransfer: data, bubbles: true, cancelable: true }));
        }""",
        list(COPIES[kind]),
    )
    words, _ = said(page)
    assert words[:2] == ["dropped.png:", verify.of_file(COPIES[kind], STATES).words]
    assert page.url.endswith("verify.html")


@pytest.mark.parametrize("typed", ["bbbb-bbbb", "CCCC CCCC", "zzzzzzzz"])
def test_a_printed_code_is_looked_up_by_keyboard_alone(opened, host, typed):
    page = opened(f"{host}/verify.html")
    page.locator("#verify-file").focus()
    page.keyboard.press("Tab")
    page.keyboard.type(typed)
    page.keyboard.press("Enter")
    words, links = said(page)
    verdict = verify.of_code(typed, STATES)
    assert words[0] == verdict.words
    assert links == {label: f"{host}/{path}" for label, path in verdict.links.items()}
    assert page.wrong == []


def test_after_a_screenshot_the_field_for_the_code_has_the_focus(opened, host, copies):
    page = opened(f"{host}/verify.html")
    page.locator("#verify-file").set_input_files(copies / "unknown.png")
    said(page)
    assert page.locator("#verify-code").evaluate("each => each === document.activeElement")


def test_it_works_from_a_folder(opened, published, copies):
    page = opened((published / PLACES[2] / "verify.html").as_uri())
    page.locator("#verify-file").set_input_files(copies / "superseded.png")
    words, _ = said(page)
    assert words[1] == verify.of_file(OLD, STATES).words
    assert page.wrong == []


NO_DIGESTS = "Object.defineProperty(crypto, 'subtle', { value: undefined });"


@pytest.mark.parametrize("length", [0, 1, 55, 56, 63, 64, 119, 120, 1000])
def test_without_the_browsers_digests_it_makes_its_own(opened, host, length):
    page = opened(f"{host}/verify.html", NO_DIGESTS)
    content = bytes(number * 7 % 256 for number in range(length))
    made = page.evaluate("bytes => sha256(new Uint8Array(bytes))", list(content))
    assert made == hashlib.sha256(content).hexdigest()
    assert page.evaluate("crypto.subtle") is None


def test_the_page_of_the_site_knows_the_files_of_the_site(opened, site, address):
    page = opened(f"{address}/verify.html")
    for name in ("data/claims.csv", "exhibits/toll-by-episode.png"):
        page.locator("#verify-file").set_input_files(site / name)
        page.locator("#verdict p", has_text=name).wait_for()
        assert page.locator("#verdict").get_attribute("data-kind") == "current"


def test_every_file_of_the_site_is_listed_and_no_other(site):
    (only,) = listing.read(site / "files.json")
    there = {
        path.relative_to(site).as_posix()
        for path in site.rglob("*")
        if path.is_file() and path.relative_to(site).parts[0] != "_static"
    }
    assert {file["path"] for file in only["files"]} == there - {
        *("files.json", "files.js", ".clashbook")
    }
    for file in only["files"]:
        assert exhibit.digest((site / file["path"]).read_bytes()) == file["digest"], file["path"]


def test_without_scripts_it_says_what_to_do(browser, host):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{host}/verify.html")
    assert not page.locator("#verify").is_visible()
    assert "clashbook verify FILE" in page.locator("main").inner_text()
    context.close()
