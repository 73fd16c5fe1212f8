"""How long the build takes, beside the same by hand: `make bench`, or with options

    python tests/bench/bench.py [--repeats 5]

All is measured in a copy of the project and in one run: every round takes each measure, so that
what slows the machine for a while slows all of them. Printed are medians with their spread, and
ratios of medians with their limits. Sites are built without the PDF, which is measured apart. It
takes half an hour, wants a machine that does nothing else, and is no part of `make test`.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
EARLIER = "2022-09-13"
# Built side by side once the first is there; what is measured is a share of one.
MANY = tuple(f"2022-09-{day}" for day in (14, 15, 16, 17, 19, 20))
ONE_OF_MANY = "one of many editions"
LEFT_OUT = (".git", ".venv", ".build", "site", "site-*", "node_modules", "__pycache__", ".*_cache")
COMMAND = ("-c", "from clashbook.cli import main; main()")
READ = "from clashbook.dataset import tables; tables.load('data')"
# How often a measure is taken in a round; what is short varies most.
SHORT = 3


@dataclass(frozen=True)
class Limit:
    """What the median of a measure may be, as a ratio to that of another."""

    name: str
    of: str
    most: float


LIMITS = (
    Limit("from nothing", "by hand", 0.6),
    Limit("nothing changed", "from nothing", 0.02),
    Limit("nothing changed", "import pandas", 2),
    Limit("one claim changed", "from nothing", 0.6),
    Limit("one word changed", "from nothing", 0.35),
    Limit("a further edition", "from nothing", 0.5),
    Limit(ONE_OF_MANY, "from nothing", 0.4),
    Limit("check", "reading and checking", 2),
    Limit("toll", "reading and checking", 2),
)


class Copy:
    """A copy of the project whose own code all commands run."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "project"
        shutil.copytree(ROOT, self.root, ignore=shutil.ignore_patterns(*LEFT_OUT))

    def python(self, *arguments: str | Path) -> None:
        environment = {**os.environ, "PYTHONPATH": str(self.root)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        command = [sys.executable, *arguments]
        done = subprocess.run(
            command, cwd=self.root, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            sys.exit(f"{command} failed:\n{done.stdout}{done.stderr}")

    def clashbook(self, *arguments: str) -> None:
        self.python(*COMMAND, *arguments)

    def build(self, *arguments: str) -> None:
        self.clashbook("build", "--no-pdf", *arguments)

    def by_hand(self) -> None:
        self.python("tests/bench/by_hand.py", self.root.with_name("by-hand"))

    def many(self) -> None:
        self.build("--editions", ",".join(MANY), "--publish", str(self.published))

    @property
    def published(self) -> Path:
        return self.root.with_name("published")

    def clear(self) -> None:
        for name in (".build", "site", f"site-{EARLIER}", self.published):
            shutil.rmtree(self.root / name, ignore_errors=True)

    def change(self, path: str, old: str) -> None:
        """Put one word more after the first `old` of a file."""
        file = self.root / path
        before, found, after = file.read_text(encoding="utf-8").partition(old)
        if not found:
            sys.exit(f'{path} has no "{old}"')
        file.write_text(f"{before}{found} again{after}", encoding="utf-8")


def measures(book: Copy) -> dict[str, tuple[Callable[[], None], Callable[[], None], int]]:
    """What is measured in a round, in its order: preparation, the measure, how often."""

    def nothing() -> None:
        pass

    def further() -> None:
        book.build("--as-of", EARLIER, "--out", f"site-{EARLIER}")

    def change_claim() -> None:
        book.change("data/claims.csv", "From a statement of the ministry")

    def change_word() -> None:
        book.change("book/methods.md", "In short: we record")

    return {
        "import pandas": (nothing, lambda: book.python("-c", "import pandas"), SHORT),
        "reading and checking": (nothing, lambda: book.python("-c", READ), SHORT),
        "check": (nothing, lambda: book.clashbook("check"), SHORT),
        "toll": (nothing, lambda: book.clashbook("toll", "2022-09"), SHORT),
        "by hand": (book.clear, book.by_hand, 1),
        "from nothing": (book.clear, book.build, 1),
        "nothing changed": (nothing, book.build, SHORT),
        "one claim changed": (change_claim, book.build, 1),
        "one word changed": (change_word, book.build, 1),
        "a further edition": (nothing, further, 1),
        ONE_OF_MANY: (nothing, book.many, 1),
        "the PDF": (nothing, lambda: book.clashbook("build"), 1),
    }


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--repeats", type=int, default=5, help="rounds; default: 5")
    repeats = options.parse_args().repeats
    taken: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        book = Copy(Path(folder))
        book.build()  # compiles the modules of the copy
        for number in range(1, repeats + 1):
            for name, (prepare, measure, times) in measures(book).items():
                for _ in range(times):
                    prepare()
                    start = time.monotonic()
                    measure()
                    seconds = time.monotonic() - start
                    share = len(MANY) if name == ONE_OF_MANY else 1
                    taken.setdefault(name, []).append(seconds / share)
                print(f"round {number}: {name} {taken[name][-1]:.1f} s", file=sys.stderr)
    show({name: sorted(values) for name, values in taken.items()})


def show(taken: dict[str, list[float]]) -> None:
    """Print the seconds of each measure, and the ratios that have a limit."""
    print(f"{os.cpu_count()} cores\n\n{'':22}{'median':>9}{'from':>9}{'to':>9}   seconds")
    for name, values in taken.items():
        print(f"{name:22}{median(values):9.2f}{values[0]:9.2f}{values[-1]:9.2f}")
    print(f"\n{'':44}{'ratio':>9}{'limit':>9}")
    for limit in LIMITS:
        ratio = median(taken[limit.name]) / median(taken[limit.of])
        outcome = "held" if ratio <= limit.most else "NOT HELD"
        pair = f"{limit.name} / {limit.of}"
        print(f"{pair:44}{ratio:9.3f}{limit.most:9.2f}   {outcome}")


if __name__ == "__main__":
    main()
