"""Sentences, and the numbers in them with what the words around them say.

All knowledge of words is in the table (`patterns`); what is here is done alike by `check.js`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import pairwise
from typing import NamedTuple

# Signs that are read as others; one for one, so that places stay.
_ALIKE = str.maketrans(
    {**dict.fromkeys("\u00a0\u2007\u2009\u202f\t\n\r", " "), **dict.fromkeys("’‘ʼ", "'")}
    | {**dict.fromkeys("“”„«»", '"'), **dict.fromkeys("−–—‐‑", "-")}
)
# Of a mention: the word of its bound, its lower and its upper end.
Says = tuple[str, float | None, float | None]
# What a sentence has or has not, each by its pattern.
_MARKS = ["own_speech", "compared", "course", "withdrawn", "press", "next_day"]
_MARKS += ["attributed", "first", "denied", "title"]
FEATURES = ("indicator", "party", "population", "episode")


def plain(text: str) -> str:
    """A text with one sign for each kind of quotation mark, hyphen and space."""
    return text.translate(_ALIKE)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII | re.IGNORECASE)


class Block(NamedTuple):
    """A piece of a text; its kind is heading, paragraph or item (an entry of a list)."""

    kind: str
    text: str


class Found(NamedTuple):
    """What was found in a sentence: where, and the key of what it is."""

    start: int
    end: int
    key: str


@dataclass
class Mention:
    """A number in a sentence: where it is, what it says, and what is said of it."""

    start: int
    end: int
    says: list[Says]
    unit: str
    features: dict[str, str] = field(default_factory=dict)
    days: list[str] = field(default_factory=list)
    is_loose: bool = False  # in words, and nothing after it says what it counts
    inherited: set[str] = field(default_factory=set)  # features that the sentence leaves out
    before: Mapping[str, str] = field(default_factory=dict)  # what was known before it
    known_by: list[str] = field(default_factory=list)  # days up to which it is said to be known
    phrase: str = ""  # what follows it, to the end of its own phrase

    @property
    def values(self) -> set[float]:
        return {end for _, *ends in self.says for end in ends if end is not None}


@dataclass
class Sentence:
    """A sentence as it was written, with its numbers, its days and who speaks in it."""

    text: str
    mentions: list[Mention] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    plain: str = ""
    months: list[str] = field(default_factory=list)
    context: str = ""
    marks: dict[str, bool] = field(default_factory=dict)
    sides: set[str] = field(default_factory=set)


class Reader:
    """Reads texts by the patterns of a table."""

    def __init__(self, patterns: Mapping) -> None:
        self.patterns = patterns
        self.number = compiled(patterns["number"])
        self.words: dict[str, int] = patterns["number_words"]
        # The longest first: "one hundred" begins with "one".
        longest = sorted(self.words, key=len, reverse=True)
        self.small = compiled(rf"\b(?:{'|'.join(longest)})\b(?!-)")
        self.counted = compiled(patterns["counted"])
        self.no_count = [compiled(one) for one in patterns["no_count"]]
        self.groups = {
            name: [(key, compiled(one)) for key, one in patterns[name]] for name in FEATURES
        }
        self.speech = [(side, compiled(one)) for side, one in patterns["speech"]]
        self.before, self.after = (
            [(word, compiled(one)) for word, one in patterns[name].items()]
            for name in ("before", "after")
        )
        # Names of months keep their capitals: "may" and "march" are words.
        self.dates = [re.compile(one, re.ASCII) for one in patterns["dates"]]

    @cached_property
    def _sentence_end(self) -> re.Pattern[str]:
        # Only here does a capital tell.
        return re.compile(self.patterns["sentence_end"], re.ASCII)

    def _is(self, name: str, text: str) -> bool:
        return bool(compiled(self.patterns[name]).search(text))

    def sentences(self, text: str) -> Iterator[str]:
        """The sentences of a block, as they were written."""
        read, start = plain(text), 0
        abbreviation = re.compile(self.patterns["abbreviation"], re.ASCII)
        for end in self._sentence_end.finditer(read):
            if abbreviation.search(read[start : end.start() + 1]):
                continue
            yield text[start : end.end()].strip()
            start = end.end()
        if text[start:].strip():
            yield text[start:].strip()

    def read(self, blocks: Sequence[Block]) -> Iterator[Sentence]:
        """The sentences that have numbers, each number with its features.

        What a sentence leaves out is as in the sentence before, or in the heading.
        """
        heading: dict[str, str] = {}
        known, headed, before = dict(heading), "", ""
        for block in filter(lambda block: block.text.strip(), blocks):
            if block.kind == "paragraph":
                # A new paragraph may be about another side, and tell of another day.
                known |= {name: heading.get(name, "") for name in ("party", "day", "speaker")}
            for text in self.sentences(block.text):
                sentence = self.sentence(text, known, f"{headed} {before}", block.kind == "item")
                if sentence.mentions:
                    yield sentence
                known |= self._last(sentence)
                before = sentence.plain
            if block.kind == "heading":
                heading = {"episode": known.get("episode", "")} | self._last(sentence)
                known, headed, before = dict(heading), plain(block.text), ""

    def sentence(
        self, text: str, known: Mapping[str, str], before: str = "", is_item: bool = False
    ) -> Sentence:
        """A sentence read, after what is known from those before it."""
        made = Sentence(text, plain=plain(text), context=before)
        dates = [*self._dates(made.plain, known)]
        made.marks = {name: self._is(name, made.plain) for name in _MARKS}
        # The report's own name is no speech of a side.
        spoken = compiled(self.patterns["title"]).sub(lambda one: " " * len(one[0]), made.plain)
        made.months = [one.key[:7] for one in dates if one.key]
        made.sides = {side for side, one in self.speech if one.search(spoken)}
        if known.get("speaker") and (made.marks["own_speech"] or is_item):
            made.sides.add(known["speaker"])
        made.mentions = self.mentions(_blanked(made.plain, dates))
        found = {name: self._found(name, made.plain) for name in FEATURES}
        # The month of a clash says which clash is meant, and not when somebody spoke.
        dates = [one for one in dates if len(one.key) == 10 or not _overlaps(one, found["episode"])]
        made.days = [one.key for one in dates if one.key]
        days = made.days
        if not days and made.marks["next_day"] and known.get("last_day"):
            days = [_after(known["last_day"])]
        elif not days and known.get("day"):
            days = [known["day"]]
        for place, mention in enumerate(made.mentions):
            floor = made.mentions[place - 1].end if place else 0
            after = made.mentions[place + 1 :]
            roof = after[0].start if after else len(made.plain)
            ends = compiled(self.patterns["break"]).search(made.plain, mention.end, roof)
            near = ends.start() if ends else roof
            for name in FEATURES:
                key = self._nearest(name, found[name], made.plain, (mention, floor, near))
                if not key and name != "population" and known.get(name):
                    key = known[name]
                    mention.inherited.add(name)
                if key:
                    mention.features[name] = key
            if mention.features.get("population") and not mention.features.get("indicator"):
                mention.features["indicator"] = self.patterns["default_indicator"]
            mention.before = dict(known)
            mention.phrase = made.plain[mention.end : near]
            own = [day for day in dates if day.key and floor <= day.start < roof]
            dated = own or [day for day in dates if day.key]
            mention.days = [day.key for day in own] or days
            mention.known_by = [
                day.key for day in dated if self._is("known_by", made.plain[: day.start])
            ]
        return made

    def mentions(self, text: str) -> list[Mention]:
        """The numbers of a text, its days blanked; two that are one range or choice are one."""
        for one in self.no_count:
            text = one.sub(lambda found: " " * len(found[0]), text)
        found = [
            (one.start(), one.end(), *_value(one[0]), False) for one in self.number.finditer(text)
        ]
        for small in self.small.finditer(text):
            value = float(self.words[small[0].lower()])
            is_loose = value < 10 and not self.counted.match(text, small.end())
            found.append((small.start(), small.end(), value, "", is_loose))
        found.sort()
        made: list[Mention] = []
        for start, end, value, unit, is_loose in found:
            gap = text[made[-1].end : start] if made else ""
            lead = text[made[-1].start - 9 if made and made[-1].start > 9 else 0 : start]
            says = [self._bounds(text, start, end, value)]
            mention = Mention(start, end, says, unit, is_loose=is_loose)
            if made and self._joins(gap, lead):
                last = made[-1]
                low, high = last.says[-1][1] or last.says[-1][2], value
                last.says[-1:] = [("between", low, high)]
                last.end, last.unit = end, unit or last.unit
            elif made and self._is("or", gap):
                made[-1].says += mention.says
                made[-1].end, made[-1].unit = end, unit or made[-1].unit
            else:
                made.append(mention)
        return made

    def _joins(self, gap: str, lead: str) -> bool:
        if self._is("and", gap):
            return self._is("between", lead)
        # "From 2 to 7" is a course, and no range.
        return self._is("range", gap) and not self._is("from", lead.removesuffix(gap))

    def _bounds(self, text: str, start: int, end: int, value: float) -> Says:
        word = next((key for key, one in self.before if one.search(text[:start])), "")
        word = word or next((key for key, one in self.after if one.search(text[end:])), "exact")
        return bounded(word, value)

    def _found(self, name: str, text: str) -> list[Found]:
        """All of a group, in order; of two that overlap the one whose pattern is listed first."""
        taken: list[Found] = []
        for key, pattern in self.groups[name]:
            for one in pattern.finditer(text):
                made = Found(one.start(), one.end(), key)
                if not _overlaps(made, taken):
                    taken.append(made)
        return sorted(taken)

    def _last(self, sentence: Sentence) -> dict[str, str]:
        """What the next sentence may leave out: the last that this one names."""
        last = {
            name: found[-1].key for name in FEATURES if (found := self._found(name, sentence.plain))
        }
        days = [day for day in sentence.days if len(day) == 10]
        if sentence.months:
            last["year"] = sentence.months[-1][:4]
        if days:
            last |= {"day": days[-1], "last_day": days[-1]}
        elif sentence.marks["next_day"] and sentence.mentions:
            last["last_day"] = [*sentence.mentions[-1].days, ""][0]
        speakers = {side for side, one in self.speech if one.search(sentence.plain)}
        if len(speakers) == 1:
            last["speaker"] = next(iter(speakers))
        return last | ({"last_party": last["party"]} if "party" in last else {})

    def _nearest(
        self, name: str, found: Sequence[Found], text: str, place: tuple[Mention, int, int]
    ) -> str:
        """What goes with a number: around it, after it in its phrase, before it, or anywhere.

        Parameters
        ----------
        place : tuple
            The number; where the one before ends; where its own phrase ends.
        """
        mention, floor, near = place
        after = [one for one in found if one.start >= mention.end]
        before = [one for one in found if one.end <= mention.start]
        is_before = bool(before) and before[-1].start >= floor
        if name == "indicator" and is_before:
            gap = text[before[-1].end : mention.start]
            is_next = bool(after) and self._is("next", text[mention.end : after[0].start])
            if self._is("adjacent", gap) and not is_next:
                return before[-1].key
        for one in found:
            if one.start < near and one.end > mention.start:
                return one.key
        if is_before:
            return before[-1].key
        if after and self._is_joined(text[mention.end : after[0].start]):
            return after[0].key
        if before and (
            name != "population" or self._is_joined(text[before[-1].end : mention.start])
        ):
            return before[-1].key
        return after[0].key if after and name in ("indicator", "episode") else ""

    def _is_joined(self, between: str) -> bool:
        return not self._is("apart", between)

    def _dates(self, text: str, known: Mapping[str, str]) -> Iterator[Found]:
        """The days and months of a text as ISO dates.

        A year left out is that of the clash, of the dates in the sentence before, or of its clash.
        """
        year = next(iter(re.findall(r"\b(?:19|20)\d\d\b", text, re.ASCII)), "")
        clash = [*self._found("episode", text), Found(0, 0, "")][0].key
        years = self.patterns["years"]
        before = known.get("year") or years.get(known.get("episode", ""), "")
        year = year or years.get(clash, "") or before
        for one in self.dates:
            for found in one.finditer(text):
                parts = found.groupdict()
                own = parts.get("year") or year
                if not own:
                    yield Found(found.start(), found.end(), "")
                    continue
                month = parts["month"]
                number = int(month) if month.isdigit() else self.patterns["months"][month[:3]]
                day = parts.get("day")
                iso = f"{own}-{number:02d}" + (f"-{int(day):02d}" if day else "")
                yield Found(found.start(), found.end(), iso)
            text = one.sub(lambda found: " " * len(found[0]), text)


def bounded(word: str, value: float) -> Says:
    """What a number says with the word before it."""
    if word in ("at_least", "more_than"):
        return word, value, None
    return (word, None, value) if word in ("up_to", "fewer_than") else (word, value, value)


def _value(written: str) -> tuple[float, str]:
    """The value of a number as it is written, and whether it is a share or money."""
    digits = re.sub(r"[^\d.]", "", written, flags=re.ASCII).rstrip(".")
    tail = re.sub(r"^.*\d", "", written.lower(), flags=re.ASCII).strip()
    scale = {"bn": 1e9, "billion": 1e9, "m": 1e6, "million": 1e6}.get(tail, 1)
    is_share = tail in ("%", "percent", "per cent")
    money = "$" in written or "USD" in written.upper()
    # Ten digits: scaling leaves a rest.
    return float(f"{float(digits) * scale:.10g}"), "%" if is_share else "$" if money else ""


def _blanked(text: str, dates: Sequence[Found]) -> str:
    for found in dates:
        text = text[: found.start] + " " * (found.end - found.start) + text[found.end :]
    return text


def _after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _overlaps(one: Found, others: Sequence[Found]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def texts(sentence: Sentence) -> list[str]:
    """A sentence in pieces: what is no number, and each number, in turn."""
    places = [0, *(end for one in sentence.mentions for end in (one.start, one.end))]
    return [sentence.text[a:b] for a, b in pairwise([*places, len(sentence.text)])]
