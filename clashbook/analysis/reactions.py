"""What outside actors said and did.

Outside actors are states and organisations. An assessment is somebody else's view of an actor and
no act of its own; collectives, commentators and the belligerents have rows of the table, but are no
outside actors.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from clashbook.dataset.rows import Reaction
from clashbook.dataset.tables import Dataset, once

DEEDS = ("exercise", "arms", "mission", "ceasefire_brokered")
NOT_DONE = ("cancelled", "omitted")
OUTSIDE = ("state", "organisation")
ASSESSMENT = "assessment"
# When an act was done, as far as that keeps it from being one of its episode.
BEFORE, UNDATED = "before", "undated"
NOTHING = "nothing found"
Row = Mapping[Any, Any]
TIMINGS = {BEFORE: "before the clashes", UNDATED: "no day given"}


@once
def placed(data: Dataset, episodes: list[str]) -> pd.DataFrame:
    """The reactions of outside actors, one row each.

    Returns
    -------
    DataFrame
        The columns of `reactions.csv` with actor, kind, episode, stance_label,
        toward_name, form (``words``, ``deed``, ``not done``), standing (``done``, ``announced``,
        ``disputed``, ``cancelled``, ``reversed``), timing ("" for what was done once the episode
        had begun, see `timing`) and outcome (standing and timing in words, "" for what was simply
        done in the episode). Repeats of a reaction that exists are left out.
    """
    actors, known = data.actors.set_index("actor_id"), data.episodes.set_index("episode_id")
    frame = data.reactions.assign(kind=data.reactions.actor_id.map(actors.kind).astype(str))
    repeated = (frame.relation == "repeats") & frame.related_reaction.isin(frame.reaction_id)
    outside = frame.kind.isin(OUTSIDE) & (frame.act != ASSESSMENT)
    frame = frame[frame.episode_id.isin(episodes) & outside & ~repeated]
    others = undone(data.reactions.to_dict("records"))
    frame = frame.assign(
        actor=frame.actor_id.map(actors.name).astype(str),
        episode=frame.episode_id.map(known.name).astype(str),
        stance_label=frame.stance.map(data.stances.set_index("stance").label).fillna(""),
        toward_name=frame.toward.map(actors.name).fillna(""),
        form=[form(act) for act in frame.act],
        standing=[others.get(*pair) for pair in zip(frame.reaction_id, frame.status, strict=True)],
        timing=[timing(row, known.start[row["episode_id"]]) for row in frame.to_dict("records")],
    )
    outcomes = [outcome(*pair) for pair in zip(frame.standing, frame.timing, strict=True)]
    return frame.assign(outcome=outcomes).reset_index(drop=True)


def form(act: str) -> str:
    """Whether an act is words, a deed, or a thing not done."""
    return "deed" if act in DEEDS else "not done" if act in NOT_DONE else "words"


def undone(rows: Collection[Row], related: str = "related_reaction") -> dict[str, str]:
    """What other rows do to a row, by its id: it is ``disputed``, ``cancelled`` or ``reversed``."""
    found = {
        row[related]: "cancelled" if row.get("act") == "cancelled" else "reversed"
        for row in rows
        if row["relation"] == "reverses"
    }
    return found | {row[related]: "disputed" for row in rows if row["relation"] == "disputes"}


def timing(row: Row, start: str) -> str:
    """Why an act is not one of the episode that began on `start`; "" where it is.

    `BEFORE` is what had ended by then. `UNDATED` is what may have: no day is given, or only a
    month, a year or a span in which the episode began.
    """
    last = row["date_end"] or row["date_start"]
    if last and last < start:
        return BEFORE
    surely = last if row["date_precision"] == "day" else row["date_start"]
    return "" if surely >= start else UNDATED


def outcome(standing: str, timing: str) -> str:
    """What became of an act and when it was done, in words; "" for what was done in its episode."""
    return ", ".join(filter(None, ["" if standing == "done" else standing, TIMINGS.get(timing)]))


def in_episode(data: Dataset, episode: str) -> pd.DataFrame:
    """The rows of `placed` that are known to have been done once the episode had begun."""
    frame = placed(data, [episode])
    return frame[frame.timing == ""]


def with_stance(data: Dataset, episode: str, stance: str, toward: str) -> pd.DataFrame:
    """The rows of `in_episode` that took a stance toward a party or both."""
    frame = in_episode(data, episode)
    return frame[(frame.stance == stance) & (frame.toward == toward)]


def deeds_done(data: Dataset, episode: str) -> pd.DataFrame:
    """The rows of `in_episode` that are deeds, done and disputed by nobody."""
    frame = in_episode(data, episode)
    return frame[(frame.form == "deed") & (frame.standing == "done")]


def _stance(row: Row) -> str:
    return Reaction.of(row).stance_words(row["stance_label"], row["toward_name"])


def record(data: Dataset, episodes: list[str]) -> pd.DataFrame:
    """Every reaction of an outside actor in the order of its days.

    Returns
    -------
    DataFrame
        episode_id, date (words), what (who, and what the source holds of it), date_start, actor_id,
        form (``words``, ``deed``, ``not done``), act (with its outcome), stance (with whom it
        concerns), note, source, locator, reactions (the row's id).
    """
    frame = placed(data, episodes)
    day = frame.date_start.where(frame.date_start != "", frame.reported_on)
    order = ["day", "reported_on"]
    frame = frame.assign(day=day).sort_values(order, kind="stable", ignore_index=True)
    rows = frame.to_dict("records")
    frame = frame.assign(
        date=[Reaction.of(row).when for row in rows],
        what=[_what(row) for row in rows],
        act=[", ".join(filter(None, [Reaction.of(r).act_words, r["outcome"]])) for r in rows],
        stance=[_stance(row) for row in rows],
        source=frame.source_id.map(data.sources.set_index("source_id").publisher).astype(str),
        reactions=frame.reaction_id,
    )
    columns = ["episode_id", "date", "what", "date_start", "actor_id", "form", "act", "stance"]
    return frame[[*columns, "note", "source", "locator", "reactions"]]


def _what(row: Row) -> str:
    reaction = Reaction.of(row)
    return f"{reaction.who(row['actor'])}: {reaction.note or reaction.act_words}"


def said_and_did(data: Dataset, episode: str) -> pd.DataFrame:
    """What each outside actor said and did in an episode, an actor a row, in a few words.

    The words are those of the column `summary`; where no row of an actor has any, those of its
    stances. What is not simply done in the episode says so: announced, disputed, no day given.

    Returns
    -------
    DataFrame
        actor_id, said (with what was only announced), did (with what was left undone and meetings
        that were held); ``nothing found`` where there is none,
        reactions (the ids of the rows told, space-separated). By the actors' names.
    """
    frame = placed(data, [episode])
    # What was announced and then carried out is told once.
    frame = frame[~frame.reaction_id.isin(frame.related_reaction[frame.relation == "carries_out"])]
    frame = frame.assign(
        column=["did" if _did(row) else "said" for row in frame.to_dict("records")],
        summary=frame.get("summary", ""),
        day=frame.date_start.replace("", "no day"),
    )
    rows = []
    frame = frame.sort_values(["actor", "day"], kind="stable")
    for actor, mine in frame.groupby("actor_id", sort=False):
        cells = {column: _summed(mine[mine.column == column]) for column in ("said", "did")}
        ids = " ".join(name for _, names in cells.values() for name in names)
        rows.append({"actor_id": actor, **{c: t for c, (t, _) in cells.items()}, "reactions": ids})
    return pd.DataFrame(rows, columns=["actor_id", "said", "did", "reactions"])


def _did(row: Row) -> bool:
    """Whether an act is told under what was done: a meeting that was held, no mere plan."""
    held = row["act"] == "convened"
    return row["status"] == "done" and (held or row["form"] != "words")


def _summed(rows: pd.DataFrame) -> tuple[str, list[str]]:
    """The words of some rows, and the ids of those that are told."""
    rows = rows[rows.summary != ""] if (rows.summary != "").any() else rows
    found: dict[str, list[str]] = {}
    for row in rows.to_dict("records"):
        words = row["summary"] or (_stance(row) if row["stance"] else Reaction.of(row).act_words)
        outcome = f" ({row['outcome']})" if row["outcome"] else ""
        found.setdefault(words + outcome, []).append(row["reaction_id"])
    return "; ".join(found) or NOTHING, [name for ids in found.values() for name in ids]


def of_powers(data: Dataset, episodes: list[str], actors: list[str]) -> pd.DataFrame:
    """What some actors said and did, an actor a row and an episode a column.

    Returns
    -------
    DataFrame
        actor_id, a column an episode by its id (what was said, and in a line of its own what was
        done), reactions (ids, space-separated); in the order of `actors`.
    """
    powers = pd.DataFrame({"actor_id": actors, "reactions": ""})
    for episode in episodes:
        mine = said_and_did(data, episode).set_index("actor_id").reindex(actors, fill_value="")
        lines = [_lines(*pair) for pair in zip(mine.said, mine.did, strict=True)]
        ids = [*map(" ".join, zip(powers.reactions, mine.reactions, strict=True))]
        powers = powers.assign(**{episode: lines, "reactions": [row.strip() for row in ids]})
    powers = powers[powers.reactions != ""]
    return powers[["actor_id", *episodes, "reactions"]].reset_index(drop=True)


def _lines(words: str, acts: str) -> str:
    cells = {"Said": words, "Did": acts}.items()
    lines = [f"{label}: {words}." for label, words in cells if words not in ("", NOTHING)]
    return "\n".join(lines) or NOTHING
