"""How the rows of the data are put into words on the pages."""

from __future__ import annotations

import re
from datetime import date

from clashbook.book.edition import Edition, Row
from clashbook.bounds import NO_BREAK, Bounds, in_words

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
PARTIES = {"both": "both sides", "unspecified": "side not stated", "": "side not stated"}
ROLES = {
    "own_side": "of its own side",
    "opposing_side": "of the other side",
    "third_party": "third party",
    "press": "press or author",
    "statistics": "statistics",
}
POPULATIONS = {
    "military": "soldiers",
    "civilian": "civilians",
    "all": "soldiers and civilians not told apart",
}
RELATIONS = {
    "updates": "Updates",
    "repeats": "Repeats",
    "adds_to": "Adds to",
    "part_of": "Part of",
    "disputes": "Disputes",
    "answers": "Answers",
    "carries_out": "Carries out",
    "reverses": "Reverses",
}
STATUSES = {
    "derived": "Worked out by the source itself",
    "source_error": "Error in the source",
    "announced": "Announced",
    "done": "Done",
}
UNITS = {"km2": "km²", "persons": "", "percent": ""}

_ISO = re.compile(r"\d{4}(-\d{2}){0,2}")


def day_in_words(iso: str) -> str:
    """`2022-09-13` as "13 September 2022", `2022-09` as "September 2022"; other text as it is."""
    if not _ISO.fullmatch(iso):
        return iso
    year, *rest = iso.split("-")
    words = [str(int(part)) if at else MONTHS[int(part) - 1] for at, part in enumerate(rest)]
    return NO_BREAK.join([*reversed(words), year])


def date_in_words(iso: str, precision: str) -> str:
    """A date as precisely as it is known; "" where there is none."""
    cut = {"month": 7, "year": 4}.get(precision, 10)
    before = {"by": "by ", "about": f"about{NO_BREAK}"}.get(precision, "")
    return before + day_in_words(iso[:cut]) if iso else ""


def span_in_words(start: str, end: str, precision: str = "day") -> str:
    """A period: "13 to 14 September 2022", "July to August 2020", "2020"."""
    if not start or not end:
        return date_in_words(start or end, precision)
    last = date_in_words(end, "" if precision == "about" else precision)
    first = date_in_words(start, precision)
    if first.removeprefix(f"about{NO_BREAK}") == last:
        return first
    # What the two days share is said once, with the second.
    first_words, last_words = first.split(NO_BREAK), last.split(NO_BREAK)
    while first_words and last_words and first_words[-1] == last_words[-1]:
        first_words.pop()
        last_words.pop()
    between = {"within": "between", "": ""}.get(precision, "")
    joint = " and " if between else " to "
    return f"{between} {NO_BREAK.join(first_words)}{joint}{last}".strip()


def reported(row: Row) -> str:
    return date_in_words(row["reported_on"], row["reported_precision"])


def party(edition: Edition, party_id: str) -> str:
    return PARTIES.get(party_id) or edition.name("actors", party_id, "name")


def actor(edition: Edition, actor_id: str) -> str:
    return edition.name("actors", actor_id, "name")


def quantity(row: Row) -> str:
    """A claim's bounds in words, with its unit where the indicator does not say it."""
    bounds = Bounds.said(row["qualifier"], *(_number(row[end]) for end in ("low", "best", "high")))
    words = in_words(row["qualifier"], bounds, row["unit"])
    unit = UNITS.get(row["unit"], row["unit"].replace("_", " "))
    return words if not unit or unit.isupper() else f"{words}{NO_BREAK}{unit}"


def source_label(row: Row) -> str:
    """Who published a source, and when."""
    issued = date_in_words(row.get("issued", ""), row.get("issued_precision", ""))
    name = row.get("publisher") or row.get("author") or row.get("title") or row["source_id"]
    return f"{name}, {issued}" if issued else name


def cell(value: object) -> str:
    """A value of an exhibit's frame as its table shows it."""
    if value is None or value == "" or value != value:
        return "not stated"
    if isinstance(value, str):
        return day_in_words(value)
    if isinstance(value, (list, tuple)):
        return ", ".join(map(cell, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return Bounds.exact(value).words()


def _number(text: str) -> float | None:
    return float(text) if text else None


def is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2022-09-13")
