"""Finished pages, made light: one style sheet, one script, nothing that is not used."""

import re

import pytest
from lxml import etree, html

from clashbook.website import trim
from clashbook.website.trim.trim import Vocabulary, trimmed

HOME = "https://book.example/"
PAGE = """<!doctype html>
<html lang="en" data-theme="auto">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width"><meta name="viewport" content="width=1">
<meta name="docsearch:language" content="en">
<title>Economy</title>
<script>document.documentElement.dataset.mode = "auto";</script>
<script type="application/ld+json">{{"name": "</p> & é"}}</script>
<noscript><style>.pst-js-only {{ display: none }}</style></noscript>
<link rel="preload" as="script" href="_static/scripts/theme.js">
<link rel="stylesheet" href="_static/styles/theme.css?digest=1">
<link rel="stylesheet" href="_static/book.css?v=2">
<script defer src="_static/scripts/fontawesome.js"></script>
<script src="_static/scripts/theme.js?v=1"></script>
<script src="_static/book.js"></script>
<script src="_static/table.js"></script>
</head>
<body>
<button class="b" data-bs-toggle="tooltip" data-bs-title="Colour">x</button>
<p class="words" id="first">Reserves &amp; trade: 2 &lt; 3</p>
{more}
</body>
</html>
"""
FILES = {
    "basic.css": "p { margin: 0 }",
    "styles/theme.css": '@import "../basic.css"; .words { background: url(../images/a.png) }',
    "book.css": ".unused { color: red } p { color: var(--ink) } :root { --ink: black; --no: red }",
    "scripts/fontawesome.js": "icons()",
    "scripts/theme.js": "theme()\n//# sourceMappingURL=theme.js.map",
    "book.js": "(() => book())()",
    "table.js": "// For: .filtered\ntable()",
    "images/a.png": "a picture",
    "images/b.png": "a picture that no page shows",
}


def build(folder, economy):
    for name, text in FILES.items():
        path = folder / "_static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (folder / "economy.html").write_text(economy)
    (folder / "claims.html").write_text(PAGE.format(more='<table class="filtered"></table>'))
    return folder


@pytest.fixture
def site(tmp_path):
    return build(tmp_path, PAGE.format(more=""))


def finished(site, home=""):
    trim.finish(site, home, "2022-09-21")
    return html.parse(str(site / "economy.html")).getroot()


def styles_of(page, site):
    (address,) = page.xpath("//link[@rel='stylesheet']/@href")
    return (site / address).read_text()


def scripts_of(page):
    return [re.sub("-[0-9a-f]{8}", "", src) for src in page.xpath("//script/@src")]


def test_a_sheet_that_was_trimmed_before_is_the_same_and_another_page_gets_its_own(tmp_path):
    def styles(name, page, kept=None):
        made = build(tmp_path / name, page)
        trim.finish(made, "", "2022-09-21", kept)
        return styles_of(html.parse(str(made / "economy.html")).getroot(), made)

    plain, other = PAGE.format(more=""), PAGE.format(more='<p class="unused">x</p>')
    kept = tmp_path / "kept"
    first = styles("first", plain, kept)
    assert len(list(kept.iterdir())) == 1
    assert styles("second", plain, kept) == first == styles("third", plain)
    assert styles("fourth", other, kept) == styles("fifth", other) != first


def test_new_words_with_anchors_of_their_own_ask_for_no_sheet_anew(tmp_path):
    kept = tmp_path / "kept"
    for name, more in {"before": '<p id="a">One.</p>', "after": '<p id="b">Another.</p>'}.items():
        trim.finish(build(tmp_path / name, PAGE.format(more=more)), "", "2022-09-21", kept)
    assert len(list(kept.iterdir())) == 1


def test_a_name_that_a_sheet_can_only_write_escaped_is_known_to_it():
    page = html.fromstring('<p class="sm:wide" id="2020">x</p>')
    css = ".sm\\:wide{color:red}\n#\\32 020{color:blue}\nP{margin:0}"
    assert trimmed([css], Vocabulary.of([page]).within(css)).count("{") == 3


def test_a_page_asks_for_one_style_sheet_with_the_rules_that_it_uses(site):
    css = styles_of(finished(site), site)
    assert css == (
        'p{margin:0}\n.words{background:url("images/a.png")}\np{color:var(--ink)}\n'
        ":root{--ink:black}\n"
    )


def test_pages_that_ask_for_the_same_styles_share_one(site):
    page = finished(site)
    other = html.parse(str(site / "claims.html")).getroot()
    address = "//link[@rel='stylesheet']/@href"
    assert page.xpath(address) == other.xpath(address)


def test_the_name_of_a_style_sheet_changes_with_what_it_says(site, tmp_path_factory):
    first = finished(site).xpath("//link[@rel='stylesheet']/@href")
    other = tmp_path_factory.mktemp("other") / "site"
    for name, text in FILES.items():
        path = other / "_static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("black", "blue"))
    (other / "economy.html").write_text(PAGE.format(more=""))
    assert finished(other).xpath("//link[@rel='stylesheet']/@href") != first


def test_the_colours_are_set_first_and_all_else_waits_for_the_page(site):
    page = finished(site)
    assert scripts_of(page) == ["_static/mode.js", "_static/script.js"]
    assert page.xpath("//script[@src][not(@defer)]/@src") == ["_static/mode.js"]
    assert page.xpath("//head/*[2]/@src") == ["_static/mode.js"]


def test_scripts_run_in_their_order_without_what_is_not_needed(site):
    (src,) = finished(site).xpath("//script[@defer]/@src")
    assert (site / src).read_text() == "theme()\n;\n(() => book())()\n"


def test_a_script_that_says_what_it_is_for_is_loaded_only_there(site):
    assert "_static/table.js" not in scripts_of(finished(site))
    page = html.parse(str(site / "claims.html")).getroot()
    assert scripts_of(page) == ["_static/mode.js", "_static/script.js", "_static/table.js"]


def test_nothing_stays_in_a_page_that_a_strict_policy_refuses(site):
    page = finished(site)
    assert page.xpath("//script[not(@src)]/@type") == ["application/ld+json"]
    assert page.xpath("//style | //noscript | //@style") == []
    assert page.xpath("//script[@type='application/ld+json']")[0].text == '{"name": "</p> & é"}'


def test_what_is_said_twice_is_said_once_and_what_is_said_stays(site):
    page = finished(site)
    assert page.xpath("//meta[@name='viewport']/@content") == ["width=device-width"]
    assert page.xpath("//meta[@name='docsearch:language']") == []
    assert page.get_element_by_id("first").text == "Reserves & trade: 2 < 3"
    assert page.find_class("b")[0].get("title") == "Colour"


def test_files_that_no_page_asks_for_are_removed(site):
    page = finished(site)
    asked = {*page.xpath("//script/@src"), *page.xpath("//link/@href"), "_static/images/a.png"}
    left = {path.relative_to(site).as_posix() for path in (site / "_static").rglob("*.*")}
    assert left == asked | {"_static/table.js"}


def test_a_file_is_offered_only_where_the_site_has_it(site):
    offers = [f'<li class="online"><a href="{name}.pdf">PDF</a></li>' for name in ("gone", "there")]
    (site / "economy.html").write_text(PAGE.format(more=f"<ul>{''.join(offers)}</ul>"))
    (site / "there.pdf").write_bytes(b"%PDF")
    assert finished(site).xpath("//li//@href") == ["there.pdf"]


def test_a_file_that_a_page_asks_for_must_be_there(site):
    (site / "_static" / "book.js").unlink()
    with pytest.raises(FileNotFoundError, match=r"book\.js"):
        finished(site)


def test_the_same_pages_come_out_the_same(site, tmp_path_factory):
    other = tmp_path_factory.mktemp("other") / "site"
    for path in site.rglob("*.*"):
        copy = other / path.relative_to(site)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    finished(site)
    finished(other)
    for path in site.rglob("*.*"):
        assert (other / path.relative_to(site)).read_bytes() == path.read_bytes()


# Addresses


def test_a_page_of_a_published_book_names_its_address(site):
    page = finished(site, HOME)
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{HOME}economy.html"]
    assert page.xpath("//meta[@property='og:url']/@content") == [f"{HOME}economy.html"]


def test_a_book_without_an_address_invents_none(site):
    page = finished(site)
    assert page.xpath("//link[@rel='canonical'] | //meta[@property='og:url']") == []
    assert not (site / "sitemap.xml").exists()
    assert "Sitemap" not in (site / "robots.txt").read_text()


def test_the_site_map_lists_the_pages_but_not_those_of_search_and_of_old_addresses(site):
    (site / "index.html").write_text(PAGE.format(more=""))
    (site / "search.html").write_text(PAGE.format(more=""))
    (site / "404.html").write_text(PAGE.format(more=""))
    (site / "old.html").write_text(PAGE.format(more='<a class="moved" href="index.html">x</a>'))
    finished(site, HOME)
    listed = etree.parse(str(site / "sitemap.xml"))
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    places = listed.xpath("//s:url/s:loc/text()", namespaces=space)
    assert places == [f"{HOME}claims.html", f"{HOME}economy.html", HOME]
    assert set(listed.xpath("//s:lastmod/text()", namespaces=space)) == {"2022-09-21"}
    assert f"Sitemap: {HOME}sitemap.xml" in (site / "robots.txt").read_text()


@pytest.mark.parametrize(("home", "root"), [("", "/"), ("https://book.example/a/", "/a/")])
def test_what_a_host_sends_for_any_address_finds_its_files_from_there(site, home, root):
    link = '<a href="economy.html#first">b</a><a href="https://other.example/">c</a>'
    (site / "404.html").write_text(PAGE.format(more=link))
    finished(site, home)
    page = html.parse(str(site / "404.html")).getroot()
    ours = page.xpath("//link/@href | //script/@src | //a[1]/@href")
    assert len(ours) == 4
    assert all(address.startswith(root) for address in ours)
    assert page.xpath("//a[2]/@href") == ["https://other.example/"]
