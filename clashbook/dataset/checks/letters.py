"""Letters that do not show, or look like others."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

# What is wrong, and what to write instead.
Fault = tuple[str, str]
# The joiners are part of how some scripts are spelt, and cannot turn text round.
_JOINERS = "\u200c\u200d"
# Fillers and selectors that take no room though their category says that they do.
_FILLERS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufffc"
    "\U000e0100-\U000e01ef]"
)
# Letters of other alphabets that are drawn like Latin ones, in Unicode's list of confusables.
_DRAWN_ALIKE = str.maketrans(
    "авекмнорстухіїјѕԁԛԝɡΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαινρυօսհոցզ",
    "abekmhopctyxiijsdqwgabezhikmnoptyxoaivpuouhngq",
)


def hidden(text: str) -> Iterator[Fault]:
    """Yield what a reader cannot see in `text`, each with what to write."""
    for char in text if not text.isascii() or not text.isprintable() else "":
        if char == "\ufffd":
            yield f"holds {named(char)}, which is left of a lost letter", "the letter itself"
        unseen = unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
        if (unseen and char not in _JOINERS) or _FILLERS.match(char):
            yield f"holds the invisible {named(char)}", f"it without U+{ord(char):04X}"


def disguised(name: str) -> Iterator[Fault]:
    """Yield what makes a name look like another one, each with what to write.

    Names are compared letter by letter: two that look the same would be two claimants.
    """
    for char in "" if name.isascii() else name:
        if char in _JOINERS:
            yield f"holds the invisible {named(char)}", f"it without U+{ord(char):04X}"
        if unicodedata.category(char) == "Zs" and char != " ":
            yield f"holds {named(char)}", "a plain space"
        if unicodedata.bidirectional(char) in ("R", "AL"):
            # Figures set letters in the order in which they are written.
            yield f"is written from right to left: {named(char)}", "the name in Latin letters"
    if "  " in name:
        yield "has two spaces in a row", "one"
    if not unicodedata.is_normalized("NFC", name):
        yield "has a letter and its accent as two characters", "them as one (the form NFC)"
    for word in [] if name.isascii() else re.findall(r"[^\W\d_]+", name):
        alphabets = Counter(filter(None, map(_alphabet, word)))
        if len(alphabets) > 1:
            *_, (fewest, _) = alphabets.most_common()
            found = named(next(char for char in word if _alphabet(char) == fewest))
            yield f"mixes two alphabets in one word: {found}", "the word in one alphabet"


def skeleton(name: str) -> str:
    """Return what `name` looks like: names that have it in common are alike to the eye."""
    text = unicodedata.normalize("NFKC", name)
    text = unicodedata.normalize("NFKC", text.translate(_DRAWN_ALIKE).casefold())
    return text.translate(_DRAWN_ALIKE)


def named(char: str) -> str:
    """Return a character by its code point and name, so that it can be seen."""
    return f"U+{ord(char):04X} ({unicodedata.name(char, 'control character')})"


def _alphabet(char: str) -> str:
    """Return the alphabet of a letter; "" where it belongs to none, as a modifier does."""
    if unicodedata.category(char) in {"Lm", "Lo", "Mn"}:
        return ""
    return unicodedata.name(char, "").split(" ")[0]
