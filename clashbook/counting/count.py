"""From an episode's claims to its tolls.

The rules in the order of their work::

claims ─> what counts ─> direct tolls ─> added up <─> whole over part ─> Count
          1 to 5, 13        6, 7, 8          9            10
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from clashbook.bounds import WORDS_WITHOUT_BOUNDS, Bounds
from clashbook.counting import bounding, rules, wholes
from clashbook.counting.choices import AS_REPORTED, Choice
from clashbook.counting.model import ALL, UNKNOWN, Claim, LeftOut, Quantity, Scope, Toll
from clashbook.counting.selection import Selection
from clashbook.dataset import cutting, rows
from clashbook.dataset.tables import Dataset


@dataclass(frozen=True)
class Count:
    """All tolls of an episode as of a day, and why each other claim is left out.

    `settled` holds as well the tolls that nobody spoke of and sums passed through; `parties` are
    the sides in their order.
    """

    episode: str
    as_of: str
    tolls: Mapping[Quantity, Toll]
    claims: Mapping[str, Claim]
    left_out: Mapping[str, LeftOut]
    settled: Mapping[Quantity, Toll]
    parties: Sequence[str]

    def toll(self, indicator: str, party: str, population: str = ALL, period: str = "") -> Toll:
        """One toll; a quantity nobody has spoken of is a toll without claims.

        Parameters
        ----------
        period : str
            Outside an episode, where counts meet on the same period only: its first and its last
            day, ``2001-01-01/2001-12-31``, or the id of a claim without one.

        Raises
        ------
        ValueError
            If there are several: of different periods, or in different units.
        """
        named = (indicator, party, population)
        found = [
            toll
            for quantity, toll in self.tolls.items()
            if quantity[:3] == named and period in ("", quantity.period)
        ]
        if len(found) > 1:
            periods = "; ".join(" ".join(filter(None, toll.quantity[3:])) for toll in found)
            raise ValueError(
                f"{self.episode} has {len(found)} tolls of {', '.join(named)} ({periods}): "
                "name the period of one"
            )
        return found[0] if found else Toll(Quantity(*named, "", period))

    def newest(self, toll: Toll) -> dict[str, str]:
        """By side, the day of the newest claim that a toll rests on."""
        days: dict[str, str] = {}
        for claim_id in sorted(toll.claims):
            claim = self.claims[claim_id]
            party = claim.quantity.party
            days[party] = max(days.get(party, ""), claim.reported_on)
        others = sorted(days.keys() - {*self.parties})
        return {party: days[party] for party in (*self.parties, *others) if party in days}


def count(
    data: Dataset,
    episode: str,
    as_of: str = "",
    domain: str = "casualties",
    end: str = "",
    choice: Choice = AS_REPORTED,
) -> Count:
    """Count an episode's claims.

    Parameters
    ----------
    data : Dataset
        Whole or cut; what is made after `as_of` is left out by rule 1 either way.
    episode : str
        An `episode_id`; `background` for what belongs to none.
    as_of : str
        ISO date; the Dataset's own when empty.
    domain : str
        Only indicators of this domain and of kind `count` or `stock` are counted.
    end : str
        Another last day of the episode than the one of the table; ISO date.
    choice : Choice
        What a reader does not believe, or counts where the report does not.

    Raises
    ------
    KeyError
        If there is no such episode in the data.
    """
    as_of = as_of or data.as_of
    scope = scope_of(data, episode, as_of, end)
    found, merged = selected(claims_of(data, episode, scope, domain), scope, as_of, choice)
    settled = settled_of(merged, scope)
    reported = {quantity: unless_nothing_remains(toll) for quantity, toll in settled.items()}
    spoken_of = {claim.quantity.indicator for claim in merged}

    def place(indicator: str, party: str, *others: str) -> tuple[str, ...]:
        rank, name = data.place(party)
        return (indicator, str(rank), name, *others)

    tolls = {
        quantity: worded(toll, merged, data)
        for quantity, toll in sorted(reported.items(), key=lambda item: place(*item[0]))
        # That a whole nobody spoke of is at least its parts tells a reader nothing.
        if toll.says_something and (quantity.indicator in spoken_of or toll.ceiling)
    }
    used = frozenset().union(*(toll.claims for toll in tolls.values()))
    for claim in merged:
        if not claim.ids & used:
            why = _why(claim, tolls.get(claim.quantity), merged, scope)
            found.left_out.update(dict.fromkeys(claim.ids, why))
    return Count(episode, found.as_of, tolls, found.exist, found.left_out, settled, scope.parties)


def standing(
    data: Dataset, episode: str, domain: str = "casualties", as_of: str = ""
) -> list[Claim]:
    """The claims that rules 1 to 5 let count, each with its increments merged into it."""
    return _standing(data, episode, as_of or data.as_of, domain)[1]


def standing_apart(data: Dataset, episode: str, domain: str = "casualties") -> list[Claim]:
    """The same, an increment and what it adds to each by itself."""
    found, merged = _standing(data, episode, data.as_of, domain)
    return [found.exist[claim_id] for claim in merged for claim_id in sorted(claim.ids)]


def _standing(
    data: Dataset, episode: str, as_of: str, domain: str
) -> tuple[Selection, list[Claim]]:
    scope = scope_of(data, episode, as_of)
    return selected(claims_of(data, episode, scope, domain), scope, as_of)


def scope_of(data: Dataset, episode: str, as_of: str, end: str = "") -> Scope:
    """What an episode's claims are counted by as of a day; `end` is another last day of it."""
    known = cutting.ended(data.episodes, data.sources, as_of)
    days = known.set_index("episode_id").loc[episode]
    indicators = data.records(rows.Indicator)
    return Scope(
        begin=str(days["start"]),
        end=end or str(days["end"]),
        parties=data.parties(),
        includes={name: row.includes.split() for name, row in indicators.items()},
        stocks={name for name, row in indicators.items() if row.kind == "stock"},
        aftermath={name for name, row in indicators.items() if row.aftermath},
    )


def claims_of(
    data: Dataset, episode: str, scope: Scope, domain: str = "casualties"
) -> dict[str, Claim]:
    """An episode's claims as they are counted, by id, whenever they were made."""
    providers = set(data.sources.source_id[data.sources.type == "dataset"])
    countable = {
        name
        for name, row in data.records(rows.Indicator).items()
        if row.domain == domain and row.kind in ("count", "stock")
    }
    withdrawn = {name for name, row in data.records(rows.Source).items() if row.is_withdrawn}
    claims = {
        row.id: Claim.counted(
            row, row.source_id in providers, scope.begin, row.indicator in scope.stocks
        )
        for row in data.records(rows.Claim).values()
        if row.episode_id == episode and row.indicator in countable
    }
    return {
        key: replace(claim, is_withdrawn=True) if claim.source_id in withdrawn else claim
        for key, claim in claims.items()
    }


def selected(
    claims: Mapping[str, Claim], scope: Scope, as_of: str, choice: Choice = AS_REPORTED
) -> tuple[Selection, list[Claim]]:
    """What exists of some claims, and those that a choice and rules 1 to 5 and 13 let count."""
    found = Selection(as_of, scope)
    kept: Mapping[str, Claim] = choice.applied(claims, found)
    for select in choice.selecting(rules.SELECTING):
        kept = select(kept, found)
    return found, list(kept.values())


def settled_of(merged: list[Claim], scope: Scope) -> dict[Quantity, Toll]:
    """Rules 6 to 10: the toll of every quantity that the counted claims can reach."""
    spoken_of = bounding.by_quantity(merged)
    directly = {
        quantity: bounding.direct(quantity, mine, bounding.lids(mine, merged, scope))
        for quantity in wholes.reachable(merged, scope)
        for mine in [spoken_of.get(quantity, [])]
    }
    return wholes.settled(directly, scope)


def unless_nothing_remains(toll: Toll) -> Toll:
    """Rule 10, read for a remainder of nothing: that others make up a whole does not say none.

    In sums the remainder holds as a ceiling all the same.
    """
    ceiling = toll.steps.get("high")
    remainder = toll.bounds.high == 0 and ceiling is not None and ceiling.rule == 10
    return Toll(toll.quantity, spoken=toll.spoken) if remainder and not toll.floor else toll


def worded(toll: Toll, merged: list[Claim], data: Dataset) -> Toll:
    """The toll in words: its bounds, or where it has none what its claims say."""
    unit = toll.quantity.unit
    under = toll.claims
    mine = [claim for claim in merged if claim.ids & under]
    if toll.contested:
        apart = " or ".join(_contradicting(toll, mine, data))
        return replace(toll, text=f"{apart} (sources differ)")
    bounded = toll.bounds.high is not None or bool(toll.bounds.low) or toll.bounds.low_strict
    if bounded:
        # A floor of nothing is nobody's statement: the end is open, unless all of it is nothing.
        unsaid = toll.bounds.low == 0 and not (toll.bounds.low_strict or toll.bounds.is_exact)
        bounds = replace(toll.bounds, low=None) if unsaid else _with_best(toll.bounds)
        return replace(toll, bounds=bounds, spoken=frozenset(), text=bounds.words(unit))
    newest = max((claim.reported_on for claim in mine), default="")
    speaking = [claim for claim in mine if claim.reported_on == newest]
    bests = {claim.bounds.best for claim in speaking if claim.bounds.best is not None}
    best = bests.pop() if len(bests) == 1 else None
    bounds = replace(toll.bounds, low=None, best=best)
    if all(claim.qualifier == "none_reported" for claim in speaking):
        bounds = UNKNOWN
    words = sorted({claim.words for claim in speaking})
    return replace(toll, bounds=bounds, text=" or ".join(words))


def _contradicting(toll: Toll, claims: list[Claim], data: Dataset) -> dict[str, None]:
    """What a contested toll's claims say, each once; of other counts what they come to."""
    of_itself = [claim for claim in claims if claim.quantity == toll.quantity]
    summed_up = toll.against if of_itself else None
    spoken = sorted(
        (claim.reported_on, data.place(claim.quantity.party), _of_whom(claim, toll, data))
        for claim in (of_itself if summed_up else claims)
    )
    words = dict.fromkeys(words for *_, words in spoken)
    if summed_up:
        words[summed_up.words(toll.quantity.unit)] = None
    return words


def _of_whom(claim: Claim, toll: Toll, data: Dataset) -> str:
    """A claim's words, with what it counts where that is not what the toll counts."""
    own, asked = claim.quantity, toll.quantity
    apart = [data.name(own.party)] if own.party != asked.party else []
    apart += [own.indicator.replace("_", " ")] if own.indicator != asked.indicator else []
    apart += [own.population] if own.population != asked.population else []
    return f"{claim.words} ({', '.join(apart)})" if apart else claim.words


def _with_best(bounds: Bounds) -> Bounds:
    return replace(bounds, best=bounds.low if bounds.is_exact else None)


def _why(claim: Claim, toll: Toll | None, merged: list[Claim], scope: Scope) -> LeftOut:
    """By which of the rules 6 to 8 a counted claim bounds nothing, and which claims do."""
    held = toll or Toll(claim.quantity)
    if held.contested:
        return LeftOut(8, bounding.CONTRADICTED, tuple(sorted(held.spoken - claim.ids)))
    low, high = claim.bounds.low, claim.bounds.high
    if low or claim.bounds.low_strict:
        return LeftOut(6, bounding.LOWER_FLOOR, tuple(sorted(held.floor)))
    if high is None:
        return LeftOut(8, bounding.WORDS_ONLY, tuple(sorted(held.claims)))
    if held.bounds.high is not None and held.bounds.high <= high:
        return LeftOut(8, bounding.NOT_LOWEST, tuple(sorted(held.ceiling)))
    by = bounding.in_the_way(claim, merged, scope)
    return LeftOut(7, bounding.NO_CEILING, tuple(sorted(by)))


def firmness(toll: Toll) -> str:
    """How firm a toll is, in the words that figures mark: contested and none_reported included."""
    if toll.contested:
        return "contested"
    if toll.text == "none reported":
        return "none_reported"
    if toll.text in WORDS_WITHOUT_BOUNDS.values():
        return "unquantified"
    return toll.bounds.firmness
