"""Numbers that are typed where a reference should stand: which words are, and where they hide."""

from pathlib import Path

import pytest

from clashbook import config
from clashbook.pipeline import manuscript
from clashbook.pipeline.edition import Edition
from clashbook.prose import captions, markdown, typed_numbers

ROOT = Path(__file__).parent.parent
BOOK = config.Config(
    root=ROOT,
    title="A book",
    subtitle="",
    authors=[],
    publisher="",
    base_url="",
    repository="",
    licence="",
    parties={},
    focus=[],
    allowed_in_prose=["Python 3.11", "CC BY 4.0", "the 44-day war"],
    markdown=["attrs_inline", "colon_fence", "deflist"],
)


def page(text):
    """What is found on a page: line and words."""
    return [(problem.line, problem.value) for problem in in_page(text)]


def in_page(text):
    read = markdown.read(text, BOOK.markdown).words
    return typed_numbers.problems("page.md", read, BOOK.allowed_in_prose)


def found(text):
    return [value for _, value in page(text)]


@pytest.mark.parametrize(
    ("sentence", "typed_there"),
    [
        ("Fifty Armenian soldiers were killed.", ["Fifty Armenian"]),
        ("The ministry reported 50 killed on 13 September 2022.", ["50 killed"]),
        ("Two dozen were wounded, a third of them civilians.", ["Two dozen were", "a third of"]),
        ("The figure doubled by 15 September.", ["doubled by"]),
        ("Half were soldiers, a quarter of them old.", ["Half were", "a quarter of"]),
        ("It is twice the first figure, and the fall was tenfold.", ["twice the", "tenfold"]),
        ("Dozens of houses burned, and hundreds fled.", ["Dozens of", "hundreds fled"]),
        ("A couple of drones, and scores of shells.", ["A couple of", "scores of shells"]),
        ("One civilian was killed on one side, and none on the other.", ["One civilian"]),
        ("Shelling killed one in July 2020.", ["one in"]),
        ("At least one was taken prisoner; the toll of one stands.", ["one was", "one stands"]),
        ("By the fifth day the second count was out.", ["fifth day", "the second count"]),
        ("A third one followed, a further one was denied.", ["A third one followed", "one was"]),
        ("The index fell by a percent, then by ½.", ["a percent", "½"]),
        ("Output fell by 12.8 percent, to USD50m.", ["12.8 percent", "50"]),
        ("None of the civilians was killed.", ["None of the civilians was killed"]),
        (
            "No Armenian soldiers were reported killed.",
            ["No Armenian soldiers were reported killed"],
        ),
        ("In May 20 soldiers died, in 2020 people's memory.", ["20 soldiers", "2020 people's"]),
        ("Under rule 7 and 12 others, 2022-09-13 is no day.", ["12 others", "2022-09-13 is"]),
        ("From 12 to 14 were missing on 32 July 2020.", ["12 to 14 were", "32 July"]),
        ('He said "so." Fifty-one left: three by bus.', ["Fifty-one left", "three by"]),
    ],
)
def test_a_typed_number_is_found(sentence, typed_there):
    assert found(sentence) == typed_there


@pytest.mark.parametrize(
    "sentence",
    [
        "On 13 September 2022, and from 12 to 14 July, the two sides fought.",
        "In July 2020, between 13, 14 and 15 September 2022, and from 30 July to 2 August 2020.",
        "The agreement of 2010, the 2020 war, mid-2020, Armenia's 2021 census and the 1990s.",
        "By rules 6, 7 and 9.2, Article 4, para. 12 and UCDP version 25.1.",
        "Kavkaz-2020, a Su-25, Python 3.11; data under CC BY 4.0.",
        "After the Second World War, the Four-Day War and the 44-day war, the Group of Seven met.",
        "No one spoke; each of them, one of the sides and one another's allies did.",
        "A wider count does not replace a narrower one, or the one before.",
        "One can say that of one on the Armenian side; such pairs count as one.",
        "The higher one stands, beside one of 2022, in a one-off and one-sided text.",
        "What exists for one side and not for the other is set one against the other.",
        "Both sides, either side and neither; some, several, many, most and few.",
        "The first release came first, at first; the other came later.",
        "It took a second, per second; second-hand accounts, and second, what they leave out.",
        "Silence is not zero, and a month without a row is no zero.",
        "A third party, third-party claims and third states stand apart.",
        "Change in percent and in percentage points, in billions of US dollars, by km2 and km².",
        "On behalf of the weight of often-quoted tenets, someone alone at once phoned.",
        "UTC+4 is local time; see https://example.org/2020/50 for more.",
        "{number}`x` of them in {claim}`at least fifty <north-50>`; `50` is code.",
        "In the third quarter of 2020 the index fell (2020); of the two, May 2020 was the lower.",
    ],
)
def test_what_is_no_count_may_be_typed(sentence):
    assert found(sentence) == []


@pytest.mark.parametrize(
    "text",
    [
        "# Fifty killed",
        "| Killed |\n|--:|\n| fifty |",
        "| Fifty |\n|--:|\n| {number}`x` |",
        "![Fifty crosses](crosses.png)",
        "[fifty](https://example.org)",
        '[some](https://example.org "fifty")',
        "- one of them\n  - fifty more",
        "term\n: fifty",
        "> fifty",
        "Some.[^1]\n\n[^1]: Or fifty.",
        "fif**ty** killed",
        "&#53;&#48; killed",
        "{kbd}`50` killed",
        "<p>fifty</p>",
        "a <b title='fifty'>few</b>",
        ":::{from} 2020-07-16\nFifty.\n:::",
        "::::{from} 2020-07-16\n:::{holds} a > b\n:finding:\nFifty.\n:::\n::::",
        "```{note}\nFifty.\n```",
        ":::{admonition} Fifty\nKilled.\n:::",
        "```{figure} a.png\n:alt: fifty\n:width: 50\nWords.\n```",
        "```{figure} a.png\n---\nalt: fifty\nwidth: 50\n---\nWords.\n```",
    ],
)
def test_a_number_is_found_wherever_it_is_read(text):
    (value,) = found(text)
    assert value.lower().startswith(("fifty", "50"))


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: Fifty\n---\nText.",
        "Text `50` and ``fifty``.",
        "```\n50\n```",
        "```python\nfifty = 50\n```",
        "    fifty = 50",
        "```{code-block} python\nfifty = 50\n```",
        "```{exhibit} toll-50\n:width: 50\n```",
        ":::{holds} killed > 50 and wounded = 20\nMore were killed.\n:::",
        "1. **Date.** Text.\n2. **Update.** Text.\n50. **Last.** Text.",
        "<!-- fifty -->\n\nText <!-- 50 --> text.",
        "% fifty\n\n(fifty-50)=\n## Text",
        "[text](page-50.md) and <https://example.org/50>",
        "![text](50.png){width=50}",
        "Some.[^50]\n\n[^50]: Text.",
        "{number}`2020-50` and {event}`fifty <id-50>`",
    ],
)
def test_what_is_not_read_may_hold_numbers(text):
    assert found(text) == []


def test_the_line_is_that_of_the_words_in_the_file():
    prose = "# Title\n\nText\nand fifty\n\n"
    passage = "::::{from} 2020-07-16\n:::{holds} a > b\n:finding:\n\nA\n60.\n:::\n::::\n\n"
    assert page(f"{prose}{passage}| a |\n|---|\n| b |\n| 70 |\n") == [
        (4, "fifty"),
        (11, "60"),
        (18, "70"),
    ]


def test_all_faults_of_a_page_are_named_with_a_way_out():
    first, second = in_page("Some 50 soldiers.\n\nAnd sixty.")
    assert str(first) == (
        'page.md line 1, "50 soldiers": a typed number; write {number}`…`, or put a name into '
        "clashbook.allowed_in_prose of _config.yml"
    )
    assert (second.line, second.value) == (3, "sixty")


def test_an_allowed_name_is_allowed_as_a_whole_and_as_it_is_written():
    assert typed_numbers.typed("Route 66 and route 66, Route 661", ["Route 66"]) == [
        (19, "66"),
        (29, "661"),
    ]


def test_one_that_is_no_count_has_its_own_way_out():
    (problem,) = in_page("It runs in one command.")
    assert '"a" or "a single"' in problem.way_out


def in_code(*cells):
    """What is found in what the last of some cells gives exhibits to say: line and words."""
    read = captions.read(cells[-1], captions.assignments(cells)).words
    found = typed_numbers.problems("chapter.ipynb, cell 2", read, BOOK.allowed_in_prose)
    return [(problem.line, problem.value) for problem in found]


@pytest.mark.parametrize(
    "said",
    [
        'title="Fifty killed"',
        'subtitle="People, " "fifty killed"',
        'note="At least " + "fifty"',
        'alt=f"Chart of {kind}: fifty"',
        'columns={"fifty": "Killed, of fifty"}',
        'title="`fifty`"',
        'title="None" if frame.empty else "Fifty"',
        "title=heading",
        "columns={**shared}",
        "**said",
    ],
)
def test_a_number_in_a_caption_is_found(said):
    shared = 'heading = "Fifty"\nshared = {"x": heading}\nsaid = {"title": "Fifty"}'
    code = f'killed = 50\nbook.figure("tolls", draw, frame[:50], {said})'
    ((line, value),) = in_code(shared, code)
    assert line == 2
    assert value.lower().startswith("fifty")


def test_a_caption_may_refer_to_numbers_and_name_a_day():
    code = (
        'book.figure("by-50", draw, rows(50), title="On 13 July 2020: {number}`x-50`", kind="50")'
    )
    assert in_code(f"%matplotlib inline\n{code}") == []


@pytest.mark.parametrize("role", ["nubmer", "claim"])
def test_a_role_that_no_caption_has_is_found_before_it_is_shown_as_it_is_written(role):
    code = f'exhibit("tolls", draw, frame, title="Killed: {{{role}}}`x`", alt=f"{{day}}")'
    assert captions.read(code, {}).references == ((1, "caption role", role, ()),)


def test_the_books_own_texts_have_no_typed_number():
    book = config.read(ROOT)
    faults = []
    for part in manuscript.read(Edition(book, ROOT / "data", ROOT / "site")):
        faults += typed_numbers.problems(part.place, part.page.words, book.allowed_in_prose)
    assert not faults, "\n".join(map(str, faults))


def test_every_text_of_a_page_is_read():
    """A parser that lost a kind of token would let all through."""
    text = (ROOT / "book" / "methods.md").read_text(encoding="utf-8")
    read = " ".join(words for _, words in markdown.read(text, BOOK.markdown).words)
    for said in ("What a claim is", "a minimum, and no maximum", "We never take a midpoint."):
        assert said in read
