"""What each step of the build does; `tasks` says in which order, and when one is skipped.

What draws and renders is slow to import, and the steps before the notebooks do without it.
"""

import base64
import shutil
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from clashbook import counting, files, kept
from clashbook.about import About, Marker
from clashbook.analysis import casualties
from clashbook.config import FILE_NAME
from clashbook.counting.elsewhere import Proof, Prover
from clashbook.counting.steps import ChoiceError
from clashbook.dataset.tables import Dataset, vouch
from clashbook.formats import citation, downloads
from clashbook.pipeline import citable, manuscript, notebooks, preflight, warm
from clashbook.pipeline.edition import CHOICES, Edition
from clashbook.pipeline.seals import digest
from clashbook.prose import numbers, telling


def check_data(edition: Edition) -> None:
    """Write the edition's cut of the data, and for each notebook the part that it declares."""
    data = preflight.checked(edition)
    data.write(files.fresh(edition.facts / "data"))
    vouch(edition.facts / "data", edition.config.checked)
    shutil.rmtree(edition.work / "inputs", ignore_errors=True)
    for name, path in edition.notebooks.items():
        tables, domains = notebooks.declared(path)
        data.select(tables, domains).write(files.fresh(edition.inputs(name)))
        vouch(edition.inputs(name), edition.config.checked)
    config = edition.config
    state = {"as_of": data.as_of, "version": data.version, "issued": data.issued}
    made = {
        **vars(config),
        **state,
        "created": data.package["created"],
        "home": citation.home(config, edition.as_of),
        "base": citation.address(config, data.as_of, data.version, ""),
        "latest": not edition.as_of,
        "draft": edition.draft is not None,
        "headlines": casualties.headlines(data, config.focus),
        "pdf": f"{downloads.name(config.title, data.as_of, data.version)}.pdf",
        "citation": citation.of_edition(config, **state),
    }
    About.of(made).write(edition.facts)


def compute_numbers(edition: Edition) -> None:
    """Compute every number that prose and captions refer to.

    Raises
    ------
    clashbook.pipeline.preflight.TextError
        As `preflight.checked_texts` does.
    """
    used_on = manuscript.used_on(preflight.texts(edition))
    shown = preflight.checked_texts(edition)
    table = [{**asdict(one), "used_on": used_on.get(one.id, [])} for one in shown]
    files.write_json(edition.facts / "numbers.json", {"as_of": edition.day, "numbers": table})
    files.write_json(edition.facts / citable.FILE, citable.items(edition, shown))
    files.write_json(edition.facts / "tolls.json", outcomes(edition.data))
    files.write_json(edition.facts / "elsewhere.json", proofs(edition.data))
    files.write_json(edition.facts / "telling.json", [row._asdict() for row in coverage(edition)])


def coverage(edition: Edition) -> list[telling.Coverage]:
    """What the pages tell of either side; the page that says so is not among them."""
    parts = manuscript.shown(manuscript.read(edition), edition.numbers)
    texts = manuscript.texts(part for part in parts if not part.is_code)
    read = {name: text for name, text in texts.items() if "{telling}" not in text}
    return telling.of_pages(read, edition.numbers, edition.config.one_sided)


def outcomes(data: Dataset) -> dict[str, dict]:
    """Return for each claim the tolls it enters, or the rule and the reason that leave it out."""
    result: dict[str, dict] = {}
    for episode in data.episodes["episode_id"]:
        count = counting.count(data, episode)
        for claim_id in count.claims:
            entered = [toll for toll in count.tolls.values() if claim_id in toll.claims]
            enters = [_entered(count, toll) for toll in entered]
            result[claim_id] = {"enters": enters, "rule": None, "reason": ""}
        for claim_id, left in count.left_out.items():
            result[claim_id] = {"enters": [], "rule": left.rule, "reason": left.reason}
    return result


def proofs(data: Dataset) -> dict[str, dict]:
    """Return for each number seen elsewhere its sum and grounds.

    One whose choice uses what is not known yet is not among them; one without a choice has none.
    """
    return {
        one.id: {} if proof is None else _proved(proof)
        for one, proof in Prover(data).proofs()
        if not isinstance(proof, ChoiceError)
    }


def _proved(proof: Proof) -> dict:
    left = proof.left_out
    return {
        "sum": "" if proof.is_alone else proof.words,
        "day": proof.day,
        "chosen": proof.chosen,
        "rule": left.rule if left else 0,
        "reason": left.reason if left else "",
        "claims": sorted({claim for term in proof.terms for claim in term.claims}),
        "series": sorted({series for term in proof.terms for series in term.series}),
    }


def _entered(count: counting.Count, toll: counting.Toll) -> dict[str, str]:
    """A toll as pages name it: its quantity, its words, its newest day, the id of its number."""
    return {
        "episode": count.episode,
        **toll.quantity._asdict(),
        "text": toll.text,
        "newest": max(count.newest(toll).values()),
        "number": numbers.toll_id(count.episode, toll.quantity),
    }


def run_notebook(edition: Edition, name: str) -> None:
    """Run one notebook; raise NotebookError if it fails, or changes the data that it reads."""
    source = edition.notebooks[name]
    read = [edition.data_dir, edition.inputs(name)]
    before = digest(read)
    given, limit = edition.parameters(name), edition.config.execution_timeout
    notebooks.execute(source, edition.executed(name), given, limit)
    if digest(read) != before:
        raise notebooks.NotebookError(
            f"notebook {name}: the data changed while it ran; it may read them and write nothing "
            f"there: restore {edition.data_dir.name}/"
        )


def cut_typeface(edition: Edition) -> None:
    """Cut the pages' typeface, beside the notebooks: in a process, since it holds a core."""
    if status := warm.run(_cut_once, edition.kept, files.fresh(edition.typeface)):
        raise files.SiteError(f"typeface not cut: its process ended with status {status}")


def _cut_once(kept_in: Path, folder: Path) -> None:
    """Write the typeface, which is the same for every edition."""

    def cut() -> dict[str, str]:
        from clashbook.figures import fonts

        made = fonts.subset(folder)
        return {path.name: base64.b64encode(path.read_bytes()).decode() for path in made}

    for name, content in kept.once(kept_in, "typeface", cut).items():
        (folder / name).write_bytes(base64.b64decode(content))


def count_choices(edition: Edition) -> None:
    """Write the count of each clash as a reader may choose, beside the notebooks."""
    folders = edition.facts, files.fresh(edition.counts), edition.kept, edition.config.checked
    if status := warm.run(_write_counts, *folders):
        raise files.SiteError(f"choices not counted: their process ended with status {status}")


def _write_counts(facts: Path, folder: Path, kept_in: Path, checked: Path) -> None:
    from clashbook.dataset import tables
    from clashbook.pages import choices
    from clashbook.pages.facts import Edition as Book

    data = tables.load(facts / "data", checked=checked)
    facts_of, counts = choices.of_episodes(data, Book.read(facts), kept_in)
    files.write_json(facts / CHOICES, facts_of)
    _write_all(folder, counts)


def make_cards(edition: Edition) -> None:
    """Write the card of each number, and what briefs quote: pages load both only when asked."""
    folders = edition.facts, files.fresh(edition.cards), edition.loaded, edition.config.checked
    if status := warm.run(_write_cards, *folders):
        raise files.SiteError(f"cards not made: their process ended with status {status}")


def _write_cards(facts: Path, folder: Path, loaded: Path, checked: Path) -> None:
    from clashbook.dataset import tables
    from clashbook.pages import cards
    from clashbook.pages.facts import Edition as Book
    from clashbook.website.checking import quotes

    book, items = Book.read(facts), citable.read(facts)
    _write_all(folder, cards.scripts(book, items))
    data = tables.load(facts / "data", checked=checked)
    quotes.write(loaded, quotes.of(book, data, items), f"schemas/{quotes.NAME}")


def _write_all(folder: Path, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        files.write_whole(folder / name, text.encode())


def make_pages(edition: Edition, jobs: int) -> None:
    """Render the stage, in a process of its own."""
    from clashbook.pipeline import stage

    config, log = edition.config.root / FILE_NAME, edition.work / "site.log"
    target, tools = edition.work / "rendered", edition.tools
    most = min(jobs, warm.CORES)
    stage.render(edition.stage, target, config, log, edition.day, tools, most)


def make_site(edition: Edition, digest: str, pdf: Path | None = None) -> None:
    """Put the site in place, with its PDFs if their folder is given; until then the last stay."""
    from clashbook.website import assemble

    edition.out.parent.mkdir(parents=True, exist_ok=True)
    new = files.beside(edition.out)["new"]
    about = edition.about
    marker = Marker(**{**vars(about), "digest": digest, "pdf": about.pdf if pdf else ""})
    folders = edition.pages, edition.stage, new
    assemble.complete(
        *folders, edition.config, marker, loaded=edition.loaded, pdf=pdf, kept=edition.kept
    )
    # A web server reads it, whatever the person who builds lets others read.
    for path in (new, *new.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    files.swap(new, edition.out)


def gather(edition: Edition) -> None:
    """Lay out what Jupyter Book is to render."""
    from clashbook.pipeline import stage

    executed = [edition.executed(name) for name in edition.notebooks]
    stage.gather(
        edition.stage, edition.config, executed, edition.facts, edition.typeface, edition.prose
    )


def write_pdf(edition: Edition) -> None:
    """Write the PDFs, each in a process of its own."""
    from clashbook.website.pdf import writing

    writing.write_apart(files.fresh(edition.pdf), edition.pages, edition.stage)
