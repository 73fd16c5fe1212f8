"""Numbers as one claim gave them, whatever became of it."""

from clashbook.bounds import Bounds, in_words
from clashbook.dataset.rows import Claim
from clashbook.language import day_in_words
from clashbook.prose.numbers.declared import Number, Numbers, actor_of, number, rows, slug


def _of_claim(row: Claim, bounds: Bounds, text: str) -> Number:
    return Number("", text, bounds.low, bounds.best, bounds.high, row.unit, claims=(row.id,))


@number("said-{claim}", "{claim}")
def claimed(numbers: Numbers, claim: str) -> Number:
    """One claim as it was made, whatever became of it."""
    row = numbers.data.records(Claim)[claim]
    return _of_claim(row, row.bounds, row.words)


@number("fall-{claim}", "{claim}: the size of the fall")
def fall_claimed(numbers: Numbers, claim: str) -> Number:
    """The size of a claimed change that is a fall: "fell by 12.8 percent"."""
    row = numbers.data.records(Claim)[claim]
    bounds = -row.bounds
    if not Bounds.exact(0).less_than(bounds):
        raise ValueError(f"number 'fall-{claim}': the claim is not of a fall; reword the sentence")
    return _of_claim(row, bounds, in_words(row.qualifier, bounds, row.unit))


@number("day-{claim}", "{claim}: the day on which it was said")
def day(numbers: Numbers, claim: str) -> Number:
    """The day on which a claim was made, or by which it can have been."""
    row = numbers.data.records(Claim)[claim]
    by = "by " if row.reported_precision == "by" else ""
    return Number("", by + day_in_words(row.reported_on), unit="date", claims=(claim,))


@number("claims-by-{role}", "Claims {role}")
def claims_by(numbers: Numbers, role: str) -> Number:
    """How many claims a kind of claimant has made, of whatever and whomever."""
    made = numbers.data.claims
    return rows(made.claim_id[made.claimant_role.map(slug) == role], "claims")


@number("claims-of-{party}-by-{role}", "Claims about {party} {role}")
def claims_of_party_by(numbers: Numbers, party: str, role: str) -> Number:
    """How many claims about a party a kind of claimant has made: its own side, the other."""
    made = numbers.data.claims
    about = made[made.party == actor_of(numbers, party)]
    return rows(about.claim_id[about.claimant_role.map(slug) == role], "claims")
