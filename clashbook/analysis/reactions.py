"""What outside actors said and did.

The matrix holds states and organisations, each with what they are on record for in an episode:
words and deeds, announced ones apart. An assessment is somebody else's view of an actor and has no
place in it; collectives, commentators and the belligerents have rows but no place.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from clashbook.dataset import attribution
from clashbook.dataset.rows import Reaction
from clashbook.dataset.tables import Dataset, once

DEEDS = ("exercise", "arms", "mission", "ceasefire_brokered")
NOT_DONE = ("cancelled", "omitted")
OUTSIDE = {"state": "States", "organisation": "Organisations"}
ASSESSMENT = "assessment"
# When an act was done, as far as that keeps it from being one of its episode.
BEFORE, UNDATED = "before", "undated"
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
    frame = data.reactions[data.reactions.episode_id.isin(episodes)]
    actors = data.actors.set_index("actor_id")
    frame = frame[frame.actor_id.map(actors.kind).isin(OUTSIDE) & (frame.act != ASSESSMENT)]
    ids = set(data.reactions.reaction_id)
    frame = frame[~((frame.relation == "repeats") & frame.related_reaction.isin(ids))]
    starts = data.episodes.set_index("episode_id").start
    others = undone(data.reactions.to_dict("records"))
    frame = frame.assign(
        actor=frame.actor_id.map(actors.name).astype(str),
        kind=frame.actor_id.map(actors.kind).astype(str),
        group=frame.actor_id.map(actors.kind).map(OUTSIDE).astype(str),
        episode=frame.episode_id.map(data.episodes.set_index("episode_id").name).astype(str),
        stance_label=frame.stance.map(data.stances.set_index("stance").label).fillna(""),
        toward_name=frame.toward.map(actors.name).fillna(""),
        form=[form(act) for act in frame.act],
        standing=[others.get(row.reaction_id, row.status) for row in frame.itertuples()],
        timing=[timing(row, starts[row["episode_id"]]) for row in frame.to_dict("records")],
    )
    said = [outcome(*each) for each in zip(frame.standing, frame.timing, strict=True)]
    return frame.assign(outcome=said).reset_index(drop=True)


def form(act: str) -> str:
    """Whether an act is words, a deed, or a thing not done."""
    return "deed" if act in DEEDS else "not done" if act in NOT_DONE else "words"


def undone(rows: Collection[Mapping], related: str = "related_reaction") -> dict[str, str]:
    """What other rows do to a row, by its id: it is ``disputed``, ``cancelled`` or ``reversed``."""
    found = {
        row[related]: "cancelled" if row.get("act") == "cancelled" else "reversed"
        for row in rows
        if row["relation"] == "reverses"
    }
    return found | {row[related]: "disputed" for row in rows if row["relation"] == "disputes"}


def timing(row: Mapping, start: str) -> str:
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
        group, actor, actor_id, episode_id, episode, stance, stance_label, toward, toward_name,
        words (bool), status (the standing of `placed`), timing, text, reactions (ids,
        space-separated), claimant, stated (of those reactions, as `claimants` has them). States
        before organisations, each alphabetical.
    """
    frame = placed(data, episodes)
    # An order to the acts of one stance: a deed speaks louder than words, so it comes first.
    stanced = frame[frame.stance != ""].sort_values(["form", "date_start"], kind="stable")
    keys = ["group", "actor", "actor_id", "episode_id", "episode", "stance", "stance_label"]
    keys += ["toward", "toward_name", "words", "status", "timing"]
    rows = stanced.assign(words=stanced.form != "deed", status=stanced.standing)
    marks = rows.groupby(keys, sort=False).reaction_id.agg(" ".join).reset_index(name="reactions")
    marks["text"] = [
        ", ".join(filter(None, [_stance(row), outcome(row["status"], row["timing"])]))
        for row in marks.to_dict("records")
    ]
    marks = pd.concat([marks, _silent(data, frame, marks, episodes)], ignore_index=True)
    order = ["group", "actor", "episode_id", "stance", "toward", "words", "timing"]
    marks = marks.sort_values(order, ascending=[False, *[True] * 6], ignore_index=True)
    said = [attribution.of_records(data, "reactions", ids.split()) for ids in marks.reactions]
    told = pd.DataFrame(said, columns=attribution.SAID)
    return pd.concat([marks[[*keys, "text", "reactions"]], told], axis="columns")


def _act(row: Mapping, stance: str = "") -> str:
    return ", ".join(filter(None, [Reaction.of(row).act_words + stance, row["outcome"]]))


def _stance(row: Mapping) -> str:
    return Reaction.of(row).stance_words(row["stance_label"], row["toward_name"])


def _silent(
    data: Dataset, frame: pd.DataFrame, marks: pd.DataFrame, episodes: list[str]
) -> pd.DataFrame:
    """A row without a stance for each actor and episode of which the sources have none."""
    names = data.episodes.set_index("episode_id").name
    have = set(zip(marks.actor_id, marks.episode_id, strict=True))
    rows = [
        {
            **{"group": who.group, "actor": who.actor, "actor_id": who.actor_id},
            **{"episode_id": episode, "episode": names[episode], "stance": "", "toward": ""},
            **{"stance_label": "", "toward_name": "", "words": True, "status": "", "timing": ""},
            **{"text": "no stance found", "reactions": ""},
        }
        for who in frame.drop_duplicates("actor_id").itertuples()
        for episode in episodes
        if episode in names.index and (who.actor_id, episode) not in have
    ]
    return pd.DataFrame(rows, columns=marks.columns)


def record(data: Dataset, episodes: list[str], actors: list[str] | None = None) -> pd.DataFrame:
    """Every reaction with a place in the matrix in the order of its days.

    Parameters
    ----------
    actors : list of str, optional
        Only these actors.

    Returns
    -------
    DataFrame
        episode, date (words), date_start, actor, form (``words``, ``deed``, ``not done``), act
        (with its outcome), stance (with whom it concerns), note, source, locator, reactions (the
        row's id).
    """
    frame = placed(data, episodes)
    if actors is not None:
        frame = frame[frame.actor_id.isin(actors)]
    day = frame.date_start.where(frame.date_start != "", frame.reported_on)
    order = ["day", "reported_on", "reaction_id"]
    frame = frame.assign(day=day).sort_values(order, ignore_index=True)
    publishers = data.sources.set_index("source_id").publisher
    rows = frame.to_dict("records")
    return pd.DataFrame(
        {
            "episode": frame.episode,
            "date": [Reaction.of(row).when for row in rows],
            "date_start": frame.date_start,
            "actor": frame.actor,
            "form": frame.form,
            "act": [_act(row) for row in rows],
            "stance": [_stance(row) for row in rows],
            "note": frame.note,
            "source": frame.source_id.map(publishers).astype(str),
            "locator": frame.locator,
            "reactions": frame.reaction_id,
        }
    )


def words_and_deeds(data: Dataset, episodes: list[str]) -> pd.DataFrame:
    """By actor and episode, what was said, done and left undone, each in the words of its stance.

    Returns
    -------
    DataFrame
        actor, episode, words, deeds, not_done, reactions; ``none found`` where a cell is empty.
    """
    frame = placed(data, episodes)
    rows = []
    for (actor, episode), mine in frame.groupby(["actor", "episode"], sort=True):
        rows.append(
            {
                "actor": actor,
                "episode": episode,
                "words": _listed(mine[mine.form == "words"]),
                "deeds": _listed(mine[mine.form == "deed"]),
                "not_done": _listed(mine[mine.form == "not done"]),
                "reactions": " ".join(mine.reaction_id),
            }
        )
    columns = ["actor", "episode", "words", "deeds", "not_done", "reactions"]
    return pd.DataFrame(rows, columns=columns)


def _listed(rows: pd.DataFrame) -> str:
    said = []
    for row in rows.to_dict("records"):
        stance = f": {_stance(row)}" if row["stance"] else ""
        said.append(_act(row, stance))
    return "; ".join(dict.fromkeys(said)) or "none found"
