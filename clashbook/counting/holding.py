"""What holds an answer up: what it would be without a claim, a speaker, a source, or read anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from clashbook.bounds import FILLED_BY, NO_FIGURE
from clashbook.counting.answers import Dead
from clashbook.counting.choices import Choice
from clashbook.counting.model import Claim, Toll
from clashbook.dataset import rows
from clashbook.dataset.tables import Dataset
from clashbook.language import NO_BREAK

KINDS = ("claim", "speaker", "source", "reading")


class Changed(NamedTuple):
    """What a toll would be if one thing were otherwise.

    `kind` is one of `KINDS`, and `name` the id of the claim, source or alternative, or the speaker.
    """

    kind: str
    name: str
    party: str
    toll: Toll


def changes(dead: Dead) -> Iterator[Changed]:
    """Each claim, speaker and source without which a toll differs, and each reading with which."""
    reported = {party: answer.toll for party, answer in dead.answers().items()}
    for kind, name, other in _otherwise(dead):
        for party, toll in other.items():
            if (toll.text, toll.bounds) != (reported[party].text, reported[party].bounds):
                yield Changed(kind, name, party, toll)


def hangs_on(dead: Dead) -> Iterator[Changed]:
    """Each claim of those that a toll rests on without which it differs."""
    for party, answer in dead.answers().items():
        for name in sorted(answer.toll.claims):
            toll = _tolls(dead, Choice(without_claims=frozenset([name])))[party]
            if toll.text != answer.toll.text:
                yield Changed("claim", name, party, toll)


def report(data: Dataset, episode: str) -> list[dict]:
    """What would change the dead of an episode, as `clashbook toll --fragile` prints it.

    Returns
    -------
    list of dict
        ``party``, ``reported`` (the toll's words), ``kind`` and ``name`` of what is left out or
        read in another way, and ``text``, what the toll would be.
    """
    dead = Dead(data, episode)
    reported = {party: answer.toll.text for party, answer in dead.answers().items()}
    return [
        {
            **{"party": change.party, "reported": _plain(reported[change.party])},
            **{"kind": change.kind, "name": change.name, "text": _plain(change.toll.text)},
        }
        for change in sorted(changes(dead), key=lambda change: dead.sides.index(change.party))
    ]


def _plain(words: str) -> str:
    return words.replace(NO_BREAK, " ") or NO_FIGURE


def _otherwise(dead: Dead) -> Iterator[tuple[str, str, dict[str, Toll]]]:
    speakers = sorted({claim.claimant for claim in dead.claims.values()})
    sources = sorted({claim.source_id for claim in dead.claims.values()})
    choices = [
        *(("claim", name, Choice(without_claims=frozenset([name]))) for name in dead.claims),
        *(("speaker", name, Choice(without=frozenset([name]))) for name in speakers),
        *(("source", name, Choice(without_sources=frozenset([name]))) for name in sources),
    ]
    for kind, name, choice in choices:
        yield kind, name, _tolls(dead, choice)
    for name, claim in readings(dead).items():
        yield "reading", name, _tolls(dead.read_as(claim), Choice())


def _tolls(dead: Dead, choice: Choice) -> dict[str, Toll]:
    return {party: answer.toll for party, answer in dead.answers(choice=choice).items()}


def readings(dead: Dead) -> dict[str, Claim]:
    """The episode's claims as another coder might have them, by the ids of `alternatives.csv`."""
    if "alternatives" not in dead.data.tables:
        return {}
    cells = dead.data.rows["claims"]
    found = {}
    for key, row in dead.data.rows["alternatives"].items():
        if (claim := dead.claims.get(row["claim_id"])) is not None:
            anew = rows.Claim.of(_with(cells[claim.id] | {"claim_id": claim.id}, row))
            found[key] = dead.counted(anew, from_provider=claim.from_provider)
    return found


def _with(cells: Mapping, row: Mapping) -> dict:
    """A row of claims with one cell otherwise; an end that its qualifier does not fill is gone."""
    made = {**cells, row["column"]: row["value"]}
    if row["column"] == "relation":
        # With what it relates to: "updates CLAIM"; nothing where it relates to none.
        made["relation"], _, made["related_claim"] = row["value"].partition(" ")
    filled = FILLED_BY[made["qualifier"]]
    return made | {end: "" for end in ("low", "best", "high") if end not in filled}
