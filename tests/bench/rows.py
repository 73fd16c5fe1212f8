"""How time and memory grow with the rows:

    python tests/bench/rows.py [--times 1 10 100] [--build 1 3 10]

The project's data are multiplied: each statement, series and source stands once more under another
id, with its relations among the copies, in the same episodes. For each size it prints seconds and
peak memory of reading, `check` and `toll`, and of a build from nothing without the PDF, with its
heaviest pages; and how much faster than the rows each of them grew.
"""

import argparse
import csv
import gzip
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = (".git", ".venv", ".build", "site", "site-*", "__pycache__", ".*_cache")
# The tables that grow, each with the columns that name a row of one of them.
GROWING = {
    "claims": ("claim_id", "related_claim", "source_id"),
    "reactions": ("reaction_id", "related_reaction", "source_id"),
    "events": ("event_id", "related_event", "source_id"),
    "series": ("series_id", "source_id"),
    "observations": ("series_id",),
    "sources": ("source_id", "title", "url"),
}
COMMANDS = {
    "reading": ["-c", "from clashbook.dataset import tables; tables.load('data')"],
    "check": ["-c", "from clashbook.cli import main; main()", "check"],
    "toll": ["-c", "from clashbook.cli import main; main()", "toll", "2022-09"],
}
BUILD = ["-c", "from clashbook.cli import main; main()", "build", "--no-pdf"]


def multiply(data: Path, times: int) -> int:
    """Put every growing row `times` into its table, and return how many rows there are."""
    total = 0
    for table, named in GROWING.items():
        path = data / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            columns, rows = list(reader.fieldnames or []), list(reader)
        copies = [
            {
                name: f"{cell}-{copy}" if name in named and cell else cell
                for name, cell in row.items()
            }
            for copy in range(1, times)
            for row in rows
        ]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows([*rows, *copies])
        total += len(rows) + len(copies)
    return total


def measured(project: Path, command: list[str]) -> tuple[float, float]:
    """Seconds and peak memory, in MiB, of a command and what it starts."""
    environment = {**os.environ, "PYTHONPATH": str(project)}
    watch = (
        "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:]).returncode; "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(done)"
    )
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", watch, sys.executable, *command],
        cwd=project, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        sys.exit(f"{command} failed:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return time.monotonic() - start, int(done.stdout.split()[-1]) / 1024


def heaviest(site: Path) -> str:
    pages = sorted(site.glob("*.html"), key=lambda page: -len(gzip.compress(page.read_bytes())))
    return ", ".join(
        f"{p.name} {len(gzip.compress(p.read_bytes())) / 1000:.0f} kB" for p in pages[:3]
    )


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--times", type=int, nargs="*", default=[1, 10, 100])
    options.add_argument("--build", type=int, nargs="*", default=[1, 3, 10])
    chosen = options.parse_args()
    first: dict[str, tuple[int, float]] = {}
    print(f"{'':14}{'rows':>8}{'seconds':>10}{'MiB':>8}   growth beside that of the rows")
    for times in sorted({*chosen.times, *chosen.build}):
        with tempfile.TemporaryDirectory() as folder:
            project = Path(folder) / "project"
            shutil.copytree(ROOT, project, ignore=shutil.ignore_patterns(*LEFT_OUT))
            rows = multiply(project / "data", times)
            asked = dict(COMMANDS) if times in chosen.times else {}
            asked |= {"build": BUILD} if times in chosen.build else {}
            for name, command in asked.items():
                seconds, memory = measured(project, command)
                least_rows, least = first.setdefault(name, (rows, seconds))
                growth = (seconds / least) / (rows / least_rows)
                weights = heaviest(project / "site") if name == "build" else ""
                print(f"{name:14}{rows:8}{seconds:10.2f}{memory:8.0f}   {growth:.2f}   {weights}")


if __name__ == "__main__":
    main()
