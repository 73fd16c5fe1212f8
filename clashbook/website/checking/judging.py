"""What becomes of each number of a text: its verdict, the reason, and what to write instead.

The page's script (`judge.js`) does the same, step by step, with the same table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from clashbook.language import day_in_words, listed
from clashbook.website.checking.features import (
    Block,
    Mention,
    Reader,
    Says,
    Sentence,
    compiled,
    plain,
)
from clashbook.website.checking.matching import PEOPLE, YEAR, Matcher, Quote, values

# Verdicts that leave a text as it is.
GOOD = ("current", "right_for_day")
_OURS = ("toll", "number")
_UNKNOWN = "not_recognised"


@dataclass
class Verdict:
    """What is said of one number of a sentence.

    Parameters
    ----------
    kind : str
        Its entry among the verdicts of the table.
    words : str
        The reason.
    instead : str
        The sentence to write in its place; "" where nothing is to be mended or nothing is known.
    citation, path : str
        The reference of that sentence, and where it is found, from the root of what is published.
    quote : dict or None
        What the number was recognised as.
    """

    kind: str
    words: str
    instead: str = ""
    citation: str = ""
    path: str = ""
    quote: Quote | None = None


@dataclass
class Judged:
    """A sentence with the verdicts of its numbers, one each."""

    sentence: Sentence
    verdicts: list[Verdict]


def is_good(found: Sequence[Judged]) -> bool:
    """Whether nothing of a text is to be mended."""
    return all(verdict.kind in GOOD for one in found for verdict in one.verdicts)


class Judge:
    """Judges texts by a table of quotes."""

    def __init__(self, table: Mapping) -> None:
        self.table = table
        self.reader = Reader(table["patterns"])
        self.quotes: list[Quote] = table["quotes"]
        self.matcher = Matcher(table)
        # A name with its capitals; "reports" and "site" are words.
        self.proper = [re.compile(one, re.ASCII) for one in table["speakers"]]
        # What we write now, by id.
        self.now = {
            quote["id"]: quote
            for quote in self.quotes
            if self._is_newest(quote) and not quote.get("until") and quote["kind"] in _OURS
        }

    def judge(self, blocks: Sequence[Block]) -> Iterator[Judged]:
        """Every sentence that has a number, with the verdict of each."""
        title = compiled(self.table["patterns"]["title"])
        is_ours = any(title.search(plain(block.text)) for block in blocks)
        for sentence in self.reader.read(blocks):
            sentence.marks["attributed"] |= is_ours or bool(sentence.sides)
            verdicts = [self._one(sentence, mention) for mention in sentence.mentions]
            found = self._together(sentence, verdicts)
            # A small number in words that is none of ours counts something else.
            pairs = zip(sentence.mentions, found, strict=True)
            kept = [pair for pair in pairs if not (pair[0].is_loose and pair[1].kind == _UNKNOWN)]
            if kept:
                sentence.mentions = [mention for mention, _ in kept]
                yield Judged(sentence, [verdict for _, verdict in kept])

    def _one(self, sentence: Sentence, mention: Mention) -> Verdict:
        """The verdict of a number: a good one by any reading of it, or the first that knows it."""
        readings = [replace(mention, features=one) for one in _readings(sentence, mention)]
        made = [self._read(sentence, reading) for reading in readings]
        for verdict in made:
            if verdict.kind in GOOD:
                return verdict
        parts = [self._read(sentence, replace(mention, says=[one])) for one in _parts(mention)]
        if parts and all(part.kind in GOOD for part in parts):
            return parts[0]
        return next((verdict for verdict in made if verdict.kind != _UNKNOWN), made[0])

    def _read(self, sentence: Sentence, mention: Mention) -> Verdict:
        if sentence.marks["denied"]:
            return self._unknown(mention)
        alike = self.matcher.alike(sentence, mention)
        same = [quote for quote in alike if _says(quote) == _set(mention.says)]
        spoken = [quote for quote in same if self.matcher.is_spoken(sentence, mention, quote)]
        tolls = [quote for quote in same if quote["kind"] == "toll"]
        for quote in same:
            if "on" in quote:
                return self._verdict("right_for_day", quote)
        claims = [quote for quote in spoken if quote["kind"] == "claim"]
        for quote in tolls:
            if self.now.get(quote["id"]) is quote:
                made = self._early(mention, quote) or self._current(sentence, mention, quote)
                # Who is named may have said the same of itself.
                if made.kind != "speaker_missing" or not claims:
                    return made
        for quote in spoken:
            if _is_day(quote, mention.days):
                return self._verdict("right_for_day", quote, "quoted")
        for quote in claims:
            is_apart = quote["made"] == "left_out" and not quote.get("shown")
            if is_apart and (printed := self._printed(quote)):
                return self._verdict("another_count", printed)
            if quote["made"] in ("counted", "left_out"):
                is_part = quote["made"] == "counted" and self._is_part(quote)
                return self._verdict("moved" if is_part else "current", quote, "quoted")
            if quote["made"] == "error" and sentence.marks["withdrawn"]:
                return self._verdict("right_for_day", quote, "quoted")
        # Whoever is named said it with other words.
        for quote in alike:
            is_named = (
                quote["id"] in self.matcher.named and quote["kind"] == "claim" and quote not in same
            )
            if (
                is_named
                and quote["made"] != "error"
                and self.matcher.is_spoken(sentence, mention, quote)
            ):
                return self._verdict("bound_lost", quote)
        # Of a later count of the same people "at least" says less, and nothing wrong.
        tolls = tolls or [q for q in alike if q["kind"] == "toll" and _is_weaker(mention, q)]
        for quote in tolls:
            if sentence.marks["course"] or any(_within(day, quote) for day in mention.days):
                return self._verdict("right_for_day", quote)
        if tolls:
            ours = self.now.get(tolls[-1]["id"])
            is_same = ours is not None and mention.values <= values(ours)
            return self._verdict("bound_lost" if is_same else "moved", tolls[-1])
        for quote in claims:
            if quote["made"] == "replaced" and sentence.marks["course"]:
                return self._verdict("right_for_day", quote, "quoted")
            if quote["made"] == "replaced":
                return self._verdict("moved", quote, "quoted")
        for quote in same:
            if quote["kind"] == "number" and (
                quote["id"] not in self.matcher.named or quote in spoken
            ):
                if not self._is_newest(quote):
                    return self._verdict("moved", quote)
                if "revised" in quote and not sentence.marks["first"]:
                    return self._verdict("moved", quote)
                if quote in spoken:
                    return self._verdict("current", quote)
                return self._current(sentence, mention, quote)
        is_theirs = any(quote.get("role") == "opposing_side" for quote in same)
        for quote in same:
            # What others repeat of the other side's claim stays its claim.
            is_own = quote.get("role") == "own_side" or not is_theirs
            if quote["kind"] == "claim" and quote["made"] == "counted" and is_own:
                return self._verdict("speaker_missing", quote)
        return (
            self._elsewhere(same)
            or self._unspoken(same)
            or self._bound_lost([quote for quote in alike if quote not in same])
            or self._elsewhere(alike)
            or self._unknown(mention)
        )

    def _current(self, sentence: Sentence, mention: Mention, quote: Quote) -> Verdict:
        """What is ours now, if the text says that we say so, or who is it that we have it from."""
        if not sentence.marks["title"]:
            start = sentence.plain.rfind(";", 0, mention.start) + 1
            clause = sentence.plain[start:].partition(";")[0]
            named = {place for place, one in enumerate(self.proper) if one.search(clause)}
            given = bool(named & {*quote.get("given", [])})
            is_other = bool(named) and "given" in quote
            if quote["kind"] == "toll":
                given |= bool(sentence.sides & {*quote.get("sides", [])})
                is_other = bool(sentence.sides or named or sentence.marks["press"])
            if is_other and not given:
                return self._verdict("speaker_missing", quote, "other")
        if sentence.marks["attributed"]:
            return self._verdict("current", quote)
        return self._verdict("speaker_missing", quote, "ours")

    def _early(self, mention: Mention, quote: Quote) -> Verdict | None:
        """What is ours now, where the text says that it was known on a day on which it was not."""
        days = [day for day in mention.known_by if len(day) == 10]
        if not days or any(_within(day, quote) for day in days):
            return None
        same = (one for one in self.quotes if one["id"] == quote["id"] and one["kind"] == "toll")
        then = next((one["text"] for one in same if any(_within(day, one) for day in days)), "")
        then = then or self.table["verdicts"]["nothing"]
        return self._verdict("moved", quote, "early", then=then)

    def _is_part(self, quote: Quote) -> bool:
        """Whether our number of what a claim counts has gone on without it, or beyond it."""
        ours = self.now.get(quote.get("toll", ""))
        return ours is not None and not values(quote) <= values(ours)

    def _printed(self, quote: Quote) -> Quote | None:
        return next((one for one in self.quotes if one.get("claim") == quote["id"]), None)

    def _elsewhere(self, found: Sequence[Quote]) -> Verdict | None:
        for quote in found:
            is_other = quote.get("role") == "opposing_side" or quote.get("made") == "other_side"
            if is_other and quote.get("made") != "error":
                claim = self._claim(quote)
                return self._verdict("other_side", claim or quote)
        for quote in found:
            if quote["kind"] == "elsewhere":
                return self._verdict("another_count", quote)
        for quote in found:
            if quote["kind"] == "claim" and quote["made"] == "error":
                return self._verdict("another_count", quote)
        return None

    def _bound_lost(self, alike: Sequence[Quote]) -> Verdict | None:
        """The number is ours, and the words that go with it are others."""
        ours = [quote for quote in alike if quote["kind"] in ("toll", "claim") or "unit" in quote]
        ours = [quote for quote in ours if quote.get("made", "counted") in ("counted", "replaced")]
        ours = [quote for quote in ours if quote.get("role") != "opposing_side"]
        ours.sort(
            key=lambda quote: (self.now.get(quote["id"]) is not quote, quote["kind"] != "toll")
        )
        return self._verdict("bound_lost", ours[0]) if ours else None

    def _unspoken(self, same: Sequence[Quote]) -> Verdict | None:
        claims = [quote for quote in same if quote["kind"] == "claim"]
        return self._verdict("speaker_missing", claims[0]) if claims else None

    def _unknown(self, mention: Mention) -> Verdict:
        # A share or an amount is near no number of people.
        near = None if mention.unit else self._ours(mention.features)
        return (
            self._verdict("not_recognised", near, "near")
            if near
            else self._verdict("not_recognised")
        )

    def _together(self, sentence: Sentence, found: list[Verdict]) -> list[Verdict]:
        """Numbers of both sides, of different days, that a sentence sets side by side as one."""
        places = [
            place
            for place, one in enumerate(found)
            if one.quote
            and one.kind not in ("other_side", "another_count", _UNKNOWN)
            and one.quote.get("party", "both") not in ("both", "unspecified")
            and _day(one.quote)
            and "on" not in one.quote
        ]
        quotes = [one for place in places if (one := found[place].quote)]
        days = sorted({_day(quote) for quote in quotes})
        named = {day for day in sentence.months if day in days} | {*sentence.days}
        named |= {day for day in days if day in YEAR.findall(sentence.plain)}
        are_now = all(found[place].kind in ("current", "speaker_missing") for place in places)
        # One day for both, which is that of one alone.
        is_forced = len(sentence.days) == 1 and sentence.days[0] in days
        if (
            sentence.marks["course"]
            or len({quote["party"] for quote in quotes}) < 2
            or len({_kind(quote) for quote in quotes}) > 1
            or len(days) < 2
            or len(named) >= 2
            or (are_now and not (sentence.marks["compared"] or is_forced or "period" in quotes[0]))
        ):
            return found
        words = listed([_in_words(day) for day in days])
        for place in places:
            found[place] = self._verdict("two_days", found[place].quote, days=words)
        return found

    def _claim(self, quote: Quote) -> Quote | None:
        key = quote["id"] if quote["kind"] == "claim" else quote.get("claim")
        return next((one for one in self.quotes if one["id"] == key and "sentence" in one), None)

    def _ours(self, features: Mapping[str, str]) -> Quote | None:
        """The newest toll of what a number is of; of all people, where it does not say of whom."""
        wanted = {"population": "all", "party": "both"} | {k: v for k, v in features.items() if v}
        for quote in self.now.values():
            is_it = all(quote.get(name) == wanted.get(name) for name in PEOPLE)
            if quote["kind"] == "toll" and is_it:
                return quote
        return None

    def _is_newest(self, quote: Quote) -> bool:
        return 0 in quote.get("in", [0])

    def _verdict(
        self, kind: str, quote: Quote | None = None, form: str = "said", **more: str
    ) -> Verdict:
        words = self.table["verdicts"][kind]
        if quote is None:
            return Verdict(kind, words["said"])
        key = quote.get("toll") or quote.get("revised") or quote["id"]
        ours = self.now.get(key) or self._ours(quote)
        values = {
            "text": quote["text"],
            "now": ours["text"] if ours else self.table["verdicts"]["nothing"],
            "day": quote.get("reported") or _in_words(_day(quote)),
            "who": _named(quote.get("who", "")),
            "why": quote.get("why", ""),
            **more,
        }
        # A claim is told with its speaker; what moved, with what it is now.
        keeps = quote["kind"] == "claim" and kind in ("speaker_missing", "other_side", "two_days")
        shown = quote if keeps or (ours is None and "sentence" in quote) else ours
        text = words.get(form, words["said"])
        if ours is None:
            text = text.replace(" Our number is {now}.", "")
        made = Verdict(kind, _filled(text, values), quote=quote)
        if shown and "sentence" in shown and kind not in GOOD:
            state = self.table["states"][0]
            made.instead = shown["sentence"].replace("{known}", state["known"])
            made.citation = state["cite"].replace("{title}", shown["title"].rstrip("."))
        if shown and "path" in shown:
            state = self.table["states"][0]
            made.path = (state["base"] or state["path"]) + shown["path"]
        return made


def _filled(text: str, values: Mapping[str, str]) -> str:
    filled = re.sub(r"\{(\w+)\}", lambda name: values[name[1]], text, flags=re.ASCII)
    return filled[:1].upper() + filled[1:]


def _named(who: str) -> str:
    return f"the {who}" if " of " in who else who


def _set(says: Sequence[Sequence]) -> set[tuple]:
    return {tuple(one) for one in says}


def _says(quote: Quote) -> set[tuple]:
    return _set(quote["says"])


def _is_weaker(mention: Mention, quote: Quote) -> bool:
    """Whether a text says "at least" of what was once, and no more, an exact number."""
    words = [("at_least", end, None) for word, end, _ in _says(quote) if word == "exact"]
    return "until" in quote and mention.says == words


def _readings(sentence: Sentence, mention: Mention) -> Iterator[dict[str, str]]:
    """What a number may be of: as it reads, then where its sentence leaves that open."""
    features, before = mention.features, mention.before
    yield features
    party = features.get("party", "")
    if party in sentence.sides:
        # The side that is named may be who speaks, and not whose number it is.
        yield features | {"party": before.get("last_party", "")}
        yield features | {"party": ""}
    elif "party" in mention.inherited:
        yield features | {"party": ""}
    if not features.get("population") and before.get("population"):
        yield features | {"population": before["population"]}


def _parts(mention: Mention) -> list[Says]:
    """The numbers of "3 or 4", and the ends of a range, each by itself."""
    if len(mention.says) > 1:
        return mention.says
    word, low, high = mention.says[0]
    ends = [end for end in (low, high) if end is not None]
    return [("exact", end, end) for end in ends] if word == "between" else []


def _kind(quote: Quote) -> tuple[str, str]:
    """What may be set side by side: counts of one thing in one clash, and shares or amounts."""
    if quote["kind"] == "number":
        return "", quote.get("unit", "")
    return quote["indicator"], quote["episode"]


def _day(quote: Quote) -> str:
    return quote.get("day") or quote.get("since") or quote.get("period") or ""


def _is_day(quote: Quote, days: Sequence[str]) -> bool:
    """Whether a text names the day of a claim, or the month in which it was made."""
    own = [day for day in (quote.get("day"), quote.get("last")) if day]
    return any(one == day or (len(day) == 7 and one[:7] == day) for day in days for one in own)


def _within(day: str, quote: Quote) -> bool:
    """Whether a toll had a quote's words on a day."""
    until = quote.get("until") or "9999"
    return len(day) == 10 and quote.get("since", "") <= day < until


def _in_words(day: str) -> str:
    return plain(day_in_words(day))
