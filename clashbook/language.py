"""Dates, small counts and kinds of people, as the report writes them."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

NO_BREAK = "\u00a0"
SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
POPULATIONS = {
    "military": "soldiers",
    "police": "police officers",
    "civilian": "civilians",
    "all": "soldiers and civilians not told apart",
}
# A toll or a series of all counts both kinds; a claim of all may not tell them apart.
PEOPLE = POPULATIONS | {"all": "soldiers and civilians"}
_ISO = re.compile(r"\d{4}(-\d{2}){0,2}")
# Common nouns: a name that has one of them takes "the" inside a sentence.
_NOUN = re.compile(
    r"\b(Agency|Assembly|Bank|Commission|Committee|Council|Federation|Fund|Group|Institute|Kingdom|"
    r"Movement|Nations|Organi[sz]ation|Parliament|Program|Programme|See|States|Union)\b"
)


def is_day(text: object) -> bool:
    """Whether a text is a day as an ISO date, written as YYYY-MM-DD in the digits 0 to 9."""
    try:
        return isinstance(text, str) and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def day_in_words(iso: str) -> str:
    r"""An ISO day, month or year as the report writes it; other text as it is.

    >>> day_in_words("2020-07-16"), day_in_words("2020-05"), day_in_words("2020")
    ('16\xa0July\xa02020', 'May\xa02020', '2020')
    """
    if not _ISO.fullmatch(iso):
        return iso
    year, *rest = iso.split("-")
    words = [str(int(part)) if i else MONTHS[int(part) - 1] for i, part in enumerate(rest)]
    return NO_BREAK.join([*reversed(words), year])


def date_in_words(iso: str, precision: str) -> str:
    r"""A date as precisely as it is known; "" where there is none.

    >>> date_in_words("2020-09-26", "by"), date_in_words("2020-05-31", "month")
    ('by 26\xa0September\xa02020', 'May\xa02020')
    """
    cut = {"month": 7, "year": 4}.get(precision, 10)
    before = {"by": "by ", "about": f"about{NO_BREAK}"}.get(precision, "")
    return before + day_in_words(iso[:cut]) if iso else ""


def span_in_words(start: str, end: str, precision: str = "day") -> str:
    r"""A period; what its two dates share is said once.

    >>> span_in_words("2016-04-02", "2016-04-05")
    '2 to 5\xa0April\xa02016'
    >>> span_in_words("2020-07-12", "2020-07-14", "within")
    'between 12 and 14\xa0July\xa02020'
    >>> span_in_words("2020-01-01", "2020-12-31", "year")
    '2020'
    >>> span_in_words("2020-05-01", "2020-05-31", "about")
    'about\xa0May\xa02020'
    """
    if not start or not end:
        return date_in_words(start or end, precision)
    if precision == "about" and _is_month(start, end):
        return f"about{NO_BREAK}{day_in_words(start[:7])}"
    last = date_in_words(end, "" if precision == "about" else precision)
    first = date_in_words(start, precision)
    if first.removeprefix(f"about{NO_BREAK}") == last:
        return first
    first_words, last_words = first.split(NO_BREAK), last.split(NO_BREAK)
    while first_words and last_words and first_words[-1] == last_words[-1]:
        first_words.pop()
        last_words.pop()
    joint = " and " if precision == "within" else " to "
    span = f"{NO_BREAK.join(first_words)}{joint}{last}"
    return f"between {span}" if precision == "within" else span


def _is_month(start: str, end: str) -> bool:
    year, month, _ = map(int, start.split("-"))
    return (start, end) == (start[:7] + "-01", f"{start[:7]}-{monthrange(year, month)[1]}")


def until(day: str) -> str:
    """What follows a number that rests on statements up to a day, in words; nothing without one.

    >>> until("16 July 2020"), until("")
    (' (statements up to 16 July 2020)', '')
    """
    return f" (statements up to {day})" if day else ""


def days_in_words(days: list[str]) -> str:
    r"""ISO days as a list that names month and year where they change.

    >>> days_in_words(["2020-07-13", "2020-07-14"])
    '13 and 14\xa0July\xa02020'
    """
    words = []
    for day, after in pairwise([*days, ""]):
        same_month = day[:7] == after[:7]
        words.append(str(int(day[8:])) if same_month else day_in_words(day))
    return listed(words)


def listed(items: Sequence[str]) -> str:
    """Items as a sentence lists them; a comma keeps apart what has an "and" of its own.

    >>> listed(["two", "three", "four"]), listed(["one and two", "three"])
    ('two, three and four', 'one and two, and three')
    """
    *before, last = items or [""]
    joint = ", and " if any(" and " in item for item in items) else " and "
    return joint.join(filter(None, [", ".join(before), last]))


def with_article(name: str) -> str:
    """The name of a state or an organisation inside a sentence.

    >>> with_article("United Nations"), with_article("Northland"), with_article("NATO")
    ('the United Nations', 'Northland', 'NATO')
    """
    return f"the {name}" if _NOUN.search(name) else name


def sentence(text: str) -> str:
    """A text as it begins a line: its first letter a capital, the others as they are."""
    return text[:1].upper() + text[1:]


def how_many(value: int) -> str:
    """A count of things other than people or money: in words below ten.

    >>> how_many(7), how_many(112)
    ('seven', '112')
    """
    return SMALL[value] if value < len(SMALL) else f"{value:,}"


def later(before: str, after: str) -> str:
    """How much later a day is, in words: "about six months later"; "" where it is few days."""
    days = (date.fromisoformat(after) - date.fromisoformat(before)).days
    for unit, size in (("years", 365.25), ("months", 30.44), ("weeks", 7)):
        if (many := round(days / size)) > 1:
            return f"about {how_many(many)} {unit} later"
    return ""
