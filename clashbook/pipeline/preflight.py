"""Whether prose, notebooks, `_config.yml` and data fit together: said before anything runs."""

import csv
import json
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from clashbook import kept
from clashbook.bounds import NO_FIGURE
from clashbook.config import FILE_NAME, LICENCES, Config
from clashbook.counting.answers import Dead
from clashbook.counting.elsewhere import Prover
from clashbook.counting.holding import hangs_on
from clashbook.counting.steps import ChoiceError
from clashbook.dataset import rows
from clashbook.dataset.tables import DataError, Dataset, Problem
from clashbook.files import RefusedError
from clashbook.language import NO_BREAK, is_day
from clashbook.pipeline import contents, manuscript, notebooks, references
from clashbook.pipeline.edition import Edition
from clashbook.pipeline.manuscript import nearest
from clashbook.prose import conditions, numbers, typed_numbers
from clashbook.website import redirects

# Where the settings of the book lie, as messages name it.
SETTINGS = f"{FILE_NAME}, clashbook"
# The tables of which a notebook is handed the rows of its domains.
OF_DOMAINS = {"claims", "observations", "series"}


class Fault(NamedTuple):
    """What is wrong with a text, in one line, and the lines of a page or a cell that it is about.

    `line` is 0 where it is about more than one place, `last` where it ends with what stands in its
    line: a reference to `target`.
    """

    words: str
    place: str
    line: int
    last: int = 0
    target: str = ""


class TextError(RefusedError):
    """Prose that its numbers do not bear out; the message has one line a fault."""


def checked(edition: Edition) -> Dataset:
    """Return the edition's data, or refuse: every problem of every part at once.

    Raises
    ------
    DataError
        With every problem of the tables, of `_config.yml` and of the notebooks' parameters.
    """
    problems = [
        Problem(name, 0, "", "", "is missing", "the terms into a file of this name")
        for name in LICENCES
        if not (edition.config.root / name).is_file()
    ]
    try:
        data = edition.data
    except DataError as error:
        problems += notebook_problems(edition)
        raise DataError([*error.problems, *problems]) from error
    problems += notebook_problems(edition, data)
    if not edition.as_of:
        # Cut to an earlier day, the data may not know every episode and party yet.
        problems += config_problems(edition.config, data)
        problems += printed_problems(edition.data_dir, data)
    if problems:
        raise DataError(problems)
    return data


def notebook_problems(edition: Edition, data: Dataset | None = None) -> Iterator[Problem]:
    """Yield what is wrong with the notebooks' metadata, and with the parameters set for them.

    Where the data are sound, also the tables and domains that a notebook says it reads and the data
    do not have; and that it reads claims or series, and of no domain: it would get none.
    """
    domains = [] if data is None else sorted(set(data.indicators["domain"]))
    for name, parameters in edition.config.notebooks.items():
        if name not in edition.notebooks:
            way_out = ", ".join(edition.notebooks) or "no notebooks: at all"
            yield _setting(f"notebooks.{name}", "", "no such notebook", way_out)
        for given in notebooks.GIVEN:
            if given in parameters:
                fault = "the build sets this for every notebook"
                yield _setting(f"notebooks.{name}.parameters", given, fault, "nothing")
    yield from contents.problems(edition)
    for name, path in edition.notebooks.items():
        parameters = edition.config.notebooks.get(name, {})
        try:
            tables, of_domains = notebooks.declared(path)
            for number, value, fault, way_out in notebooks.cell_faults(path):
                yield Problem(f"{path.name}, cell {number}", 0, "", value, fault, way_out)
            for unknown, choice in notebooks.misnamed(path, parameters):
                fault = "the notebook has no such parameter"
                yield Problem(path.name, 0, "", unknown, fault, choice)
        except ValueError as error:
            fault, _, way_out = str(error).partition("; write ")
            way_out = way_out or "it as JupyterLab saves a notebook"
            yield Problem(path.name, 0, "", "", fault.splitlines()[0], way_out)
            continue
        if data is None:
            continue
        if not of_domains and (empty := OF_DOMAINS & set(tables)):
            fault = "is empty, because no domain is named"
            way_out = f'"domains": {json.dumps(domains)}, or some of them'
            yield Problem(path.name, 0, "", min(empty), fault, way_out)
        yield from _unknown(path.name, tables, list(data.tables), "a table")
        yield from _unknown(path.name, of_domains, domains, "a domain")


def saved_outputs(edition: Edition) -> Iterator[str]:
    """Name each notebook that was saved with outputs: no build reads them, and they go stale."""
    for path in edition.notebooks.values():
        cells = enumerate(notebooks.read(path).cells, start=1)
        if kept := [str(number) for number, cell in cells if cell.get("outputs")]:
            where = f"{path.name}, cell {', '.join(kept)}"
            yield f"{where}: saved with outputs; remove them: make strip"


def notices(edition: Edition) -> Iterator[str]:
    """Yield what is worth knowing once: weak sources, and what the headline numbers hang on."""
    data = edition.data
    lacking = set(data.sources.source_id[data.sources.url == ""])
    used = data.claims[data.claims.source_id.isin(lacking)]
    for source in dict.fromkeys(used.source_id):
        yield f"sources.csv: {source} has no web address, but claims cite it"
    # Data of an earlier version do not say what a source is.
    has_kinds = "kind" in data.sources
    weak = set(data.sources.source_id[data.sources.kind == "scraper"]) if has_kinds else set()
    for episode in edition.config.focus:
        dead = Dead(data, episode)
        alone = {(change.party, change.name): change.toll.text for change in hangs_on(dead)}
        for party, answer in dead.answers().items():
            for key in sorted(answer.toll.claims):
                claim = dead.claims[key]
                number = f"the number killed in {episode}, {party},"
                source = f"{key} of {claim.source_id}"
                if claim.source_id in lacking:
                    yield f"{number} rests on {source}, which has no address"
                if claim.source_id in weak:
                    yield f"{number} rests on {source}, an unsigned copy or translation"
                if not claim.has_number:
                    yield f"{number} rests on {source}, which gives no number"
                if (party, key) in alone:
                    words = alone[party, key].replace(NO_BREAK, " ") or NO_FIGURE
                    yield f"{number} hangs on one claim, {key}: without it, {words}"


def said_first(edition: Edition, found: Iterable[str]) -> list[str]:
    """Those of some notices that no check before has given; it remembers them."""
    folder, now = edition.config.root / ".build" / "noticed", list(found)
    before = kept.find(folder, "notices") or []
    kept.keep(folder, "notices", now)
    return [notice for notice in now if notice not in before]


def config_problems(config: Config, data: Dataset) -> Iterator[Problem]:
    """Yield the parties and episodes of `_config.yml` that the data do not have."""
    # An early edition knows fewer episodes: they are compared with the data as they lie.
    known = list(data.episodes["episode_id"])
    yield from _unknown(f"{SETTINGS}.focus", config.focus, known, "a clash")
    begins = dict(zip(known, data.episodes["start"], strict=True))
    in_time = sorted(config.focus, key=lambda episode: begins.get(episode, ""))
    if in_time != config.focus and set(config.focus) <= set(known):
        yield _setting("focus", ", ".join(config.focus), "not in order of time", ", ".join(in_time))
    parties = data.parties()
    for party in sorted(set(parties) - set(config.parties)):
        yield _setting("parties", party, "a belligerent without a colour", f"{party}: ...")
    yield from _unknown(f"{SETTINGS}.parties", config.parties, parties, "a belligerent")
    if set(parties) == {*config.parties} and parties != [*config.parties]:
        given, due = ", ".join(config.parties), ", ".join(parties)
        yield _setting("parties", given, "not in the order of actors.csv", due)


def printed_problems(data_dir: Path, data: Dataset) -> Iterator[Problem]:
    """Yield the numbers seen elsewhere whose choice does not give them, each with its line."""
    proofs = [
        (one, proof) for one, proof in Prover(data).proofs() if isinstance(proof, ChoiceError)
    ]
    if not proofs:
        return
    table = rows.Printed.record_kind.table
    with (data_dir / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        lines = {row[rows.Printed.record_kind.key]: reader.line_num for row in reader}
    for one, error in proofs:
        line, fault, way_out = lines[one.id], error.fault, error.way_out
        yield Problem(f"{table}.csv", line, "choice", one.choice, fault, way_out)


def _unknown(file: str, given: Iterable[str], known: list[str], what: str) -> Iterator[Problem]:
    """Each name that is none of those that are known, of which `what` is one: "a table"."""
    for name in sorted(set(given) - set(known)):
        yield Problem(file, 0, "", name, f"no such {what.split()[1]}", nearest(name, known, what))


def texts(edition: Edition) -> dict[str, str]:
    """What the edition's readers read: each page of prose and notebook, by file name."""
    return manuscript.texts(manuscript.shown(manuscript.read(edition), edition.numbers))


def checked_texts(edition: Edition) -> list[numbers.Number]:
    """Return the numbers that the edition's texts refer to, by id, or refuse.

    Raises
    ------
    TextError
        Naming each typed and each unknown number, each reference that leads nowhere, and each
        sentence whose condition does not hold.
    """
    parts, known = manuscript.read(edition), edition.numbers
    allowed = edition.config.allowed_in_prose
    typed = (typed_numbers.problems(part.place, part.page.words, allowed) for part in parts)
    wrong = dict.fromkeys(fault.words for fault in faults(parts, edition, known))
    found = [*map(str, chain.from_iterable(typed)), *wrong]
    ids = set() if wrong else manuscript.numbers_of(manuscript.shown(parts, known))
    if not (wrong or edition.as_of):
        # An early edition leaves out what leads to something that it does not know yet.
        is_there = references.addresses(parts, known, {f"number-{name}" for name in ids})
        pages = {redirects.page_of(key) for key in edition.config.cut}
        leads = edition.config.redirects
        found += redirects.faults(leads, lambda to: to in pages or is_there(to))
        found += redirects.faults_of_cut(edition.config.cut, is_there)
    if found:
        raise TextError("\n".join(found))
    return numbers.compute(known, ids)


def checked_editions(edition: Edition) -> list[str]:
    """Return the days of all editions that a passage or a cell begins with, each checked.

    The data, the pages and the notebooks are read once and cut to each day.

    Raises
    ------
    TextError
        Naming each fault with the first day on which it is one.
    """
    parts = manuscript.read(edition)
    found: dict[str, str] = {}
    first = min(day for day in edition.data.claims.reported_on if day)
    days = [day for day in manuscript.days(parts) if first <= day <= edition.data.as_of]
    for day in days:
        for fault in faults(parts, edition, numbers.Numbers(edition.data.cut(day))):
            found.setdefault(fault.words, day)
    if found:
        raise TextError("\n".join(f"as known on {day}: {fault}" for fault, day in found.items()))
    return days


def late_passages(edition: Edition) -> Iterator[str]:
    """Yield a warning for each day from which on a passage holds that the data do not reach."""
    for day in manuscript.days(manuscript.read(edition), begun=True):
        if is_day(day) and day > edition.data.as_of:
            yield f"what begins on {day} is in no edition yet: the data end before it"


def faults(
    parts: list[manuscript.Part], edition: Edition, known: numbers.Numbers
) -> Iterator[Fault]:
    """Yield what no longer holds in the texts of an edition, or refers to what is not there."""
    ids = manuscript.all_ids(edition.data_dir, known.data.package)
    for problem in references.problems(parts, known, ids, edition.prose):
        yield Fault(str(problem), problem.file, problem.line, target=problem.value)
    for part in manuscript.shown(parts, known):
        for line, text in enumerate(part.page.text.split("\n"), start=1):
            for number_id, fault in numbers.undeclared(known, numbers.references([text])).items():
                where = f"{part.place} line {line}"
                yield Fault(f"{where}: {fault}", part.place, line, target=number_id)
        named = [passage for passage in part.page.passages if passage.name in ("holds", "else")]
        found = conditions.findings(part.page, part.place)
        for passage, finding in zip(named, found, strict=True):
            if fault := _unmet(finding, known):
                yield Fault(fault, part.place, passage.first, passage.last)


def _unmet(finding: conditions.Finding, known: numbers.Numbers) -> str:
    """Why a sentence cannot stand on its condition; "" where it can, or its numbers are wrong."""
    try:
        compared = conditions.referred(finding.condition)
    except ValueError as error:
        return f"{finding.place}: {error}"
    for fault in numbers.undeclared(known, compared).values():
        return f"{finding.place}: {fault}"
    if finding.has_else or numbers.undeclared(known, numbers.references([finding.text])):
        return ""
    return conditions.broken(finding, known)


def _setting(key: str, value: str, fault: str, way_out: str) -> Problem:
    return Problem(f"{SETTINGS}.{key}", 0, "", value, fault, way_out)
