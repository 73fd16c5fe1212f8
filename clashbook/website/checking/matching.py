"""Which quotes a number may be: those of its value that nothing in its text speaks against.

The page's script does the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from clashbook.website.checking.features import Mention, Sentence, compiled

Quote = Mapping
YEAR = re.compile(r"\b(?:19|20)\d\d\b", re.ASCII)
# What a quote of people has, and a number of a text may leave out.
PEOPLE = ("indicator", "party", "population", "episode")


class Matcher:
    """Finds quotes of a table.

    Attributes
    ----------
    named : dict of pattern
        By the id of a quote that is no side's, who may be named for it.
    """

    def __init__(self, table: Mapping) -> None:
        self._patterns = table["patterns"]
        speakers = [compiled(one) for one in table["speakers"]]
        self.named = {
            quote["id"]: speakers[quote["speaker"]]
            if "speaker" in quote
            else compiled(quote["named"])
            for quote in table["quotes"]
            if "speaker" in quote or "named" in quote
        }
        self._common = {*table["common"]}
        # What is counted of all people, too.
        of_all = (quote for quote in table["quotes"] if quote.get("population") == "all")
        self._of_all = {quote.get("indicator", "") for quote in of_all}
        self._by_value: dict[float, list[Quote]] = {}
        for quote in table["quotes"]:
            for value in dict.fromkeys(end for _, *ends in quote["says"] for end in ends):
                if value is not None:
                    self._by_value.setdefault(value, []).append(quote)

    def alike(self, sentence: Sentence, mention: Mention) -> list[Quote]:
        """Quotes with a value of a number that are of what it is of, the nearest first."""
        found = []
        features = mention.features
        for value in sorted(mention.values):
            for quote in self._by_value.get(value, []):
                if quote.get("unit", "") != mention.unit or quote in found:
                    continue
                reads = self._fits_words if "words" in quote else self._fits
                is_then = self._is_then(sentence, mention, quote)
                if is_then and reads(sentence, mention, quote):
                    found.append(quote)
        found.sort(key=lambda quote: -_agreeing(features, quote))
        is_of_all = any(q["kind"] == "toll" and q["population"] == "all" for q in found)
        if is_of_all and not features.get("population"):
            # Eighty of a side are all its people, and not the soldiers alone.
            narrow = [quote for quote in found if quote.get("population", "all") != "all"]
            found = [
                quote
                for quote in found
                if quote not in narrow or self.is_spoken(sentence, mention, quote)
            ]
        return found

    def _is_then(self, sentence: Sentence, mention: Mention, quote: Quote) -> bool:
        """Whether nothing in a sentence says that it is about another time than a quote."""
        period, clash = quote.get("period", ""), mention.features.get("episode", "")
        years, own = self._patterns["years"], quote.get("episode", "")
        named = {*YEAR.findall(sentence.plain)}
        if period:
            # What is counted from January on may name that month.
            is_whole = "january" in quote.get("words", [])
            months = {period, *([f"{period[:4]}-01"] if is_whole else [])}
            if len(period) == 7 and sentence.months and not months & {*sentence.months}:
                return False
            around = {*YEAR.findall(sentence.context), years.get(clash, "")}
            return "words" in quote or period[:4] in named | around
        if "on" in quote and quote["on"] not in mention.days:
            return False
        if clash or not own or own not in years:
            return True
        known = [quote.get(name, "") for name in ("since", "day", "last")]
        is_year = not named or bool(named & {years[own], *(day[:4] for day in known)})
        months = {own, *(day[:7] for day in known)}
        is_named = {years[own]} & {month[:4] for month in sentence.months}
        return is_year and (not sentence.months or bool(is_named or months & {*sentence.months}))

    def _fits(self, _: Sentence, mention: Mention, quote: Quote) -> bool:
        """Whether a quote can be what a number is of: nothing said of it speaks against it."""
        features = mention.features
        if not features.get("indicator"):
            return False
        for name in PEOPLE:
            asked, has = features.get(name, ""), quote.get(name, "")
            if not asked or not has or asked == has:
                continue
            # A number of all people that is of soldiers alone is what its reason says; and
            # "people" are whoever is counted, where nobody counts all.
            is_whole = asked == "all" and quote.get("indicator", "") not in self._of_all
            if name == "population" and (quote["kind"] == "elsewhere" or is_whole):
                continue
            return False
        return True

    def _fits_words(self, sentence: Sentence, mention: Mention, quote: Quote) -> bool:
        """Whether the words around a number are those of what the quote is of."""
        features = mention.features
        for name in ("party", "population", "episode"):
            asked, has = features.get(name, ""), quote.get(name, "")
            if asked and has and asked != has and name not in mention.inherited:
                return False
        is_told = "population" in features or "indicator" in {*features} - mention.inherited
        if "rows" in quote and is_told and not _names_rows(mention, quote):
            return False
        text = f"{sentence.context} {sentence.plain}"
        text = compiled(self._patterns["title"]).sub(" ", text).lower()
        near = {*re.findall(r"[a-z]{4,}|may|(?:19|20)\d\d", text, re.ASCII)}
        years = {word for word in quote["words"] if word.isdigit()}
        telling = {*quote["words"]} - self._common - years
        rows = quote.get("rows", "")
        few = rows in near or quote.get("unit") or len(telling) < 2
        return years <= near and len(telling & near) >= (1 if few else 2)

    def is_spoken(self, sentence: Sentence, mention: Mention, quote: Quote) -> bool:
        """Whether a sentence says whose claim its number is."""
        if quote["kind"] not in ("claim", "number"):
            return False
        if side := quote.get("side"):
            # "The government" is that of the side last named.
            whose = mention.features.get("party"), mention.before.get("last_party")
            is_own = sentence.marks["own_speech"] and side in whose
            return side in sentence.sides or is_own
        if sentence.marks["press"] and quote.get("role") == "press":
            return True
        named = self.named.get(quote["id"])
        # "It gives" leaves the name to the sentence before.
        text = sentence.plain
        if sentence.marks["own_speech"]:
            text = f"{sentence.context} {text}"
        return named is not None and bool(named.search(text))


def values(quote: Quote) -> set[float]:
    return {end for _, *ends in quote["says"] for end in ends if end is not None}


def _names_rows(mention: Mention, quote: Quote) -> bool:
    """Whether what follows a number says that it counts rows of the data: "80 claims of"."""
    return bool({quote["rows"], quote["words"][0]} & {*mention.phrase.lower().split()})


def _agreeing(features: Mapping[str, str], quote: Quote) -> int:
    wanted = {"population": "all", "party": "both"} | {k: v for k, v in features.items() if v}
    return sum(quote.get(name) == wanted.get(name) for name in PEOPLE)
