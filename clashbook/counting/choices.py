"""What a reader may choose: whom not to believe, and what to count where the report does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from clashbook.bounds import Bounds
from clashbook.counting import selection
from clashbook.counting.model import Claim, LeftOut
from clashbook.counting.selection import Selection

CHOSEN = "left out by choice"
# What a reader may switch, beside whom to believe, in their order, and in words.
SWITCHES = {
    "other_side": "counting what one side says of the other",
    "missing_as_killed": "taking killed or missing as killed",
    "no_limits": "without upper limits",
    "no_press": "without the press's own counts",
}
# Counted as the second where a reader takes people who are missing for dead.
TAKEN_AS = ("killed_or_missing", "killed")


@dataclass(frozen=True)
class Choice:
    """How a reader counts; what is not chosen is done as in the report.

    Parameters
    ----------
    without : frozenset of str
        Speakers whose claims are taken as never made, named as in the column `claimant`.
    switches : frozenset of str
        Of `SWITCHES`: ``other_side`` counts what one side says of the other too, against rule 5;
        ``missing_as_killed`` takes "killed or missing" as killed; ``no_limits`` takes no claim as
        an upper limit; ``no_press`` leaves out what the press counts in its own voice.
    without_sources, without_claims : frozenset of str
        The same of sources and of claims, by id.
    """

    without: frozenset[str] = frozenset()
    switches: frozenset[str] = frozenset()
    without_sources: frozenset[str] = frozenset()
    without_claims: frozenset[str] = frozenset()

    @property
    def words(self) -> str:
        """What is chosen: "without Daily; without upper limits"; "" where nothing is."""
        switched = [words for name, words in SWITCHES.items() if name in self.switches]
        left = (self.without, self.without_sources, self.without_claims)
        return "; ".join(
            [*(f"without {name}" for names in left for name in sorted(names)), *switched]
        )

    def believes(self, claim: Claim) -> bool:
        """Whether a claim is counted from at all."""
        return not (
            claim.claimant in self.without
            or claim.source_id in self.without_sources
            or claim.id in self.without_claims
            or ("no_press" in self.switches and claim.claimant_role == "press")
        )

    def applied(self, claims: Mapping[str, Claim], found: Selection) -> dict[str, Claim]:
        """The claims that are believed, each as it is read."""
        chosen = LeftOut(0, CHOSEN)
        kept = found.keep(claims.values(), lambda claim: None if self.believes(claim) else chosen)
        if not self.switches & {"missing_as_killed", "no_limits"}:
            return kept
        return {key: self.read(claim) for key, claim in kept.items()}

    def read(self, claim: Claim) -> Claim:
        """A claim as a reader takes it who takes missing for dead, or knows no upper limits."""
        whole, part = TAKEN_AS
        if "missing_as_killed" in self.switches and claim.quantity.indicator == whole:
            quantity = claim.quantity._replace(indicator=part)
            claim = replace(claim, quantity=quantity, indicator=part)
        return _without_limit(claim) if "no_limits" in self.switches else claim

    def selecting(self, rules: Sequence[Callable]) -> list[Callable]:
        """The rules that say which claims count, without those that are not kept."""
        put_out = (selection.own_or_third,) if "other_side" in self.switches else ()
        return [rule for rule in rules if rule not in put_out]


def _without_limit(claim: Claim) -> Claim:
    bounds = claim.bounds
    if bounds.high is None:
        return claim
    if bounds.low is None:
        return replace(claim, bounds=Bounds(), qualifier="unquantified")
    qualifier = "more_than" if bounds.low_strict else "at_least"
    return replace(
        claim, bounds=Bounds(bounds.low, low_strict=bounds.low_strict), qualifier=qualifier
    )


AS_REPORTED = Choice()
