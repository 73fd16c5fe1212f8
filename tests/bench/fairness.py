"""Build the book twice, its sides exchanged in the second, and print where the two differ.

Names, ids, order, colours and marks of the sides change places in data, settings, prose and
notebooks (`tests/swapped.py` has the words), and back in what was built. It takes some minutes:

    python tests/bench/fairness.py
"""

import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

import swapped  # noqa: E402


def main() -> int:
    """Return 1 if the two differ where they need not."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor() as workers:
        sites = [*workers.map(swapped.build, swapped.pair(ROOT, Path(folder) / "pair"))]
        found = [*swapped.differences(*sites)]
        read = sum(path.suffix in swapped.READERS for path in sites[0].rglob("*"))
    print(*found, f"{len(found)} of {read} pages, frames and drawings differ", sep="\n")
    print("cannot be equal, and is not compared:")
    for what, why in swapped.UNEQUAL.items():
        print(f"- {what}: {why}")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
