"""Events and reactions in one order of time.

One row is one thing that happened, was said, or is said to have happened: what repeats another
record is folded into it, what disputes it stands beside it as a row of its own. A day is as exact
as its source: a span stays a span, and what has no day comes last and is placed nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from clashbook.analysis.reactions import ASSESSMENT, form, undone
from clashbook.dataset import kinds
from clashbook.dataset.following import chain
from clashbook.dataset.rows import Event, Place, Reaction
from clashbook.dataset.tables import Dataset, once
from clashbook.language import listed, sentence

START, COMPARISON = "account_of_start", "comparison"
_START = START.replace("_", " ")
# What an act is called where it says what accounts are about.
_PLAIN = {_START: "how it began", "assessment": "view"}
# Kinds of events that are somebody's words; all others are reported to have happened.
SPOKEN = (START, "statement", "threat", "denial", COMPARISON)
AT_THE_TABLE = ("negotiation", "statement", "threat", "denial")
FIRE = ("shelling", "drone_strike", "under_fire")
# In the order in which they are shown.
LANES = {
    "ground": "on the ground",
    "table": "between the sides",
    "words": "outside, in words",
    "deeds": "outside, in acts",
    "undone": "outside, not done",
    "views": "a view of others",
}
OUTSIDE = {"words": "words", "deed": "deeds", "not done": "undone"}
OTHERS = "press and others"
NONE_FOUND = "no account found"
KEYS = {kind.table: (kind.key, kind.related) for kind in (kinds.EVENT, kinds.REACTION)}
Row = Mapping[Any, Any]
# In this order they stand in the table beneath the figure.
COLUMNS = [
    *("kind", "episode_id", "date_start", "date_end", "date_precision", "claimant"),
    *("claimant_role", "account", "reported_on", "reported_precision", "stated", "lane", "actor"),
    *("actor_name", "act", "detail", "done", "before", "status", "standing", "moment", "what"),
    *("note", "relation", "beside", "events", "reactions"),
]


@once
def entries(data: Dataset, episodes: list[str]) -> pd.DataFrame:
    """What happened and what was said in some episodes, the newest last.

    Returns
    -------
    DataFrame
        kind (``event``, ``reaction``), episode_id, date_start, date_end, date_precision, claimant
        (of every copy), claimant_role, account (the side whose account it is, or ""), reported_on,
        reported_precision, stated (that day in words, or ``the same day``), lane (of `LANES`),
        actor (on the ground whose account, else whose act; "" for nobody's own), actor_name, act,
        detail (its place or addressee, or the one side that its stance concerns), done (False where
        it is words, announced or left undone), before (whether it ended before the episode began),
        status, standing ("", ``announced``, ``disputed``, ``cancelled``, ``reversed``), moment (the
        sentence of a key moment, or ""), what, note, relation, beside (ids of the records that it
        disputes or that dispute it), events, reactions (ids of the copies, space-separated).
        What has no day comes last of all.
    """
    rows = [row for table in KEYS for row in _rows(data, table, episodes)]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    # What may have happened on more days stands below what happened on the last of them.
    ranked = frame.assign(
        undated=frame.date_start == "",
        end=frame.date_end.where(frame.date_end != "", frame.date_start),
        rank=frame.lane.map(list(LANES).index),
        place=frame.actor.map(data.place),
    )
    order = ["undated", "episode_id", "end", "date_start", "rank", "place"]
    rising = [name != "date_start" for name in order]
    ranked = ranked.sort_values(order, ascending=rising, kind="stable", ignore_index=True)
    return ranked[COLUMNS]


def _rows(data: Dataset, table: str, episodes: list[str]) -> Iterator[dict[str, Any]]:
    """The rows of a table, one for each record that is no copy of another."""
    frame = data.tables[table]
    frame = frame[frame.episode_id.isin(episodes)]
    key, related = KEYS[table]
    copies = _copies(frame, key, related)
    disputes = _disputes(frame, key, related)
    ends = undone(frame[frame.relation == "reverses"].to_dict("records"), related)
    events, reactions = data.records(Event), data.records(Reaction)
    claimants = dict(zip(frame[key], enumerate(frame.claimant), strict=True))
    for row_id, ids in copies.items():
        row = events[row_id] if table == "events" else reactions[row_id]
        beside = sorted({other for one in ids for other in disputes.get(one, ())})
        own = _event(data, row) if isinstance(row, Event) else _reaction(data, row)
        made = {**_common(data, row), **own}
        standing = "" if row.status == "done" else row.status.replace("_", " ")
        if beside and made["act"] != "denial":
            standing = "disputed"
        standing = next((ends[one] for one in ids if one in ends), standing)
        named = dict.fromkeys(name for _, name in sorted(claimants[one] for one in ids))
        yield {
            **dict.fromkeys(KEYS, ""),
            **made,
            "standing": standing,
            "claimant": sentence("; ".join(named)),
            "beside": " ".join(beside),
            table: " ".join(ids),
        }


def _copies(frame: pd.DataFrame, key: str, related: str) -> dict[str, list[str]]:
    """For each record that repeats none, its id and those of its repeats."""
    repeats = frame[(frame.relation == "repeats") & frame[related].isin(frame[key])]
    original = dict(zip(repeats[key], repeats[related], strict=True))
    found = {name: [name] for name in frame[key] if name not in original}
    for name in original:
        found[chain(name, original)[-1]].append(name)
    return found


def _disputes(frame: pd.DataFrame, key: str, related: str) -> dict[str, list[str]]:
    """For each record the ids of those that it disputes, or that dispute it."""
    found: dict[str, list[str]] = {}
    pairs = frame[frame.relation == "disputes"]
    for one, other in zip(pairs[key], pairs[related], strict=True):
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return found


def _common(data: Dataset, row: Event | Reaction) -> dict[str, Any]:
    episode = data.rows["episodes"][row.episode_id]
    last = row.date_end or row.date_start
    exact = row.date_precision == row.reported_precision == "day"
    same = exact and row.date_start == last == row.reported_on
    return {
        **{name: getattr(row, name) for name in COLUMNS if hasattr(row, name)},
        "stated": "the same day" if same else row.reported,
        "before": bool(last) and last < episode["start"],
    }


def _event(data: Dataset, row: Event) -> dict[str, Any]:
    place = data.records(Place).get(row.place_id)
    on_the_ground = row.kind not in AT_THE_TABLE
    lane = "ground" if on_the_ground else "table"
    account = _account(data, row)
    actor = account if on_the_ground else row.party
    # An office of a side that the record does not name is named as it is.
    of_a_side = row.claimant_role in ("own_side", "opposing_side")
    return {
        "kind": "event",
        "lane": "views" if row.kind == COMPARISON else lane,
        "actor": actor,
        "actor_name": data.names.get(actor, row.claimant if of_a_side else OTHERS),
        "act": row.kind.replace("_", " "),
        "detail": place.words if place else "",
        "done": row.status == "done" and row.kind not in SPOKEN,
        "account": account,
    }


def _account(data: Dataset, row: Event) -> str:
    """The side whose account an event is: what one says of the other is its own account."""
    sides, party = data.parties(), row.party
    if party not in sides:
        return ""
    others = [side for side in sides if side != party]
    known = {"own_side": party, "opposing_side": others[0] if len(others) == 1 else ""}
    return known.get(row.claimant_role, "")


def _reaction(data: Dataset, row: Reaction) -> dict[str, Any]:
    actor = data.rows["actors"][row.actor_id]
    name, to = actor["name"], row.addressed_to
    act, act_form, stance = row.act_words, form(row.act), _stance(data, row)
    own = actor["kind"] == "belligerent"
    what = f"{row.who(name)}: {act}{f' ({to})' if to else ''}{f'; {stance}' if stance else ''}"
    view = row.act == ASSESSMENT or actor["kind"] == "commentator"
    return {
        "kind": "reaction",
        "lane": "views" if view else "table" if own else OUTSIDE[act_form],
        "actor_name": name,
        "actor": row.actor_id,
        "act": act,
        "detail": to if own else stance if row.toward in data.parties() else "",
        "done": row.status == "done" and act_form == "deed",
        "what": what,
        "account": row.actor_id if own and row.claimant_role == "own_side" else "",
    }


def _stance(data: Dataset, row: Reaction) -> str:
    if not row.stance:
        return ""
    label = data.rows["stances"][row.stance]["label"]
    words = row.stance_words(label, row.toward and data.name(row.toward))
    return words[:1].lower() + words[1:]


def text_of(row: Row) -> str:
    """What happened, and of a reaction what the source holds of it."""
    return row["what"] + (f". {row['note']}" if row["kind"] == "reaction" and row["note"] else "")


def drawn(data: Dataset, episodes: list[str]) -> pd.DataFrame:
    """The rows of `entries` that have a place: no views of others, and no errors of a source."""
    frame = entries(data, episodes)
    return frame[(frame.lane != "views") & (frame.status != "source_error")].reset_index(drop=True)


def versions(data: Dataset, episodes: list[str]) -> pd.DataFrame:
    """What is told in more than one way, the versions of the sides next to each other.

    Returns
    -------
    DataFrame
        date, about (the acts in words), a column for each party by its id, in the order of the
        parties, and others: who says what, a paragraph each, or that no account was found; events,
        reactions. Of each episode the accounts of how it began come first.
    """
    frame = entries(data, episodes)
    rows = []
    for _, mine in frame.groupby("episode_id"):
        of_start = mine.act == _START
        groups = [mine[of_start], *_in_dispute(mine[~of_start])]
        rows += [_side_by_side(data, group) for group in groups if len(group)]
    sides = [*data.parties(), "others"]
    return pd.DataFrame(rows, columns=["date", "about", *sides, *KEYS])


def _in_dispute(frame: pd.DataFrame) -> list[pd.DataFrame]:
    """The rows that stand beside each other, in groups: each with those that its ids lead to."""
    found: list[pd.DataFrame] = []
    seen: set[str] = set()
    own = [f"{events} {reactions}".split() for events, reactions in frame[[*KEYS]].to_numpy()]
    places = {one: place for place, mine in enumerate(own) for one in mine}
    for mine, beside in zip(own, frame.beside, strict=True):
        ids = {*mine, *beside.split()}
        if beside and not seen & ids:
            found.append(frame.iloc[sorted({places[one] for one in ids if one in places})])
        seen |= ids if beside else set()
    return found


def _side_by_side(data: Dataset, group: pd.DataFrame) -> dict[str, str]:
    # A denial comes after what it denies.
    group = group.loc[(group.act == "denial").sort_values(kind="stable").index]
    cells: dict[str, list[str]] = {side: [] for side in [*data.parties(), "others"]}
    rows = group.to_dict("records")
    for row in rows:
        # Of a reaction our paraphrase, and not how it is coded.
        text = (row["kind"] == "reaction" and row["note"]) or row["what"]
        claimant = row["claimant"]
        # Who spoke for an actor, or whom the text names first, may be the claimant too.
        side = claimant.removeprefix("Authorities of ") if row["account"] else claimant
        named = text.startswith((f"{claimant}: ", f"The {claimant} ", f"{side} "))
        text = text if named else f"{claimant}: {text}"
        cells[row["account"] or "others"].append(text)
    return {
        "date": Event.of(rows[0]).when,
        "about": _about(group.act),
        **{side: "\n\n".join(texts) or NONE_FOUND for side, texts in cells.items()},
        **{table: " ".join(filter(None, group[table])) for table in KEYS},
    }


def _about(acts: pd.Series[str]) -> str:
    """What rows that differ are about: what was done or said, and last that it was denied."""
    named = sorted(dict.fromkeys(acts), key=lambda act: act == "denial")
    return listed([_PLAIN.get(act, act) for act in named])


def accounts_of_start(data: Dataset, episode: str) -> pd.DataFrame:
    """The rows of `entries` that are accounts of how an episode began."""
    frame = entries(data, [episode])
    return frame[frame.act == _START]


def under_fire(data: Dataset, episode: str) -> pd.DataFrame:
    """The rows of `events.csv` that report fire on a named place, with its country.

    A district is no place beside its villages: what holds another place under fire is left out.
    """
    frame = data.events[data.events.kind.isin(FIRE) & (data.events.episode_id == episode)]
    frame = frame[frame.place_id != ""]
    places = data.places.set_index("place_id")
    within = dict(zip(places.index, places.within, strict=True)) if "within" in places else {}
    wider = {place for named in frame.place_id for place in chain(named, within)[1:]}
    frame = frame[~frame.place_id.isin(wider)]
    return frame.assign(country=frame.place_id.map(places.country))
