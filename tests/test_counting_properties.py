"""What the counting never does, whatever the claims: on sets of them that hypothesis draws."""

from collections import Counter

import pandas as pd
import small
from claim_sets import AS_OF, BOUNDS, RELATIONS, claim_sets, every, highest
from hypothesis import strategies as st
from northland import EPISODE, EPISODES, INDICATORS, claim, dataset

from clashbook import tolls
from clashbook.dataset import check

EXAMPLES = 50
PEOPLE = ["military", "civilian"]
PARTIES = ["NOR", "SOU"]
INCLUDES = {indicator: includes.split() for indicator, includes in INDICATORS}


def counted(rows, as_of):
    return tolls.count(dataset(*rows), EPISODE, as_of)


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
        | {"claimant_role": "own_side", "reported_on": as_of, "status": "stated"}
        for row in on_record(rows, as_of)
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


def test_check_accepts_the_sets(tmp_path):
    sets = []

    @every(EXAMPLES, claim_sets(), AS_OF)
    def draw(rows, as_of):
        count = counted(rows, as_of)
        replaced = {claim_id for claim_id, left in count.left_out.items() if left.rule == 2}
        sets.extend([rows, printed_again(rows, as_of), with_parts(rows, as_of)])
        sets.extend([with_other_words(rows, replaced), without_later(rows, as_of)])

    draw()
    assert check(folder_of(sets, tmp_path))[0] == []


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
        "sources": [small.source("daily", issued="2021-12-31")],
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


@every(EXAMPLES, claim_sets().flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
def test_the_order_of_rows_never_matters(both):
    one, other = (counted(rows, "2021-12-31") for rows in both)
    assert (one.tolls, one.left_out) == (other.tolls, other.left_out)


@every(EXAMPLES, claim_sets(), AS_OF)
def test_the_names_of_claims_never_matter(rows, as_of):
    # Backwards, so that whatever goes by the order of names goes the other way.
    new = {row["claim_id"]: f"z{9 - i}" for i, row in enumerate(rows)} | {"": ""}
    renamed = [row | {c: new[row[c]] for c in ("claim_id", "related_claim")} for row in rows]
    assert sayings(counted(renamed, as_of)) == sayings(counted(rows, as_of))


@every(EXAMPLES, claim_sets(), AS_OF)
def test_series_of_providers_never_change_a_toll(rows, as_of):
    data = dataset(*rows)
    before = tolls.count(data, EPISODE, as_of).tolls
    quantities = [(row["indicator"], row["party"], row["population"], row["unit"]) for row in rows]
    series = pd.DataFrame(quantities, columns=["indicator", "party", "population", "unit"])
    names = [f"series-{i}" for i in range(len(rows))]
    data.tables["series"] = series.assign(series_id=names, released_on="2021-05-01")
    data.tables["observations"] = pd.DataFrame(
        {"series_id": names, "period": "2021-05", "low": 99.0, "best": 99.0, "high": 99.0}
    )
    assert tolls.count(data, EPISODE, as_of).tolls == before


def parts(quantity):
    """The quantities that add up to one, by each way that they do."""
    if quantity.party == "both":
        yield [quantity._replace(party=party) for party in PARTIES]
    if quantity.population == "all":
        yield [quantity._replace(population=people) for people in PEOPLE]


@every(EXAMPLES, claim_sets(), AS_OF)
def test_sums_hold_the_sum_of_their_parts(rows, as_of):
    held = {q: toll.bounds for q, toll in counted(rows, as_of).tolls.items() if not toll.contested}
    for whole, bounds in held.items():
        of_parts = [[held.get(part, tolls.Toll(part).bounds) for part in p] for p in parts(whole)]
        included = [whole._replace(indicator=one) for one in INCLUDES[whole.indicator]]
        floors = [held.get(part, tolls.Toll(part).bounds) for part in included]
        for each in [*of_parts, floors]:
            assert (bounds.low or 0) >= sum(part.low or 0 for part in each), whole
        for each in of_parts:
            ceilings = [part.high for part in each]
            if None not in ceilings:
                assert bounds.high is not None, whole
                assert bounds.high <= sum(ceilings), whole


@every(EXAMPLES, claim_sets(), AS_OF)
def test_every_claim_holds_a_toll_or_has_a_rule_and_no_toll_is_empty(rows, as_of):
    count = counted(rows, as_of)
    named = {claim_id for toll in count.tolls.values() for claim_id in toll.claims}
    assert named | set(count.left_out) == {row["claim_id"] for row in rows}
    assert not named & set(count.left_out)
    for toll in count.tolls.values():
        assert toll.claims
        assert toll.text
        assert not toll.bounds.is_empty
