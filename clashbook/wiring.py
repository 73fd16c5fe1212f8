"""Whether prose, notebooks, `_config.yml` and data fit together: said before anything runs."""

import difflib
from collections.abc import Iterable, Iterator

from clashbook import execute, findings, numbers, typed
from clashbook.config import FILE_NAME, Config
from clashbook.dataset import Dataset, Problem
from clashbook.edition import Edition


class TextError(ValueError):
    """Prose that its numbers do not bear out; the message has one line a fault."""


def notebook_problems(edition: Edition) -> Iterator[Problem]:
    """Yield what is wrong with the notebooks' metadata, and with the parameters set for them."""
    for name, parameters in edition.config.notebooks.items():
        if name not in edition.notebooks:
            way_out = ", ".join(edition.notebooks) or "no notebooks: at all"
            yield _setting(f"notebooks.{name}", "", "no such notebook", way_out)
        for given in execute.GIVEN:
            if given in parameters:
                fault = "the build itself hands this to every notebook"
                yield _setting(f"notebooks.{name}.parameters", given, fault, "nothing")
    for name, path in edition.notebooks.items():
        parameters = edition.config.notebooks.get(name, {})
        try:
            execute.declared(path)
            for unknown, choice in execute.misnamed(path, parameters):
                fault = "the notebook has no such parameter"
                yield Problem(path.name, 0, "", unknown, fault, choice)
        except ValueError as error:
            fault, _, way_out = str(error).partition("; write ")
            yield Problem(path.name, 0, "", "", fault, way_out)


def saved_outputs(edition: Edition) -> Iterator[str]:
    """Name each notebook that was saved with outputs: no build reads them, and they go stale."""
    for path in edition.notebooks.values():
        try:
            cells = enumerate(execute.read(path).cells, start=1)
        except ValueError:
            continue  # reported by `notebook_problems`
        if kept := [str(at) for at, cell in cells if cell.get("outputs")]:
            where = f"{path.name}, cell {', '.join(kept)}"
            yield f"{where}: saved with outputs; take them out: make strip"


def reading_problems(edition: Edition, data: Dataset) -> Iterator[Problem]:
    """Yield the tables and domains that notebooks say they read and the data do not have."""
    domains = sorted(set(data.indicators["domain"]))
    for path in edition.notebooks.values():
        try:
            named = execute.declared(path)
        except ValueError:
            continue  # reported by `notebook_problems`
        for kind, values, known in zip(
            ("table", "domain"), named, (list(data.tables), domains), strict=True
        ):
            for value in sorted(set(values) - set(known)):
                yield Problem(path.name, 0, "", value, f"no such {kind}", _nearest(value, known))


def config_problems(config: Config, data: Dataset) -> Iterator[Problem]:
    """Yield the parties and episodes of `_config.yml` that the data do not have."""
    # An early edition knows fewer episodes: they are compared with the data as they lie.
    known = list(data.episodes["episode_id"])
    for episode in config.focus:
        if episode not in known:
            yield _setting("focus", episode, "no such episode", _nearest(episode, known))
    parties = data.parties()
    for party in sorted(set(config.parties) ^ set(parties)):
        if party in parties:
            yield _setting("parties", party, "a belligerent without a colour", f"{party}: ...")
        else:
            yield _setting("parties", party, "no such belligerent", _nearest(party, parties))


def texts(edition: Edition) -> dict[str, str]:
    """What the edition's readers read: each page of prose and notebook, by file name."""
    day = edition.data.as_of
    read = {
        path.name: path.read_text(encoding="utf-8") for path in sorted(edition.prose.glob("*.md"))
    }
    for path in edition.notebooks.values():
        cells = execute.prepare(execute.read(path), day).cells
        read[path.name] = "\n".join(cell.source for cell in cells)
    return {name: findings.active(text, day) for name, text in read.items()}


def checked_texts(edition: Edition) -> list[numbers.Number]:
    """Return the numbers that the edition's texts refer to, by id, or refuse.

    Raises
    ------
    TextError
        Naming each typed and each unknown number, each sentence whose condition does not hold, and
        each declaration that no text of the full edition uses.
    """
    read = texts(edition)
    found = [
        each
        for name, text in read.items()
        for each in findings.findings(text, edition.data.as_of, name)
    ]
    ids = numbers.references(read.values())
    try:
        ids = ids.union(*(findings.referred(finding.condition) for finding in found))
    except ValueError as error:
        raise TextError(str(error)) from error
    known, faults = numbers.Numbers(edition.data), [*map(str, typed_numbers(edition))]
    unknown = [
        f"{_places(edition, number_id)}{fault}"
        for number_id in sorted(ids)
        for fault in numbers.undeclared(known, [number_id])
    ]
    if unknown:
        raise TextError("\n".join([*faults, *unknown]))
    computed = numbers.compute(known, ids)
    faults += filter(None, (findings.broken(finding, known) for finding in found))
    if not edition.as_of:
        # An earlier edition has not yet the passages that use the rest.
        faults += _unused(known)
    if faults:
        raise TextError("\n".join(faults))
    return computed


def _places(edition: Edition, number_id: str) -> str:
    """Where texts refer to a number: page and line, or notebook, cell and the exhibits it makes."""
    found = [
        f"{path.name} line {at}"
        for path in sorted(edition.prose.glob("*.md"))
        for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if number_id in line
    ]
    for path in edition.notebooks.values():
        for at, cell in enumerate(execute.read(path).cells, start=1):
            if number_id in cell.source:
                keys = typed.exhibits_in(cell) if cell.cell_type == "code" else []
                made = [f"exhibit {key}" for key in keys]
                found.append(", ".join([f"{path.name}, cell {at}", *made]))
    return f"{'; '.join(found)}: " if found else ""


def typed_numbers(edition: Edition) -> Iterator[Problem]:
    """Yield the numbers that pages and notebooks type where a reference should stand."""
    for path in sorted(edition.prose.glob("*.md")):
        yield from typed.in_page(path.name, path.read_text(encoding="utf-8"), edition.config)
    for path in edition.notebooks.values():
        yield from typed.in_notebook(path.name, execute.read(path), edition.config)


def _unused(known: numbers.Numbers) -> Iterator[str]:
    for pattern in numbers.unused(known.data, known.asked):
        yield (
            f"number {pattern!r} is declared and no text refers to it; write a reference to it, "
            "or take its declaration away"
        )


def _setting(key: str, value: str, fault: str, way_out: str) -> Problem:
    return Problem(f"{FILE_NAME}, clashbook.{key}", 0, "", value, fault, way_out)


def _nearest(value: str, known: Iterable[str]) -> str:
    known = list(known)
    return " or ".join(difflib.get_close_matches(value, known, cutoff=0.3) or sorted(known))
