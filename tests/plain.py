"""Plain English, as far as rules can tell it: of any text, and of the finished pages."""

import copy
import re
from dataclasses import dataclass

from lxml import etree, html

# Words that hide who does what, or that only the makers of the book know.
HABITS = {
    "on record": r"on record",
    "bear out": r"(?:bears?|bore|borne) out",
    "stand beside": r"(?:stands?|stood|standing) (?:beside|among|for|as)",
    "is told": r"(?:is|are|was|were) told(?! apart)",
    "is kept": r"(?:is|are|was|were) kept",
    "is read as": r"(?:is|are|was|were) read as",
    "is taken": r"(?:is|are|was|were) taken",
    "counted anew": r"count(?:s|ed)? anew",
    "of its own": r"of (?:its|their|his|her|our) own",
    "toward": r"toward",
    "whose all": r"whose all",
    "so it is with": r"so it is with",
    "unlike": r"unlike",
    "at hand": r"at hand",
    "beneath it": r"beneath it",
    "by whose account": r"by whose account",
    "in its own voice": r"in (?:its|their|his|her) own voice",
    # Words of the data that have plain ones; the glossary gives each pair.
    "claimant": r"claimants?",
    "vintage": r"vintages?",
    "episode": r"episodes?",
    "exhibit": r"exhibits?",
    "deed": r"deeds?",
    "floor, ceiling": r"(?:floors?|ceilings?)",
}
# Not a part of an id, a path or an address.
_HABITS = {
    name: re.compile(rf"(?<![\w./#-])(?:{words})(?![\w/-])(?!\.\w)", re.I)
    for name, words in HABITS.items()
}
LONGEST, AVERAGE = 32, 20

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY = re.compile(rf"\b\d{{1,2}}(?:(?:[–/]| to | and )\d{{1,2}})? {_MONTH}(?: \d{{4}})?")
_SMALL = r"(?:(?:of|for|the|and|in|on|de) ){0,2}"
_NAME = re.compile(rf"[A-Z][\w’'&.-]*(?:(?: |/){_SMALL}[A-Z][\w’'&.-]*)+")
_ITEM = r"[^\s,;:()]+(?: [^\s,;:()]+){0,3}?"
_LIST = re.compile(rf"[^\s,;:()]+(?:, {_ITEM})+,? (?:and|or) [^\s,;:()]+")
_END = re.compile(r"(?<=[.!?])[”’)]?\s+(?=[“‘(]?[A-Z0-9])")
_SHORTENED = re.compile(r"\b(?:cf|vs|[Nn]o|para|sec|sent|St|Dr|Mr)\.$")
_WORD = re.compile(r"[^\W_][\w’',.%–-]*")

_LOSS = re.compile(r"\b(?:killed|dead|died|deaths?|wounded)\b", re.I)
_COUNT = re.compile(
    r"(?<![\w.,-])(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b", re.I
)
_NO_COUNT = re.compile(
    rf"{_DAY.pattern}|\b{_MONTH} \d{{4}}|\b20\d\d\b|\brules? \d+|\btwo sides\b"
    r"|\b\d+ of \d+ claims\b"
)
_YEAR = re.compile(r"\b(?:in|for) 20\d\d\b", re.I)

_BLOCKS = ("p", "li", "dd", "td", "span", "svg")
_HEADINGS = ("h1", "h2", "h3")
_CAPTION = (
    'self::*[@aria-label and local-name()="svg"]'
    ' | self::p[parent::figcaption or @class="exhibit-note"]'
)
# Words of the rows of tables; what a row rests on is a list.
_NOTE = (
    'self::td[@data-label="Note" or contains(@class, "wordy")] | self::span[@class="second"]'
    ' | self::p[ancestor::td and not(ancestor::td[@data-label="Rests on" or @data-label="From"])]'
)
# What is no prose: figures and tables, folded parts, and lists of sources and of files.
_APART = (
    "ancestor-or-self::*[self::figure or self::table or self::details or self::nav"
    ' or contains(@class, "copy-block") or contains(@class, "downloads")]'
)
_NESTED = './/p | .//ul | .//ol | .//dl | .//table | .//details | .//*[@class="headerlink"]'
# Code, and what is quoted: titles of sources, names of columns, citations to copy.
_QUOTED = (
    "//script | //style | //code | //pre"
    ' | //*[contains(@class, "citation") or contains(@class, "copy-block")]'
    ' | //*[contains(concat(" ", @class, " "), " source ")]'
)
_SAID = ("alt", "title", "aria-label", "placeholder", "content")


def habits(text):
    """The names of the habits that a text has."""
    return [name for name, pattern in _HABITS.items() if pattern.search(text)]


def sentences(text):
    """The sentences of a text."""
    found = []
    for part in _END.split(" ".join(text.split())):
        if found and _SHORTENED.search(found[-1]):
            found[-1] += " " + part
        elif part:
            found.append(part)
    return found


def words(text):
    """How many words a text has."""
    return len(_WORD.findall(text))


def length(sentence):
    """How many words a sentence has, names and lists aside.

    One word each: a day; a name, that is, words with capitals in a row, with the small words that
    join them; and a list, that is, three or more items with commas between them and "and" or "or"
    before the last, each of at most four words (of the first and the last item, one word).
    """
    for pattern, word in ((_DAY, "day"), (_NAME, "Name"), (_LIST, "list")):
        sentence = pattern.sub(word, sentence)
    return words(sentence)


def counts_losses(sentence):
    """Whether a sentence has a number of people killed or wounded, apart from days and years."""
    return bool(_LOSS.search(sentence) and _COUNT.search(_NO_COUNT.sub(" ", sentence)))


def names_clash(text, clashes):
    """Whether a text names a clash ("14 July 2020"), or the whole year of a count ("in 2022")."""
    return any(name in text for name in clashes) or bool(_YEAR.search(text))


@dataclass(frozen=True)
class Passage:
    """A paragraph, an item of a list, a caption or a note, and the heading next above it."""

    heading: str
    text: str

    @property
    def sentences(self):
        return sentences(self.text)


def page(path):
    """A finished page, its spaces all alike."""
    return html.fromstring(path.read_text("utf-8").replace("\u00a0", " "))


def prose(root):
    """The running text of a page: no figure, table, folded part, list of sources or of files."""
    return _passages(root, f"self::*[self::p or self::li or self::dd][not({_APART})]")


def captions(root):
    """Titles, subtitles, notes and text alternatives of the figures and tables of a page."""
    return _passages(root, _CAPTION)


def notes(root):
    """The words in the rows of a page's tables."""
    return _passages(root, _NOTE)


def shown(root):
    """Every text of a page that a reader can see or hear; what is quoted is left out."""
    root = copy.deepcopy(root)
    for each in root.xpath(_QUOTED):
        each.drop_tree()
    for each in root.iter(etree.Element):
        values = [each.text, each.tail, *(each.get(name) for name in _SAID)]
        yield from (" ".join(value.split()) for value in values if value and value.strip())


def _passages(root, path):
    """The texts of the blocks of a page that a path finds, each under its heading."""
    wanted, found, above = etree.XPath(path), [], ""
    for article in root.xpath("//article | //main[not(.//article)]"):
        for each in article.iter(*_HEADINGS, *_BLOCKS, "{*}svg"):
            if each.tag in _HEADINGS:
                above = _text(each)
            elif wanted(each):
                title = each.xpath('ancestor::figure[1]//p[@class="exhibit-title"]')
                found.append(Passage(_text(title[0]) if title else above, _text(each)))
    return [passage for passage in found if passage.text]


def _text(block):
    """What a block says itself; lists and paragraphs inside of it are blocks of their own."""
    own = copy.deepcopy(block)
    for each in own.xpath(f"{_NESTED} | {_QUOTED.replace('//', './/')}"):
        each.drop_tree()
    said = own.get("aria-label") or "".join(own.itertext())
    return " ".join(said.removesuffix(block.tail or "").split())
