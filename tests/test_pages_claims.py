"""The page of claims: each a row that says what it does, what became of it and what uses it."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest
import small
from test_pages import ABOUT, build, bundle, notebook, page, words_of

from clashbook import counting
from clashbook.dataset.tables import load
from clashbook.pipeline.steps import outcomes
from clashbook.prose import numbers

ROOT = Path(__file__).parents[1]
METHODS = "# Methods\n\n```{rules}\n```\n"
PAGES = {
    "index.md": "# Index\n\n```{toctree}\n:glob:\n\n*\n```\n",
    "claims.md": "# Claims\n\n```{claims-table}\n```\n\n## Numbers\n\n```{numbers-table}\n```\n",
    "data.md": "# Data\n\n```{reactions-table}\n```\n",
    "methods.md": METHODS,
    "sources.md": "# Sources\n\n```{sources-table}\n```\n",
}
NUMBERS = ("2022-09-killed-military-arm", "said-second", "2022-09-actors", "as-of")


TELLING = [
    {"page": "chapter", "title": "Chapter", "episode": "2022-09", "measure": "Killed",
     "sentences": {"AZE": 3, "ARM": 5}, "verbs": {"AZE": ["said", "said"], "ARM": ["reported"]},
     "lacks": "", "reason": ""},
    {"page": "chapter", "title": "Chapter", "episode": "", "measure": "Growth",
     "sentences": {"ARM": 8}, "verbs": {"ARM": []}, "lacks": "", "reason": ""},
    {"page": "other", "title": "Other", "episode": "2022-09", "measure": "Missing",
     "sentences": {"AZE": 2}, "verbs": {"AZE": ["gave"]}, "lacks": "ARM", "reason": "By design."},
]  # fmt: skip


def stage(folder, rows=None, ids=NUMBERS, pages=None, exhibits=()):
    """Write what the build hands to Sphinx, computed from a small dataset as the build does."""
    facts = folder / "_clashbook"
    data = load(small.write(folder.with_name("data"), {**small.tables(), **(rows or {})}))
    data.write(facts / "data")
    (facts / "exhibits").mkdir()
    shown = [asdict(each) for each in numbers.compute(numbers.Numbers(data), ids)]
    for path, content in {
        "edition.json": {**ABOUT, "as_of": data.as_of},
        "numbers.json": {"as_of": data.as_of, "numbers": shown},
        "tolls.json": outcomes(data),
        "telling.json": TELLING,
        "elsewhere.json": {},
        **{f"exhibits/{each['id']}.json": each for each in exhibits},
    }.items():
        (facts / path).write_text(json.dumps(content))
    shows = {f"{each['id']}.ipynb": notebook(each) for each in exhibits}
    for name, text in {**PAGES, **shows, **(pages or {})}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    rows = {"claims": small.tables()["claims"]}
    rows["claims"] += [
        small.claim("misprint", low="490", best="490", high="490", status="source_error"),
        small.claim("later", party="AZE", claimant="Government of Azerbaijan", low="", best="",
                    high="", qualifier="unquantified", reported_precision="by", relation="disputes",
                    related_claim="other-side", population="civilian", note=""),
    ]  # fmt: skip
    shown = bundle(title="Killed, by day", alt="Killed.", claims=["second", "july"])
    folder = tmp_path_factory.mktemp("claims") / "stage"
    return build(stage(folder, rows, exhibits=[shown]))


def claim(book, claim_id):
    return page(book, "claims.html").get_element_by_id(claim_id)


def links(element):
    return {" ".join(a.text_content().split()): a.get("href") for a in element.iter("a")}


def test_a_counted_claim_names_its_toll_which_leads_to_the_number(book):
    row = claim(book, "second")
    said = (
        "Counted in: killed, soldiers, Armenia, September 2022: 105 "
        "(statements up to 15 September 2022)."
    )
    assert said in words_of(row)
    assert "#number-2022-09-killed-military-arm" in [a.get("href") for a in row.iter("a")]


def test_a_toll_that_is_no_number_of_the_book_is_named_without_a_link(book):
    row = claim(book, "other-side")
    said = (
        "Counted in: killed, soldiers, Azerbaijan, September 2022: 50 "
        "(statements up to 13 September 2022)."
    )
    assert said in words_of(row)
    assert not [href for href in links(row).values() if "#number-" in href]


def test_a_claim_names_the_toll_of_its_own_quantity_first_and_folds_the_others(book):
    (fold,) = claim(book, "second").iter("details")
    assert "open" not in fold.attrib
    assert "killed, soldiers and civilians, both sides, September 2022: at least 155" in words_of(
        fold
    )
    assert "killed, soldiers, Armenia, September 2022" not in words_of(fold)


def test_a_claim_left_out_leads_to_the_words_of_the_rule(book):
    row = claim(book, "first")
    assert "Not counted, rule 2: its side gave a newer count." in words_of(row)
    assert links(row)["rule 2"] == "methods.html#rule-2"
    said = words_of(page(book, "methods.html").get_element_by_id("rule-2"))
    assert said.startswith("Update. A side’s new count replaces its old one")


def test_the_methods_state_each_rule_under_its_number(book):
    assert "```{rules}" in (ROOT / "book" / "methods.md").read_text(encoding="utf-8")
    shown = page(book, "methods.html")
    for place, rule in enumerate(counting.RULES, 1):
        said = words_of(shown.get_element_by_id(f"rule-{place}"))
        assert (rule.number, said) == (
            place,
            f"{rule.name}. {rule.words} Example: {rule.example}",
        )


def test_a_relation_is_told_in_both_rows(book):
    assert "Updates 49 (Government of Armenia, 13 September 2022)." in words_of(
        claim(book, "second")
    )
    first = claim(book, "first")
    assert "Updated by 105 (Government of Armenia, 15 September 2022)." in words_of(first)
    assert "Repeated by 49 (Government of Armenia, 13 September 2022)." in words_of(first)
    assert {"#second", "#copy"} <= set(links(first).values())
    assert "Disputed by no number given (Government of Azerbaijan" in words_of(
        claim(book, "other-side")
    )


def test_a_claim_leads_to_the_numbers_and_exhibits_that_use_it(book):
    row = claim(book, "second")
    assert "2 numbers, 1 figure or table" in words_of(next(row.iter("summary")))
    assert links(row)["Killed, by day"] == "casualties.html#toll"
    assert "#number-said-second" in links(row).values()
    assert links(claim(book, "july"))["Killed, by day"] == "casualties.html#toll"
    assert "figure" not in words_of(claim(book, "first"))


def test_a_link_to_an_exhibit_does_not_look_like_one(book):
    assert not page(book, "claims.html").find_class("exhibit")


def test_our_note_stands_in_the_fold_and_a_row_without_any_has_none(book):
    fold = next(claim(book, "first").iter("details"))
    assert words_of(next(fold.iter("summary"))) == "Note"
    assert "Said in the morning." in words_of(fold)
    assert not list(claim(book, "later").iter("details"))


def test_the_day_of_a_claim_is_told_as_exactly_as_it_is_known(book):
    assert "said on 13 September 2022" in words_of(claim(book, "first"))
    assert "said by 13 September 2022" in words_of(claim(book, "later"))


def test_what_a_source_got_wrong_is_told_with_the_rule(book):
    text = words_of(claim(book, "misprint"))
    assert "para. 1; error in the source" in text
    assert "Not counted, rule 4" in text
    assert "para. 1; stated" in words_of(claim(book, "first"))


def test_of_what_is_no_count_of_people_it_is_said_that_no_toll_is_made(book):
    assert "No toll is made of it." in words_of(claim(book, "reserves"))


def test_links_lead_to_the_first_claim_of_each_episode(book):
    (line,) = [p for p in page(book, "claims.html").iter("p") if words_of(p).startswith("Go to")]
    assert words_of(line) == "Go to July 2020 (1), September 2022 (6), not about one clash (1)."
    assert list(links(line).values()) == ["#july", "#first", "#reserves"]


def test_the_table_opens_on_the_episodes_of_the_book_and_lists_them_first(tmp_path):
    folder = stage(tmp_path / "stage")
    facts = folder / "_clashbook" / "edition.json"
    about = {**json.loads(facts.read_text()), "focus": ["2022-09", "2099-01"]}
    facts.write_text(json.dumps(about))
    built = page(build(folder), "claims.html")
    (form,) = built.find_class("table-filter")
    (episode,) = [each for each in form.iter("select") if each.get("name") == "episode"]
    assert json.loads(episode.get("data-first")) == ["2022-09"]
    options = json.loads(episode.get("data-options"))
    assert options[:2] == [["", "September 2022"], ["all", "all"]]
    rows = built.find_class("table-claims")[0].findall("tbody/tr")
    episodes = [row.get("data-episode") for row in rows]
    assert list(dict.fromkeys(episodes)) == ["2022-09", "2020-07", "background"]
    (line,) = [p for p in built.iter("p") if words_of(p).startswith("Go to")]
    assert list(links(line).values())[1] == "?episode=2020-07#july"


def test_the_claims_can_be_filtered_by_what_their_rows_hold_in_the_pages_own_words(book):
    (form,) = page(book, "claims.html").find_class("table-filter")
    options = {each.get("name"): dict(json.loads(each.get("data-options")))
               for each in form.iter("select")}  # fmt: skip
    for name in ("episode", "party", "claimant", "source"):
        (table,) = page(book, "claims.html").find_class("table-claims")
        rows = table.xpath("tbody/tr[not(@class = 'group')]")
        assert {row.get(f"data-{name}") for row in rows} | {""} == set(options[name])
    assert options["episode"]["2022-09"] == "September 2022"
    assert list(options["party"])[-1] == "both"
    assert options["party"]["both"] == "both sides"
    assert words_of(next(form.iter("p"))) == "8 claims"
    assert not form.xpath(".//select[@data-first]")


def test_claims_stand_under_their_clash_and_measure_with_how_many_there_are(book):
    (table,) = page(book, "claims.html").find_class("table-claims")
    heads = table.xpath("tbody/tr[@class = 'group']")
    assert words_of(heads[0]) == "Killed, July 2020: 1 claim"
    groups = {}
    for row in table.xpath("tbody/tr"):
        if row in heads:
            groups[words_of(row)] = 0
        else:
            groups[list(groups)[-1]] += 1
    assert all(
        head.endswith((f": {count} claims", f": {count} claim")) for head, count in groups.items()
    )


def test_options_are_no_words_of_the_page_which_a_search_would_find(book):
    (form,) = page(book, "claims.html").find_class("table-filter")
    assert "September" not in form.text_content()


def test_a_row_knows_its_place_by_each_column(book):
    (table,) = page(book, "claims.html").find_class("table-claims")
    heads = [head.get("data-sort") for head in table.findall("thead/tr/th")]
    assert heads == ["claim", "about", "who-says-so", "when", "source", "standing"]
    place = {
        row.get("id"): dict(zip(heads, map(int, row.get("data-order").split()), strict=True))
        for row in table.xpath("tbody/tr[@data-order]")
    }
    # 49 soldiers, then 105, then the misprint of 490; a denial has no floor and comes last.
    assert place["first"]["claim"] < place["second"]["claim"] < place["misprint"]["claim"]
    assert place["first"]["claim"] == place["copy"]["claim"]
    assert place["first"]["when"] < place["second"]["when"]
    # Counted, then left out by rule 2, by rule 4, and what no toll is made of.
    standing = [place[key]["standing"] for key in ("second", "first", "misprint", "reserves")]
    assert standing == sorted(set(standing))


def test_a_table_without_an_order_has_nothing_to_sort_by(book):
    (table,) = page(book, "claims.html").find_class("table-numbers")
    assert not table.xpath(".//*[@data-sort or @data-order]")


def test_no_code_of_the_tables_is_shown(book):
    (table,) = page(book, "claims.html").find_class("table-claims")
    for number in table.findall(".//code"):  # the ids of numbers, as prose writes them
        number.drop_tree()
    text = words_of(table)
    for code in ("own_side", "military", "source_error", "at_least", "unspecified", "ARM"):
        assert code not in text


def test_a_number_of_actors_leads_to_the_reactions_it_rests_on(book):
    row = page(book, "claims.html").get_element_by_id("number-2022-09-actors")
    assert list(links(row).values())[1:] == ["data.html#calm"]
    version = page(book, "claims.html").get_element_by_id("number-as-of")
    assert "the data as a whole" in words_of(version)


def test_a_number_that_rests_on_many_rows_folds_them_under_their_count(tmp_path):
    calls = [small.reaction(f"call-{n}", actor_id="FRA", speaker=f"Speaker {n}") for n in range(7)]
    rows = {"reactions": [*small.tables()["reactions"], *calls]}
    site = build(stage(tmp_path / "stage", rows))
    row = page(site, "claims.html").get_element_by_id("number-2022-09-actors")
    assert words_of(row.find(".//th")) == "two"
    (fold,) = row.iter("details")
    assert words_of(next(fold.iter("summary"))) == "8 reactions"
    assert len(links(fold)) <= 8
    assert sum(1 for _ in fold.iter("a")) == 8


def test_every_toll_that_a_claim_enters_is_the_number_of_its_id(small_data):
    known = numbers.Numbers(small_data)
    entered = [toll for each in outcomes(small_data).values() for toll in each["enters"]]
    assert entered
    for toll in entered:
        assert known[toll["number"]].text == toll["text"]


def test_a_row_leads_to_where_an_error_in_it_is_reported_with_its_id(book):
    row = page(book, "claims.html").get_element_by_id("misprint")
    ((address,),) = [line.xpath(".//a/@href") for line in row.find_class("report")]
    start = "https://book.example/errors?a&b&title=Error%20in%20claim%20misprint%20"
    assert address.startswith(start)


def test_a_withdrawn_source_stays_and_says_so_where_it_is_listed_and_where_it_is_named(tmp_path):
    sources = small.tables()["sources"]
    sources[0]["status"] = "withdrawn"
    site = build(stage(tmp_path / "stage", {"sources": sources}, pages={"methods.md": METHODS}))
    row = page(site, "sources.html").get_element_by_id("paper")
    assert "Withdrawn: its publisher retracted it, or it was found to be false." in words_of(row)
    claim = words_of(page(site, "claims.html").get_element_by_id("second"))
    assert "(withdrawn)" in claim
    assert "its source was withdrawn" in claim
    assert "Withdrawn" not in words_of(page(site, "sources.html").get_element_by_id("office"))
