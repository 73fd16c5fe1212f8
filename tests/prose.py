"""What the book's pages and notebooks say, sentence by sentence, with the conditions of each."""

import ast
import re
from dataclasses import dataclass
from pathlib import Path

from clashbook.dataset.tables import load
from clashbook.pipeline.notebooks import prepare, read
from clashbook.prose import conditions, markdown
from clashbook.prose.numbers import REFERENCE, Numbers

ROOT = Path(__file__).parent.parent
CAPTIONS = ("title", "subtitle", "note", "alt")
# Where one sentence ends and the next begins; a reference is no end.
END = re.compile(r"(?<=[.!?])\s+(?=[A-Z{\[“])")
FENCE = re.compile(r"^\s*:{3,}")
ITEM = re.compile(r"^\s*([-*]|\d+\.)\s+")


@dataclass(frozen=True)
class Passage:
    """A paragraph, an item of a list or a caption."""

    place: str
    text: str
    conditions: tuple[str, ...] = ()

    @property
    def sentences(self):
        return END.split(self.text)

    @property
    def numbers(self):
        """The ids of the numbers that its text prints."""
        return {key for role, key in REFERENCE.findall(self.text) if role == "number"}


def passages(day, root=ROOT):
    """Every passage of the edition of a day, captions of exhibits among them."""
    numbers = Numbers(load(root / "data", day))
    for path in sorted((root / "book").glob("*.md")):
        yield from _of_text(path.name, path.read_text("utf-8"), numbers)
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        for cell in prepare(read(path), day).cells:
            if cell.cell_type == "markdown":
                yield from _of_text(path.name, cell.source, numbers)
            else:
                yield from _of_code(path.name, cell.source)


def _of_text(place, text, numbers):
    page = conditions.cut(markdown.read(text), numbers)
    lines, held = [], ()
    for number, line in enumerate([*page.text.split("\n"), ""], start=1):
        is_fence = bool(FENCE.match(line))
        if (not line.strip() or is_fence or ITEM.match(line)) and lines:
            yield Passage(place, " ".join(lines), held)
            lines = []
        if line.strip() and not is_fence:
            lines.append(line.strip())
            held = tuple(
                each.argument
                for each in page.passages
                if each.name == "holds" and each.first <= number <= each.last
            )


def _of_code(place, source):
    for call in ast.walk(ast.parse(source)):
        for each in getattr(call, "keywords", []):
            if each.arg in CAPTIONS and isinstance(each.value, (ast.Constant, ast.JoinedStr)):
                parts = getattr(each.value, "values", [each.value])
                words = [part.value for part in parts if isinstance(part, ast.Constant)]
                yield Passage(f"{place}, {each.arg}", "".join(words))
