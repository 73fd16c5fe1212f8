"""What the counting never does, whatever the claims: on sets of them that hypothesis draws."""

from collections import Counter
from unittest import mock

import pandas as pd
import small
from claim_sets import (
    AS_OF,
    BOUNDS,
    NUMBERS,
    RELATIONS,
    WORDS,
    claim_sets,
    every,
    highest,
    whole_counts,
)
from hypothesis import strategies as st
from northland import EPISODE, EPISODES, INDICATORS, claim, dataset

from clashbook import counting
from clashbook.counting import wholes

EXAMPLES = 50
PEOPLE = ["military", "civilian"]
PARTIES = ["NOR", "SOU"]
INCLUDES = {indicator: includes.split() for indicator, includes in INDICATORS}


# The same, with an indicator that takes in what takes in others.
NESTED = INCLUDES | {"casualties": ["killed_or_missing", "wounded"]}
SETS = claim_sets() | whole_counts()


def counted(rows, as_of="", includes=INCLUDES):
    data = dataset(*rows)
    indicators = data.tables["indicators"]
    indicators["includes"] = [" ".join(includes[name]) for name in indicators.indicator]
    return counting.count(data, EPISODE, as_of)


def sayings(count):
    """What each toll says, whichever claims it names for it."""
    return {
        quantity: (toll.bounds, toll.contested, toll.text) for quantity, toll in count.tolls.items()
    }


def on_record(rows, as_of):
    return [row for row in rows if row["reported_on"] <= as_of]


def printed_again(rows, as_of):
    """The rows, and of each that is on record another copy."""
    return rows + [
        {
            **row,
            "claim_id": f"{row['claim_id']}-again",
            "reported_on": as_of,
            "relation": "repeats",
            "related_claim": row["claim_id"],
        }
        for row in on_record(rows, as_of)
    ]


def with_parts(rows, as_of):
    """The rows, and beside each that is on record as large a part of the same people."""
    return rows + [
        row
        | claim(f"{row['claim_id']}-part", "exact", highest(row), part_of=row["claim_id"])
        | {column: row[column] for column in ("indicator", "party", "population", "claimant")}
        | {"claimant_role": "press" if row["party"] == "both" else "own_side"}
        | {"reported_on": as_of, "status": "stated"}
        for row in on_record(rows, as_of)
    ]


def with_what_is_left_out(rows, as_of):
    """The rows, and beside each that is on record what says as much and is never counted."""
    added = []
    word = claim("any", "unquantified")
    for row in on_record(rows, as_of):
        bare = row | {"relation": "", "related_claim": "", "status": "stated"}
        added += [bare | {"status": status} for status in ("derived", "source_error")]
        denial = {"relation": "disputes", "related_claim": row["claim_id"]}
        added.append(bare | denial | {column: word[column] for column in BOUNDS})
        if row["party"] != "unspecified":
            added.append(bare | {"claimant_role": "opposing_side"})
    names = [f"{row['claim_id']}-left-{i}" for i, row in enumerate(added)]
    return rows + [
        row | {"claim_id": name, "reported_on": as_of}
        for name, row in zip(names, added, strict=True)
    ]


def with_other_words(rows, replaced):
    """The rows, of which those that are replaced say something else, of no stated days."""
    other = claim("any", "unquantified", period_start="", period_end="")
    words = {column: other[column] for column in (*BOUNDS, "period_start", "period_end")}
    return [row | words if row["claim_id"] in replaced else row for row in rows]


def without_later(rows, as_of):
    """What `Dataset.cut` keeps: the rows on record, and the relations between them."""
    kept = on_record(rows, as_of)
    ids = {row["claim_id"] for row in kept}
    alone = {"relation": "", "related_claim": ""}
    return [row if row["related_claim"] in ids else row | alone for row in kept]


# The claim sets themselves


def test_each_relation_occurs_in_a_third_of_the_sets():
    sets, with_relation = [], Counter()

    @every(150, claim_sets())
    def draw(rows):
        sets.append(rows)
        with_relation.update({row["relation"] for row in rows} - {""})

    draw()
    assert len(sets) == 150
    assert {name for name in RELATIONS if with_relation[name] < len(sets) / 3} == set()


def test_each_qualifier_occurs_also_with_nothing_as_its_number():
    said = set()

    @every(150, SETS)
    def draw(rows):
        said.update((row["qualifier"], row["low"] == 0 or row["best"] == 0) for row in rows)
        said.update((row["qualifier"], row["high"] == 0) for row in rows)

    draw()
    assert said >= {(name, True) for name in {*NUMBERS, "none_reported"}}
    assert {name for name, _ in said} == {*NUMBERS, *WORDS}


def test_check_accepts_the_sets(tmp_path):
    sets = []

    @every(EXAMPLES, SETS, AS_OF)
    def draw(rows, as_of):
        count = counted(rows, as_of)
        replaced = {claim_id for claim_id, left in count.left_out.items() if left.rule == 2}
        sets.extend([rows, printed_again(rows, as_of), with_parts(rows, as_of)])
        sets.extend([with_other_words(rows, replaced), without_later(rows, as_of)])
        sets.append(with_what_is_left_out(rows, as_of))

    draw()
    assert small.check(folder_of(sets, tmp_path))[0] == []


def folder_of(sets, folder):
    """Write all sets into one folder, the rows of each under names of their own."""
    rows = []
    for number, claims in enumerate(sets):
        for row in claims:
            related = f"s{number}-{row['related_claim']}" if row["relation"] else ""
            precision = "day" if row["period_start"] else ""
            bounds = {c: "" if pd.isna(row[c]) else f"{row[c]:g}" for c in ("low", "best", "high")}
            rows.append(
                row
                | bounds
                | {"claim_id": f"s{number}-{row['claim_id']}", "related_claim": related}
                | {"period_precision": precision, "reported_precision": "day"}
                # Drawn rows may say the same; in a document each has its place.
                | {"locator": f"para. {len(rows) + 1}"}
            )
    actors = [{"actor_id": party, "name": party, "kind": "belligerent"} for party in PARTIES]
    for name in ("both", "unspecified"):
        actors.append({"actor_id": name, "name": name, "kind": "collective"})
    tables = {table: [] for table in small.FIELDS} | {
        "claims": rows,
        "actors": actors,
        "episodes": [
            dict(zip(["episode_id", "name", "kind", "start", "end"], each, strict=True))
            for each in EPISODES
        ],
        "indicators": [small.indicator(name, includes=parts) for name, parts in INDICATORS],
        "sources": [small.source("daily", issued="2021-12-31", extent="para. 1-9999")],
    }
    return small.write(folder, tables)


# What the counting never does


@every(EXAMPLES, claim_sets(), AS_OF)
def test_a_repeated_claim_never_changes_a_toll(rows, as_of):
    again = counted(printed_again(rows, as_of), as_of)
    assert again.tolls == counted(rows, as_of).tolls


@every(EXAMPLES, claim_sets(), AS_OF)
def test_a_superseded_claim_never_changes_a_toll(rows, as_of):
    count = counted(rows, as_of)
    replaced = {claim_id for claim_id, left in count.left_out.items() if left.rule == 2}
    updates = [row for row in on_record(rows, as_of) if row["relation"] == "updates"]
    assert replaced >= {row["related_claim"] for row in updates}
    assert counted(with_other_words(rows, replaced), as_of).tolls == count.tolls


@every(EXAMPLES, claim_sets(), AS_OF)
def test_a_like_part_never_changes_a_toll(rows, as_of):
    assert counted(with_parts(rows, as_of), as_of).tolls == counted(rows, as_of).tolls


@every(EXAMPLES, SETS, AS_OF)
def test_what_is_left_out_never_changes_a_toll(rows, as_of):
    more = counted(with_what_is_left_out(rows, as_of), as_of)
    assert more.tolls == counted(rows, as_of).tolls


@every(EXAMPLES, claim_sets(), AS_OF)
def test_an_as_of_toll_never_uses_a_later_claim(rows, as_of):
    count, cut = counted(rows, as_of), counted(without_later(rows, as_of), as_of)
    later = {claim_id for claim_id, left in count.left_out.items() if left.rule == 1}
    assert count.tolls == cut.tolls
    assert {c: left for c, left in count.left_out.items() if c not in later} == cut.left_out
    assert later == {row["claim_id"] for row in rows if row["reported_on"] > as_of}


@every(EXAMPLES, claim_sets(), AS_OF)
def test_a_later_day_without_new_claims_changes_nothing(rows, as_of):
    newest = max((row["reported_on"] for row in on_record(rows, as_of)), default="2021-05-04")
    earlier, later = counted(rows, newest), counted(rows, as_of)
    assert (later.tolls, later.left_out) == (earlier.tolls, earlier.left_out)


@every(EXAMPLES, SETS.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
def test_the_order_of_rows_never_matters(both):
    one, other = (counted(rows, "2021-12-31") for rows in both)
    assert (one.tolls, one.left_out) == (other.tolls, other.left_out)


@every(EXAMPLES, SETS, AS_OF)
def test_the_names_of_claims_never_matter(rows, as_of):
    # Backwards, so that whatever goes by the order of names goes the other way.
    new = {row["claim_id"]: f"z{9 - i}" for i, row in enumerate(rows)} | {"": ""}
    renamed = [row | {c: new[row[c]] for c in ("claim_id", "related_claim")} for row in rows]
    assert sayings(counted(renamed, as_of)) == sayings(counted(rows, as_of))


@every(EXAMPLES, claim_sets(), AS_OF)
def test_series_of_providers_never_change_a_toll(rows, as_of):
    data = dataset(*rows)
    before = counting.count(data, EPISODE, as_of).tolls
    quantities = [(row["indicator"], row["party"], row["population"], row["unit"]) for row in rows]
    series = pd.DataFrame(quantities, columns=["indicator", "party", "population", "unit"])
    names = [f"series-{i}" for i in range(len(rows))]
    data.tables["series"] = series.assign(series_id=names, released_on="2021-05-01")
    data.tables["observations"] = pd.DataFrame(
        {"series_id": names, "period": "2021-05", "low": 99.0, "best": 99.0, "high": 99.0}
    )
    assert counting.count(data, EPISODE, as_of).tolls == before


def parts(quantity):
    """The quantities that add up to one, by each way that they do."""
    if quantity.party == "both":
        yield [quantity._replace(party=party) for party in PARTIES]
    if quantity.population == "all":
        yield [quantity._replace(population=people) for people in PEOPLE]


@every(EXAMPLES, SETS, AS_OF)
def test_sums_hold_the_sum_of_their_parts(rows, as_of):
    tolls = counted(rows, as_of).tolls
    held = {q: toll.bounds for q, toll in tolls.items() if not toll.contested}
    denied = [toll.claims for q, toll in tolls.items() if toll.contested and q.population == "all"]
    for whole, bounds in held.items():
        of_parts = [
            [held.get(part, counting.Toll(part).bounds) for part in p]
            for p in parts(whole)
            # But where somebody denies the sum of two of them.
            if not any(
                sum(bool(tolls[part].floor & claims) for part in p if part in tolls) > 1
                for claims in denied
            )
        ]
        included = [whole._replace(indicator=one) for one in INCLUDES[whole.indicator]]
        floors = [held.get(part, counting.Toll(part).bounds) for part in included]
        for each in [*of_parts, floors]:
            assert (bounds.low or 0) >= sum(part.low or 0 for part in each), whole
        for each in of_parts:
            ceilings = [part.high for part in each]
            if None not in ceilings:
                assert bounds.high is not None, whole
                assert bounds.high <= sum(ceilings), whole


@every(EXAMPLES, SETS, AS_OF)
def test_every_claim_holds_a_toll_or_has_a_rule_and_no_toll_is_empty(rows, as_of):
    count = counted(rows, as_of)
    named = {claim_id for toll in count.tolls.values() for claim_id in toll.claims}
    assert named | set(count.left_out) == {row["claim_id"] for row in rows}
    assert not named & set(count.left_out)
    for toll in count.tolls.values():
        assert toll.claims
        assert toll.text
        assert not toll.bounds.is_empty


def wholes_of(quantity, includes):
    """The quantities of the same party that include one, at whatever depth."""
    for indicator in includes:
        if indicator == quantity.indicator or quantity.indicator in within(indicator, includes):
            for population in dict.fromkeys([quantity.population, "all"]):
                whole = quantity._replace(indicator=indicator, population=population)
                if whole != quantity:
                    yield whole


def within(indicator, includes):
    parts = includes[indicator]
    return {*parts, *(deeper for part in parts for deeper in within(part, includes))}


def lower_end(bounds):
    return bounds.low or 0, bounds.low_strict


def upper_end(bounds):
    return float("inf") if bounds.high is None else bounds.high, not bounds.high_strict


def parts_beyond_their_wholes(count, includes):
    """The parts of which more are said to be possible, or certain, than of a whole of them.

    Within one party, as rule 10 has it: what is said of both limits neither side.
    """
    held = {quantity: toll for quantity, toll in count.tolls.items() if not toll.contested}
    return [
        (quantity, toll.text, whole, held[whole].text)
        for quantity, toll in held.items()
        for whole in wholes_of(quantity, includes)
        if whole in held
        and (
            upper_end(toll.bounds) > upper_end(held[whole].bounds)
            or lower_end(toll.bounds) > lower_end(held[whole].bounds)
        )
    ]


@every(2 * EXAMPLES, whole_counts(), st.sampled_from([INCLUDES, NESTED]))
def test_a_part_is_never_more_than_a_whole_that_includes_it(rows, includes):
    assert parts_beyond_their_wholes(counted(rows, includes=includes), includes) == []


@every(2 * EXAMPLES, whole_counts(), st.sampled_from([INCLUDES, NESTED]))
def test_a_part_is_at_most_its_whole_less_the_floors_of_the_other_parts(rows, includes):
    tolls_now = counted(rows, includes=includes).tolls
    held = {quantity: toll.bounds for quantity, toll in tolls_now.items() if not toll.contested}
    limited = {quantity: bounds for quantity, bounds in held.items() if bounds.high is not None}
    for whole, bounds in limited.items():
        by_indicator = [whole._replace(indicator=part) for part in includes[whole.indicator]]
        people = PEOPLE if whole.population == "all" else []
        by_people = [whole._replace(population=kind) for kind in people]
        for part, siblings in [(p, s) for s in (by_indicator, by_people) for p in s if p in held]:
            others = [held[other] for other in siblings if other in held and other != part]
            room = bounds.high - sum(other.low or 0 for other in others)
            closed = not (bounds.high_strict or any(other.low_strict for other in others))
            assert upper_end(held[part]) <= (room, closed), part


def test_in_the_book_no_part_is_more_than_a_whole_that_includes_it(data):
    includes = {row.indicator: row.includes.split() for row in data.indicators.itertuples()}
    for episode in data.episodes.episode_id:
        assert parts_beyond_their_wholes(counting.count(data, episode), includes) == []


@every(EXAMPLES, SETS, AS_OF)
def test_what_is_settled_stays_so(rows, as_of):
    def twice(held, *rest):
        return settled(settled(held, *rest), *rest)

    settled = wholes.settled
    once = counted(rows, as_of)
    with mock.patch.object(wholes, "settled", twice):
        assert counted(rows, as_of).tolls == once.tolls


def with_copies(ids, rows):
    """The rows of these ids, with what repeats them: an increment may hang on a copy."""
    kept = set(ids)
    for row in rows:
        if row["relation"] == "repeats" and row["related_claim"] in kept:
            kept.add(row["claim_id"])
    return [row for row in rows if row["claim_id"] in kept]


@every(EXAMPLES // 2, SETS, AS_OF)
def test_the_claims_named_for_an_end_of_a_toll_give_it_by_themselves(rows, as_of):
    for quantity, toll in counted(rows, as_of).tolls.items():
        for named, end in ((toll.floor, lower_end), (toll.ceiling, upper_end)):
            few = with_copies(named, rows)
            spoken_of = quantity.indicator in {row["indicator"] for row in few}
            if few and not toll.contested and (spoken_of or named == toll.ceiling):
                alone = counted(few, as_of).tolls[quantity]
                assert not alone.contested, quantity
                assert end(alone.bounds) == end(toll.bounds), quantity
