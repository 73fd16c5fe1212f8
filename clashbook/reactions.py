"""What outside actors said and did.

The matrix holds states and organisations, each with what they are on record for in an episode:
words and deeds, announced ones apart. An assessment is somebody else's view of an actor and has no
place in it; collectives, commentators and the belligerents have rows but no place.
"""

from __future__ import annotations

import pandas as pd

from clashbook import claimants
from clashbook.dataset import Dataset
from clashbook.wording import date_in_words, span_in_words

DEEDS = ("exercise", "arms", "mission", "ceasefire_brokered")
NOT_DONE = ("cancelled", "omitted")
OUTSIDE = {"state": "States", "organisation": "Organisations"}
ASSESSMENT = "assessment"


def placed(data: Dataset, episodes: list[str]) -> pd.DataFrame:
    """The reactions with a place in the matrix, one row each.

    Returns
    -------
    DataFrame
        The columns of `reactions.csv` with actor, kind, group, episode, stance_label,
        toward_name, form (``words``, ``deed``, ``not done``), standing (``done``, ``announced``,
        ``disputed``, ``reversed``) and before (done before the episode began). Repeats of a
        reaction that exists are left out.
    """
    frame = data.reactions[data.reactions.episode_id.isin(episodes)]
    actors = data.actors.set_index("actor_id")
    frame = frame[frame.actor_id.map(actors.kind).isin(OUTSIDE) & (frame.act != ASSESSMENT)]
    ids = set(data.reactions.reaction_id)
    frame = frame[~((frame.relation == "repeats") & frame.related_reaction.isin(ids))]
    starts = data.episodes.set_index("episode_id").start
    undone = {
        relation: set(data.reactions.related_reaction[data.reactions.relation == relation])
        for relation in ("disputes", "reverses")
    }
    return frame.assign(
        actor=frame.actor_id.map(actors.name).astype(str),
        kind=frame.actor_id.map(actors.kind).astype(str),
        group=frame.actor_id.map(actors.kind).map(OUTSIDE).astype(str),
        episode=frame.episode_id.map(data.episodes.set_index("episode_id").name).astype(str),
        stance_label=frame.stance.map(data.stances.set_index("stance").label).fillna(""),
        toward_name=frame.toward.map(actors.name).fillna(""),
        form=[form(act) for act in frame.act],
        standing=[
            "disputed"
            if row.reaction_id in undone["disputes"]
            else "reversed"
            if row.reaction_id in undone["reverses"]
            else row.status
            for row in frame.itertuples()
        ],
        before=[
            row.date_end != "" and row.date_end < starts[row.episode_id]
            for row in frame.itertuples()
        ],
    ).reset_index(drop=True)


def form(act: str) -> str:
    """Whether an act is words, a deed, or a thing not done."""
    return "deed" if act in DEEDS else "not done" if act in NOT_DONE else "words"


def with_stance(data: Dataset, episode: str, stance: str, toward: str) -> pd.DataFrame:
    """The rows of `placed` that took a stance toward a party or both in an episode."""
    frame = placed(data, [episode])
    return frame[(frame.stance == stance) & (frame.toward == toward)]


def deeds_done(data: Dataset, episode: str) -> pd.DataFrame:
    """The rows of `placed` that are deeds, done once the episode had begun."""
    frame = placed(data, [episode])
    return frame[(frame.form == "deed") & (frame.standing == "done") & ~frame.before]


def matrix(data: Dataset, episodes: list[str]) -> pd.DataFrame:
    """Actor by stance, as drawn: a row a mark, and a row without a stance where nothing was found.

    Returns
    -------
    DataFrame
        group, actor, actor_id, episode_id, episode, stance, stance_label, toward, toward_name,
        words (bool), status (``done``, ``announced``, ``disputed``, ``reversed``, ``before``),
        text, reactions (ids, space-separated), claimant, stated (of those reactions, as
        `claimants` has them). States before organisations, each alphabetical.
    """
    frame = placed(data, episodes)
    # An order to the acts of one stance: a deed speaks louder than words, so it comes first.
    stanced = frame[frame.stance != ""].sort_values(["form", "date_start"], kind="stable")
    keys = ["group", "actor", "actor_id", "episode_id", "episode", "stance", "stance_label"]
    keys += ["toward", "toward_name", "words", "status"]
    rows = stanced.assign(
        words=stanced.form != "deed",
        status=stanced.standing.mask(stanced.before & (stanced.standing == "done"), "before"),
    )
    marks = rows.groupby(keys, sort=False).reaction_id.agg(" ".join).reset_index(name="reactions")
    marks["text"] = [_words(row) for row in marks.itertuples()]
    marks = pd.concat([marks, _silent(data, frame, marks, episodes)], ignore_index=True)
    order = ["group", "actor", "episode_id", "stance", "toward", "words"]
    marks = marks.sort_values(order, ascending=[False, *[True] * 5], ignore_index=True)
    said = [claimants.of_records(data, "reactions", ids.split()) for ids in marks.reactions]
    told = pd.DataFrame(said, columns=claimants.SAID)
    return pd.concat([marks[[*keys, "text", "reactions"]], told], axis="columns")


def _words(row) -> str:
    toward = f" ({row.toward_name})" if row.toward_name else ""
    state = {"done": "", "before": ", before the clashes"}.get(row.status, f", {row.status}")
    return f"{row.stance_label}{toward}{state}"


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
            **{"stance_label": "", "toward_name": "", "words": True, "status": ""},
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
        (with what became of it), stance (toward whom), note, source, locator, reactions (the
        row's id).
    """
    frame = placed(data, episodes)
    if actors is not None:
        frame = frame[frame.actor_id.isin(actors)]
    frame = frame.sort_values(["date_start", "reported_on", "reaction_id"], ignore_index=True)
    publishers = data.sources.set_index("source_id").publisher
    return pd.DataFrame(
        {
            "episode": frame.episode,
            "date": [days(row) for row in frame.itertuples()],
            "date_start": frame.date_start,
            "actor": frame.actor,
            "form": frame.form,
            "act": [_act(row) for row in frame.itertuples()],
            "stance": [_stance(row) for row in frame.itertuples()],
            "note": frame.note,
            "source": frame.source_id.map(publishers).astype(str),
            "locator": frame.locator,
            "reactions": frame.reaction_id,
        }
    )


def _act(row) -> str:
    """An act with what became of it: "exercise, disputed"."""
    state = "before the clashes" if row.before else row.standing
    act = row.act.replace("_", " ")
    return act if state == "done" else f"{act}, {state}"


def _stance(row) -> str:
    if not row.stance_label:
        return "none taken"
    return f"{row.stance_label}, {row.toward_name}" if row.toward_name else row.stance_label


def days(row) -> str:
    """The days of a reaction in words: one day, a span, or by when it was known."""
    if not row.date_start:
        return date_in_words(row.reported_on, "by")
    return span_in_words(row.date_start, row.date_end, row.date_precision)


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
    for row in rows.itertuples():
        act = row.act.replace("_", " ")
        toward = f" toward {row.toward_name}" if row.toward_name else ""
        stance = f": {row.stance_label}{toward}" if row.stance_label else ""
        state = "" if row.standing == "done" else f" ({row.standing})"
        said.append(f"{act}{stance}{state}")
    return "; ".join(dict.fromkeys(said)) or "none found"
