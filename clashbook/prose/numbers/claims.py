"""Numbers as one claim gave them, whatever became of it."""

from clashbook.bounds import Bounds, in_words
from clashbook.dataset.rows import Claim
from clashbook.language import day_in_words
from clashbook.prose.numbers.declared import Numbers, number, rows
from clashbook.prose.numbers.model import Number


@number("said-{claim}", "{claim}")
def claimed(numbers: Numbers, claim: str) -> Number:
    """One claim as it was made, whatever became of it."""
    row = numbers.data.records(Claim)[claim]
    return Number("", row.words, *row.bounds.ends, row.unit, claims=[claim])


@number("fall-{claim}", "{claim}: the size of the fall")
def fall_claimed(numbers: Numbers, claim: str) -> Number:
    """The size of a claimed change that is a fall: "fell by 12.8 percent"."""
    row = numbers.data.records(Claim)[claim]
    bounds = -row.bounds
    if not Bounds.exact(0).less_than(bounds):
        raise ValueError("the claim is not about a fall; reword the sentence")
    text = in_words(row.qualifier, bounds, row.unit)
    return Number("", text, *bounds.ends, row.unit, claims=[claim])


@number("day-{claim}", "{claim}: the day on which it was said")
def day(numbers: Numbers, claim: str) -> Number:
    """The day on which a claim was made, or by which it can have been."""
    row = numbers.data.records(Claim)[claim]
    by = "by " if row.reported_precision == "by" else ""
    return Number("", by + day_in_words(row.reported_on), unit="date", claims=[claim])


@number("claims-by-{role}", "Claims {role}")
@number("claims-of-{party}-by-{role}", "Claims about {party} {role}")
def claims_by(numbers: Numbers, role: str, party: str = "") -> Number:
    """How many claims a kind of claimant has made, of whatever and whomever, or about a party."""
    made = numbers.data.claims
    made = made[made.party == party] if party else made
    return rows(made.claim_id[made.claimant_role == role], "claims")
