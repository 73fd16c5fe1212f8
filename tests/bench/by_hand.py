"""The book by hand: papermill on each notebook, then Jupyter Book, then the exhibits' files.

What somebody does who has the notebooks and no build: nothing is skipped and nothing runs at once.
Notebooks make every file of every exhibit themselves, so executing them is most of the third step;
here they are written out as files. The data are not checked beforehand and the pages not trimmed.
This script is what the build is measured against: it is not changed when the build is.

    python tests/bench/by_hand.py FOLDER

FOLDER is emptied, and gets `notebooks/`, `stage/`, `pages/` and `exhibits/`.
"""

import base64
import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MIME = "application/vnd.clashbook.exhibit+json"


def run(*command: str | Path) -> None:
    done = subprocess.run(command, cwd=ROOT / "notebooks", capture_output=True, check=False)
    if done.returncode:
        sys.exit((done.stdout + done.stderr).decode(errors="replace"))


def execute(source: Path, target: Path) -> None:
    """Run a notebook on its defaults, as papermill's command line does."""
    run(sys.executable, "-m", "papermill", "--no-progress-bar", source, target)


def main(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    executed, exhibits = folder / "notebooks", folder / "exhibits"
    for made in (executed, exhibits):
        made.mkdir(parents=True)
    for source in sorted((ROOT / "notebooks").glob("*.ipynb")):
        execute(source, executed / source.name)
    render(folder, sorted(executed.glob("*.ipynb")))
    for notebook in executed.glob("*.ipynb"):
        write_exhibits(notebook, exhibits)


def render(folder: Path, notebooks: list[Path]) -> None:
    """Give Jupyter Book the prose, the notebooks and the facts that the pages' directives read."""
    stage = folder / "stage"
    script = (
        "import shutil\n"
        "import sys\n"
        "from pathlib import Path\n"
        "from clashbook import config\n"
        "from clashbook.pipeline import stage, steps\n"
        "from clashbook.pipeline.edition import Edition\n"
        "folder, *notebooks = map(Path, sys.argv[1:])\n"
        "found = config.read()\n"
        "edition = Edition(found, found.root / 'data', folder / 'site')\n"
        "shutil.rmtree(edition.work, ignore_errors=True)\n"
        "steps.check_data(edition)\n"
        "steps.compute_numbers(edition)\n"
        "stage.gather(folder / 'stage', found, notebooks, edition.facts)\n"
    )
    run(sys.executable, "-c", script, folder, *notebooks)
    book = "from jupyter_book.cli.main import main; main()"
    options = ("--config", ROOT / "_config.yml", "--toc", stage / "_toc.yml")
    run(sys.executable, "-c", book, "build", stage, "--path-output", folder / "pages", *options)


def write_exhibits(notebook: Path, folder: Path) -> None:
    """Write the files of a notebook's exhibits, which its outputs hold."""
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        for output in cell.get("outputs", []):
            files = output.get("data", {}).get(MIME, {}).get("files", {})
            for name, content in files.items():
                (folder / Path(name).name).write_bytes(base64.b64decode(content))


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
