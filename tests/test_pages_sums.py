"""The sum that makes a toll, in words: each rule by an invented clash."""

from functools import partial

from claim_sets import AS_OF, claim_sets, every, whole_counts
from northland import EPISODE, claim, dataset

from clashbook import counting
from clashbook.about import About
from clashbook.counting import derivation
from clashbook.pages import sums
from clashbook.pages.facts import Edition
from clashbook.prose.numbers import Number, toll_id

OPEN = ", with no upper limit given for the whole clash"
OFFICE, PAPER = {"claimant": "Ministry of Northland"}, {"claimant": "Daily"}
PAPER |= {"claimant_role": "press", "source_id": "daily"}


def told(*rows, indicator="killed", party="NOR", population="military", as_of=""):
    """The lines of a toll, spaces plain, each with its rules."""
    data = dataset(*rows)
    tables = {name: frame.to_dict("records") for name, frame in data.tables.items()}
    count = counting.count(data, EPISODE, as_of)
    toll = count.toll(indicator, party, population)
    steps = derivation.steps(count.settled, toll, partial(toll_id, EPISODE))
    ends = (None, None, None) if toll.contested else toll.bounds.ends
    number = Number("any", toll.text, *ends, "persons", steps=steps)
    found = sums.lines(Edition(About(), tables=tables), number)
    return [(line.words.replace("\u00a0", " "), line.rules) for line in found]


def test_a_minimum_is_the_claim_that_gives_it():
    assert told(claim("a", "at_least", 5, **OFFICE)) == [
        ("At least 5 (Ministry of Northland, 2 May 2021)", [6])
    ]


def test_minimums_of_days_that_do_not_overlap_add_up():
    first = claim("a", "exact", 3, period_end="2021-05-01", **OFFICE)
    second = claim("b", "at_least", 4, period_start="2021-05-02", **PAPER)
    assert told(first, second) == [
        ("3 (Ministry of Northland, 2 May 2021) + at least 4 (Daily, 2 May 2021) = at least 7", [6])
    ]


def test_an_exact_count_of_the_whole_clash_is_minimum_and_maximum():
    assert told(claim("a", "exact", 5, **OFFICE)) == [
        ("5 (Ministry of Northland, 2 May 2021), covering the whole clash", [6, 7])
    ]


def test_minimum_and_maximum_by_two_claims_are_told_apart():
    rows = claim("a", "at_least", 5, **OFFICE), claim("b", "up_to", 9, **PAPER)
    assert told(*rows) == [
        (
            "At least 5 (Ministry of Northland, 2 May 2021); "
            "up to 9 (Daily, 2 May 2021), covering the whole clash",
            [6, 7],
        )
    ]


def test_of_a_contradiction_the_minimum_is_left_that_no_source_denies():
    rows = claim("a", "at_least", 12, **OFFICE), claim("b", "exact", 9, **PAPER)
    assert told(*rows) == [
        ("At least 9: 9 (Daily, 2 May 2021), the minimum that no source denies", [8])
    ]


def test_a_count_that_does_not_reach_to_the_end_says_why_it_is_a_minimum():
    early = claim("a", "exact", 5, period_end="2021-05-01", **OFFICE)
    later = claim("b", "at_least", 2, period_end="2021-05-03", **PAPER)
    assert told(early, later) == [(f"At least 5: 5 (Ministry of Northland, 2 May 2021){OPEN}", [6])]


def test_the_sum_that_contradicts_a_count_is_told_with_it():
    whole = claim("a", "exact", 7, population="all", **OFFICE)
    soldiers = claim("b", "exact", 6, **PAPER)
    civilians = claim("c", "exact", 3, population="civilian", **PAPER)
    (*_, (words, rules)) = told(whole, soldiers, civilians, population="all")
    assert words.endswith(
        "the minimum that no source denies; against it 6 (soldiers) + 3 (civilians) = at least 9"
    )
    assert rules == [8]


def test_the_sides_add_up_and_each_says_what_makes_it():
    rows = claim("a", "exact", 5, **OFFICE), claim("b", "at_least", 2, party="SOU", **PAPER)
    assert told(*rows, party="both") == [
        # Its toll is 5, of which this takes the lower end.
        ("Northland: 5 (Ministry of Northland, 2 May 2021)", [6]),
        ("Southland: at least 2 (Daily, 2 May 2021)", [6]),
        (f"Both sides: 5 (Northland) + 2 (Southland) = at least 7{OPEN}", [9]),
    ]


def test_who_is_not_spoken_of_is_no_term_of_a_sum():
    assert told(claim("a", "at_least", 5, **OFFICE), population="all") == [
        ("Soldiers: at least 5 (Ministry of Northland, 2 May 2021)", [6]),
        (f"Soldiers and civilians: at least 5: 5 (soldiers){OPEN}", [9]),
    ]


def test_a_whole_less_its_other_part_is_a_maximum():
    whole = claim("a", "exact", 50, indicator="killed_or_missing", **OFFICE)
    part = claim("b", "at_least", 2, indicator="missing", **PAPER)
    assert told(whole, part) == [
        (
            "Killed or missing: up to 50: 50 (Ministry of Northland, 2 May 2021), "
            "covering the whole clash",
            [7],
        ),
        ("Missing: at least 2 (Daily, 2 May 2021)", [6]),
        ("Killed: 50 (killed or missing) \u2212 2 (missing) = up to 48", [10]),
    ]


def test_a_sum_of_nothing_is_told_as_nothing():
    rows = [claim(kind, "exact", 0, population=kind, **OFFICE) for kind in ("military", "civilian")]
    assert told(*rows, population="all")[-1] == (
        "Soldiers and civilians: 0 (soldiers) + 0 (civilians) = up to 0",
        [9],
    )


def test_a_limit_that_is_not_reached_keeps_its_word():
    assert told(claim("a", "more_than", 200, **PAPER)) == [
        ("More than 200 (Daily, 2 May 2021)", [6])
    ]


def test_a_number_that_no_rule_made_has_no_sum():
    assert sums.lines(Edition(About()), Number("any", "5")) == []


@every(25, claim_sets() | whole_counts(), AS_OF)
def test_every_toll_has_words_and_its_own_come_last(rows, as_of):
    data = dataset(*rows)
    count = counting.count(data, EPISODE, as_of)
    for quantity, toll in count.tolls.items():
        made = derivation.steps(count.settled, toll, partial(toll_id, EPISODE))
        found = told(
            *rows,
            as_of=as_of,
            **{
                "indicator": quantity.indicator,
                "party": quantity.party,
                "population": quantity.population,
            },
        )
        assert bool(found) == bool(made)
        rules = {rule for _, rules in found for rule in rules}
        assert rules <= {step["rule"] for step in made}
        assert not made or made[-1]["rule"] in found[-1][1]
