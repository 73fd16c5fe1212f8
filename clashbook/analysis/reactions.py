"""What outside actors said and did.

The matrix holds states and organisations, each with what they are on record for in an episode:
words and deeds, announced ones apart. An assessment is somebody else's view of an actor and has no
place in it; collectives, commentators and the belligerents have rows but no place.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from clashbook.dataset.rows import Reaction
from clashbook.dataset.tables import Dataset, once

DEEDS = ("exercise", "arms", "mission", "ceasefire_brokered")
NOT_DONE = ("cancelled", "omitted")
OUTSIDE = {"state": "States", "organisation": "Organisations"}
ASSESSMENT = "assessment"
# When an act was done, as far as that keeps it from being one of its episode.
BEFORE, UNDATED = "before", "undated"
Row = Mapping[Any, Any]
TIMINGS = {BEFORE: "before the clashes", UNDATED: "no day given"}


@once
def placed(data: Dataset, episodes: list[str]) -> pd.DataFrame:
    """The reactions with a place in the matrix, one row each.

    Returns
    -------
    DataFrame
        The columns of `reactions.csv` with actor, kind, group, episode, stance_label,
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
        group=frame.kind.map(OUTSIDE).astype(str),
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


def matrix(data: Dataset, episodes: list[str]) -> pd.DataFrame:
    """Actor by stance, as drawn: a row a mark, and a row without a stance where nothing was found.

    Returns
    -------
    DataFrame
        actor_id, episode_id, stance, toward, words (bool), status (the standing of `placed`),
        timing, reactions (ids, space-separated). States before organisations, each alphabetical.
    """
    frame = placed(data, episodes)
    # An order to the acts of one stance: a deed speaks louder than words, so it comes first.
    stanced = frame[frame.stance != ""].sort_values(["form", "date_start"], kind="stable")
    keys = ["actor_id", "episode_id", "stance", "toward", "words", "status", "timing"]
    rows = stanced.assign(words=stanced.form != "deed", status=stanced.standing)
    marks = rows.groupby(keys, sort=False).reaction_id.agg(" ".join).reset_index(name="reactions")
    shown = pd.DataFrame({"episode_id": [e for e in episodes if e in data.rows["episodes"]]})
    actors = frame[["actor_id", "group", "actor"]].drop_duplicates().merge(shown, how="cross")
    marks = actors.merge(marks, how="left", on=["actor_id", "episode_id"])
    marks = marks.assign(words=marks.words.ne(False)).fillna("")
    order = ["group", "actor", "episode_id", "stance", "toward", "words", "timing"]
    marks = marks.sort_values(order, ascending=[False, *[True] * 6], ignore_index=True)
    return marks[[*keys, "reactions"]]


def _stance(row: Row) -> str:
    return Reaction.of(row).stance_words(row["stance_label"], row["toward_name"])


def record(data: Dataset, episodes: list[str]) -> pd.DataFrame:
    """Every reaction with a place in the matrix in the order of its days.

    Returns
    -------
    DataFrame
        episode_id, date (words), date_start, actor_id, form (``words``, ``deed``, ``not done``),
        act (with its outcome), stance (with whom it concerns), note, source, locator, reactions
        (the row's id).
    """
    frame = placed(data, episodes)
    day = frame.date_start.where(frame.date_start != "", frame.reported_on)
    order = ["day", "reported_on", "reaction_id"]
    frame = frame.assign(day=day).sort_values(order, ignore_index=True)
    rows = frame.to_dict("records")
    frame = frame.assign(
        date=[Reaction.of(row).when for row in rows],
        act=[_act(row) for row in rows],
        stance=[_stance(row) for row in rows],
        source=frame.source_id.map(data.sources.set_index("source_id").publisher).astype(str),
        reactions=frame.reaction_id,
    )
    columns = ["episode_id", "date", "date_start", "actor_id", "form", "act", "stance", "note"]
    return frame[[*columns, "source", "locator", "reactions"]]


def _act(row: Row, stance: str = "") -> str:
    return ", ".join(filter(None, [Reaction.of(row).act_words + stance, row["outcome"]]))


def words_and_deeds(data: Dataset, episodes: list[str]) -> pd.DataFrame:
    """By actor and episode, what was said, done and left undone, each in the words of its stance.

    Returns
    -------
    DataFrame
        actor, episode, words, deeds, not_done, reactions; ``none found`` where a cell is empty.
    """
    frame = placed(data, episodes)
    columns = {"words": "words", "deeds": "deed", "not_done": "not done"}
    rows = [
        {
            "actor": actor,
            "episode": episode,
            **{name: _listed(mine[mine.form == kind]) for name, kind in columns.items()},
            "reactions": " ".join(mine.reaction_id),
        }
        for (actor, episode), mine in frame.groupby(["actor", "episode"], sort=True)
    ]
    return pd.DataFrame(rows, columns=["actor", "episode", *columns, "reactions"])


def _listed(rows: pd.DataFrame) -> str:
    texts = []
    for row in rows.to_dict("records"):
        stance = f": {_stance(row)}" if row["stance"] else ""
        texts.append(_act(row, stance))
    return "; ".join(dict.fromkeys(texts)) or "none found"
