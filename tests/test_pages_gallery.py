"""The page of all exhibits, on a small book."""

import pytest
from lxml import html
from test_pages import RECORD, build, bundle, notebook, page, stage

HOSTILE = '<img src=x onerror=alert(1)> "quoted" **bold**'


def exhibit(key, kind="figure", **words):
    files = {form: f"exhibits/{key}.{form}" for form in ("html", "csv", "json")}
    if kind == "figure":
        files |= {"svg": f"exhibits/{key}.svg", "small": f"exhibits/{key}-small.png"}
    record = RECORD | {"id": key, "kind": kind, "files": files, "chapter": "a.html"} | words
    return bundle(id=key, kind=kind, record=record)


@pytest.fixture(scope="module")
def gallery(tmp_path_factory):
    made = [
        exhibit("b-table", "table"),
        exhibit("c-figure", chapter="b.html"),
        exhibit("d-figure", title=HOSTILE, alt=HOSTILE),
    ]
    pages = {f"{each['id']}.ipynb": notebook(each) for each in made}
    pages["exhibits.md"] = "# Exhibits\n\n```{gallery}\n```\n"
    site = build(stage(tmp_path_factory.mktemp("gallery") / "stage", pages, exhibits=made))
    return page(site, "exhibits.html")


def cards(gallery):
    return gallery.xpath("//ul[contains(@class, 'gallery')]/li")


def test_figures_stand_before_tables_chapter_by_chapter(gallery):
    assert [each.text for each in gallery.iter("code")] == ["d-figure", "b-table", "c-figure"]
    assert [each.text for each in gallery.iter("h2")] == ["A", "B"]
    assert gallery.xpath("//section[starts-with(h2, 'B')]//code/text()") == ["c-figure"]


def test_each_leads_to_its_chapter_to_its_own_page_and_to_its_files(gallery):
    first, last, _ = cards(gallery)
    assert [each.get("href") for each in first.iter("a")] == [
        *("a.html#d-figure", "exhibits/d-figure.html", "exhibits/d-figure.svg"),
        "exhibits/d-figure.csv",
    ]
    assert [each.get("href") for each in last.iter("a")][1:] == [
        *("exhibits/b-table.html", "exhibits/b-table.csv"),
    ]


def test_a_figure_has_a_small_picture_of_known_size_that_loads_with_the_page(gallery):
    pictures = [dict(each.attrib) for each in gallery.iter("img")]
    assert [each["src"] for each in pictures] == [
        *("exhibits/d-figure-small.png", "exhibits/c-figure-small.png"),
    ]
    for each in pictures:
        assert (each["width"], each["height"]) == ("480", "360")
        assert "loading" not in each
        assert each["decoding"] == "sync"
        assert each["class"] == "dark-light"


def test_its_words_are_words(gallery):
    first = cards(gallery)[0]
    assert first.find(".//img").get("alt") == HOSTILE
    assert "<img src=x onerror=alert(1)>" in first.text_content()
    assert not gallery.xpath(".//*[@onerror] | .//strong")
    assert len(html.tostring(first).split(b"<img")) == 2


def test_many_pictures_are_folded_below_the_findings_which_are_not(tmp_path):
    made = [exhibit(f"figure-{number}") for number in range(6)] + [exhibit("a-table", "table")]
    pages = {f"{each['id']}.ipynb": notebook(each) for each in made}
    pages["exhibits.md"] = "# Exhibits\n\n```{gallery}\n```\n"
    shown = page(build(stage(tmp_path / "stage", pages, exhibits=made)), "exhibits.html")
    titles = shown.find_class("gallery-title")
    assert len(titles) == 7
    assert not any(parent.tag == "details" for each in titles for parent in each.iterancestors())
    (fold,) = shown.find_class("fold")
    pictures = {a.get("href"): a.find("img") for a in fold.iter("a")}
    assert list(pictures) == [f"exhibits/figure-{number}.html" for number in range(6)]
    assert {picture.get("loading") for picture in pictures.values()} == {"lazy"}
