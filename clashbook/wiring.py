"""Whether notebooks, `_config.yml` and data fit together: what is wrong is said before any runs."""

import difflib
from collections.abc import Iterable, Iterator

from clashbook import execute
from clashbook.config import FILE_NAME, Config
from clashbook.dataset import Dataset, Problem
from clashbook.edition import Edition


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


def _setting(key: str, value: str, fault: str, way_out: str) -> Problem:
    return Problem(f"{FILE_NAME}, clashbook.{key}", 0, "", value, fault, way_out)


def _nearest(value: str, known: Iterable[str]) -> str:
    known = list(known)
    return " or ".join(difflib.get_close_matches(value, known, cutoff=0.3) or sorted(known))
