"""Sets of claims on the invented conflict, as hypothesis draws them: only what `check` accepts.

They are sound by construction: a row is drawn as it pleases, and then made to keep what its
relation asks of it. `tests/test_counting_properties.py` holds a sample of them against `check`.
"""

from hypothesis import given, settings
from hypothesis import strategies as st
from northland import EPISODE, claim

BEGIN = "2021-05-01"
REPORTED = [f"2021-05-{day:02}" for day in range(5, 10)]
AS_OF = st.sampled_from([*REPORTED, "2021-12-31"])
RELATIONS = ["updates", "repeats", "adds_to", "part_of", "disputes"]
WORDS = ["none_reported", "hundreds", "unquantified"]
NUMBERS = ["exact", "exact", "exact", "at_least", "more_than", "up_to", "between", "about"]
BOUNDS = ["qualifier", "low", "best", "high"]
QUANTITY = ["indicator", "party", "population"]
SAID_BY = ["claimant", "claimant_role"]

# Some stand twice, so that claims of one quantity meet.
_RELATION = st.sampled_from(["", *RELATIONS])
_INDICATOR = st.sampled_from(["killed", "killed", "killed", "missing", "killed_or_missing"])
_PARTY = st.sampled_from(["NOR", "NOR", "NOR", "SOU", "SOU", "both", "both", "unspecified"])
_POPULATION = st.sampled_from(["military", "military", "military", "civilian", "all"])
_STATUS = st.sampled_from(["stated"] * 8 + ["derived", "source_error"])
_ROLE_OF_A_SIDE = st.sampled_from(["own_side", "own_side", "press", "opposing_side"])
_ROLE_OF_OTHERS = st.sampled_from(["press", "third_party"])
_PERIOD = st.sampled_from(
    [
        (BEGIN, "2021-05-02"),
        (BEGIN, "2021-05-04"),
        (BEGIN, "2021-05-04"),
        ("2021-05-02", "2021-05-02"),
        ("2021-05-03", "2021-05-04"),
        ("", ""),
    ]
)
_DAYS = {day: st.sampled_from([one for one in REPORTED if one >= day]) for day in REPORTED}
_SIZE = st.integers(5, 8)
_COUNTS = st.sampled_from(NUMBERS)
_ANYTHING = st.sampled_from([*NUMBERS, *WORDS])
_OF_A_PART = st.sampled_from(["exact", "at_least", "unquantified"])
_FEW = st.integers(3, 6)
_BOUNDING = st.sampled_from(["exact", "exact", "up_to", "between", "at_least", "more_than"])
_WIDE_OR_NARROW = st.sampled_from(["casualties", "casualties", "killed_or_missing", "killed"])
_A_SIDE_OR_BOTH = st.sampled_from(["NOR", "SOU", "both"])
_WHOLE_OR_PART = st.sampled_from(["military", "civilian", "all", "all"])
_DIGIT = [st.integers(0, highest) for highest in range(10)]


def every(examples, *strategies):
    """Run a test on so many examples, on five times as many in a round of `make search`."""
    many = examples if settings.default.derandomize else 5 * examples

    def decorate(test):
        return settings(max_examples=many)(given(*strategies)(test))

    return decorate


@st.composite
def claim_sets(draw):
    """Draw some rows of claims, the later ones related to earlier ones more often than not."""
    rows = []
    for number in range(draw(_SIZE)):
        row = _alone(draw, f"c{number}")
        relation = draw(_RELATION) if rows else ""
        bases = [base for base in rows if relation != "updates" or _may_be_updated(base, rows)]
        if relation and bases:
            base = bases[draw(_DIGIT[len(bases) - 1])]
            row |= _KEPT[relation](draw, row, base, rows)
            row |= {"relation": relation, "related_claim": base["claim_id"]}
        rows.append(row)
    return rows


@st.composite
def whole_counts(draw):
    """Draw some counts of the whole episode, of wholes and parts: their ceilings hold, and meet."""
    rows = []
    for number in range(draw(_FEW)):
        columns = {
            "indicator": draw(_WIDE_OR_NARROW),
            "party": draw(_A_SIDE_OR_BOTH),
            "population": draw(_WHOLE_OR_PART),
            "claimant": f"paper {number}",
            "claimant_role": "press",
            "reported_on": REPORTED[0],
        }
        rows.append(claim(f"c{number}", "unquantified") | columns | _said(draw, _BOUNDING))
    return rows


def _alone(draw, claim_id):
    party = draw(_PARTY)
    role = draw(_ROLE_OF_A_SIDE if party in ("NOR", "SOU") else _ROLE_OF_OTHERS)
    start, end = draw(_PERIOD)
    columns = {
        "indicator": draw(_INDICATOR),
        "party": party,
        "population": draw(_POPULATION),
        "period_start": start,
        "period_end": end,
        "claimant": f"{role} of {party}",
        "claimant_role": role,
        "reported_on": draw(_DAYS[REPORTED[0]]),
        "status": draw(_STATUS),
    }
    return claim(claim_id, "unquantified", episode_id=EPISODE) | columns | _said(draw, _ANYTHING)


def _said(draw, qualifiers, highest=9):
    """Draw a qualifier with its bounds, none of them above `highest`."""
    qualifier = draw(qualifiers)
    numbers = []
    if qualifier == "none_reported":
        numbers = [0]
    elif qualifier == "between":
        low = draw(_DIGIT[highest - 1])
        numbers = [low, low + 1 + draw(_DIGIT[highest - 1 - low])]
    elif qualifier not in WORDS:
        numbers = [draw(_DIGIT[highest])]
    return {column: claim("any", qualifier, *numbers)[column] for column in BOUNDS}


# What each relation asks of a row, by the row that it relates to.


def _not_before(draw, base):
    return {"reported_on": draw(_DAYS[base["reported_on"]])}


def _of(base, *columns):
    return {column: base[column] for column in columns}


def _update(draw, row, base, rows):
    counted = _said(draw, _COUNTS) | {"status": "stated"}
    return _of(base, *QUANTITY, *SAID_BY) | counted | _not_before(draw, base)


def _copy(draw, row, base, rows):
    # One copy may come before what it repeats, if that relates to nothing.
    copied = {other["related_claim"] for other in rows if other["relation"] == "repeats"}
    may_come_first = not base["relation"] and base["claim_id"] not in copied
    when = _of(row, "reported_on") if may_come_first else _not_before(draw, base)
    return base | _of(row, "claim_id", "period_start", "period_end") | when


def _increment(draw, row, base, rows):
    return _of(base, *QUANTITY, *SAID_BY) | _not_before(draw, base)


def _part(draw, row, base, rows):
    alike = _of(base, "indicator", "population") if draw(st.booleans()) else {}
    within = _said(draw, _OF_A_PART, highest(base))
    return _of(base, "party", *SAID_BY) | alike | within | _not_before(draw, base)


def _dispute(draw, row, base, rows):
    return _not_before(draw, base)


_KEPT = {
    "updates": _update,
    "repeats": _copy,
    "adds_to": _increment,
    "part_of": _part,
    "disputes": _dispute,
}


def highest(whole):
    """The highest floor that a part may have: the ceiling of its whole."""
    return int(whole["high"]) if whole["high"] == whole["high"] else 9


def _may_be_updated(row, rows):
    """Whether a row, or what it is a copy of, is neither an error, an increment nor a like part."""
    known = {other["claim_id"]: other for other in rows}
    while row["relation"] == "repeats":
        row = known[row["related_claim"]]
    whole = known.get(row["related_claim"]) if row["relation"] == "part_of" else None
    like_part = whole and _of(row, "indicator", "population") == _of(
        whole, "indicator", "population"
    )
    return row["status"] != "source_error" and row["relation"] != "adds_to" and not like_part
