"""The feed of editions as a reader of feeds takes it, and as RFC 4287 asks for it."""

import csv
import json
import re

import feedparser
import pytest
import states
from lxml import etree

from clashbook.files import ForeignFolderError
from clashbook.website import releases

ATOM = {"a": "http://www.w3.org/2005/Atom"}
RFC3339 = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"
URN = r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
BASE = "https://book.example/report/editions/2022-09-20/v{}/"


@pytest.fixture
def public(tmp_path):
    return states.Public(tmp_path)


def read(folder):
    feed = feedparser.parse((folder / "editions" / "feed.xml").read_bytes())
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    return feed


def titled(folder):
    return {entry.title.replace("\xa0", " "): entry for entry in read(folder).entries}


def words(entry):
    return " ".join(re.sub("<[^>]*>", " ", entry.content[0].value).replace("\xa0", " ").split())


def about(folder, version, **changes):
    """Let a site that is not yet published say something else of itself."""
    made = folder.parent / f"2022-09-20-{version}"
    return made, {**json.loads((made / ".clashbook").read_text()), **changes}


def test_each_state_has_an_entry_with_the_numbers_that_moved(public):
    public("2022-09-14", killed="20")
    public()
    public(version="1.1.0", killed="50")
    entries = titled(public.folder)
    assert set(entries) == {
        "As known on 20 September 2022, data version 1.1.0",
        "As known on 20 September 2022, data version 1.0.0",
        "As known on 14 September 2022, data version 1.0.0",
    }
    assert words(entries["As known on 20 September 2022, data version 1.1.0"]) == (
        "Numbers of the text that moved, are new or no longer given since the edition before it "
        "(20 September 2022, data version 1.0.0): 1. Of killed: at least 49, now at "
        "least 50 All that changed"
    )
    (related,) = [
        link.href
        for link in entries["As known on 20 September 2022, data version 1.1.0"].links
        if link.rel == "related"
    ]
    assert (public.folder / "editions" / related).is_file()
    first = entries["As known on 14 September 2022, data version 1.0.0"]
    assert words(first) == "The first edition that was published."


def test_a_state_in_which_nothing_moved_says_so(public):
    public()
    public(version="1.1.0")
    entry = titled(public.folder)["As known on 20 September 2022, data version 1.1.0"]
    assert words(entry).startswith("No number of the text has moved since the edition before it")


def corrected(public, version, *rows):
    """Publish a version whose corrections are these."""
    made = states.site(public.folder.parent / f"2022-09-20-{version}", "2022-09-20", version)
    with (made / "data" / "corrections.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["date", "table", "row_id", "what_changed", "why"])
        writer.writerows(rows)
    releases.lay_out(made, public.folder)


def test_each_version_has_an_entry_for_what_it_corrected_of_what_was_published(public):
    old = ("2022-09-21", "claims", "first", "low: 49 for 94", "Misread.")
    new = ("2022-09-22", "claims", "second", "who: A & B <b>", "Named wrongly.")
    corrected(public, "1.0.0", old)
    assert not [title for title in titled(public.folder) if title.startswith("Corrections")]
    corrected(public, "1.1.0", old, new)
    entry = titled(public.folder)["Corrections in data version 1.1.0"]
    assert "claims, second. What changed: who: A &amp; B &lt;b&gt;. Named wrongly." in words(entry)
    assert "94" not in words(entry)
    assert entry.link.endswith("2022-09-20/v1.1.0/corrections.html")


def test_a_correction_says_which_numbers_moved_where_that_was_worked_out(public):
    heads = ["date", "table", "row_id", "what_changed", "why", "version", "moved"]
    public()
    made = states.site(public.folder.parent / "new", "2022-09-20", "1.1.0")
    with (made / "data" / "corrections.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        rows = [("first", "killed: 94, now 49"), ("second", "none"), ("third", "")]
        writer.writerows([heads, *(["2022-09-22", "claims", key, "low", "Misread.", "1.1.0", moved]
                                   for key, moved in rows)])  # fmt: skip
    releases.lay_out(made, public.folder)
    entry = words(titled(public.folder)["Corrections in data version 1.1.0"])
    assert "first. What changed: low. Misread. Numbers that moved: killed: 94, now 49." in entry
    assert "second. What changed: low. Misread. No number of the text moved." in entry
    assert entry.count("oved") == 2


def test_it_has_what_rfc_4287_requires(public):
    public("2022-09-14")
    public()
    root = etree.parse(str(public.folder / "editions" / "feed.xml")).getroot()
    for element in (root, *root.findall("a:entry", ATOM)):
        for name in ("id", "title", "updated"):
            (only,) = element.findall(f"a:{name}", ATOM)
            assert only.text.strip()
        assert re.fullmatch(RFC3339, element.findtext("a:updated", "", ATOM))
        alternates = element.xpath("a:link[@rel='alternate']", namespaces=ATOM)
        assert len(alternates) == 1
    assert root.xpath("a:author/a:name", namespaces=ATOM), "no entry names an author"
    ids = root.xpath("//a:id/text()", namespaces=ATOM)
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(URN, one) for one in ids)
    updated = [one.text for one in root.findall("a:entry/a:updated", ATOM)]
    assert root.findtext("a:updated", "", ATOM) == max(updated)


def test_an_id_lasts_when_the_book_gets_an_address_and_another_name(public):
    public()
    before = read(public.folder)
    made, mark = about(public.folder, "1.0.0", base=BASE.format("1.0.0"), title="Renamed")
    (made / ".clashbook").write_text(json.dumps(mark))
    releases.lay_out(made, public.folder)
    after = read(public.folder)
    assert after.feed.id == before.feed.id
    assert [entry.id for entry in after.entries] == [entry.id for entry in before.entries]


def test_addresses_are_full_where_the_book_has_one_and_else_seen_from_the_feed(public):
    public()
    feed = read(public.folder)
    assert [entry.link for entry in feed.entries] == ["2022-09-20/v1.0.0/index.html"]
    assert [link.rel for link in feed.feed.links] == ["alternate"]
    made = states.site(public.folder.parent / "new", "2022-09-20", "1.1.0")
    mark = json.loads((made / ".clashbook").read_text()) | {"base": BASE.format("1.1.0")}
    (made / ".clashbook").write_text(json.dumps(mark))
    releases.lay_out(made, public.folder)
    feed = read(public.folder)
    assert {entry.link for entry in feed.entries} == {
        f"{BASE.format(version)}index.html" for version in ("1.0.0", "1.1.0")
    }
    own = "https://book.example/report/editions/feed.xml"
    assert [link.href for link in feed.feed.links if link.rel == "self"] == [own]


def test_the_list_of_editions_leads_to_it(public):
    public()
    page = (public.folder / "editions" / "index.html").read_text()
    assert '<link rel="alternate" type="application/atom+xml"' in page
    assert 'href="feed.xml"' in page


def test_long_lists_are_cut_and_say_so(public):
    rows = [("2022-09-22", "claims", f"row-{n}", "low", "Misread.") for n in range(50)]
    corrected(public, "1.0.0")
    corrected(public, "1.1.0", *rows)
    entry = titled(public.folder)["Corrections in data version 1.1.0"]
    assert entry.content[0].value.count("<li>") == 40
    assert words(entry).endswith("And 10 more.")


def test_words_that_no_xml_can_hold_do_not_spoil_it(public):
    corrected(public, "1.0.0")
    corrected(public, "1.1.0", ("2022-09-22", "claims", "", "a\x0bb ]]> &lt;", "Why."))
    assert "ab ]]&gt; &amp;lt;" in words(titled(public.folder)["Corrections in data version 1.1.0"])


def test_a_feed_of_others_is_not_written_over(public):
    path = public.folder / "editions" / "feed.xml"
    path.parent.mkdir(parents=True)
    path.write_text("<feed>Mine.</feed>")
    with pytest.raises(ForeignFolderError, match="was not published by clashbook"):
        public()
    assert path.read_text() == "<feed>Mine.</feed>"


def test_it_says_when_the_data_were_made(public):
    public()
    (entry,) = read(public.folder).entries
    assert entry.updated == f"{states.MARK.issued}T00:00:00Z"
