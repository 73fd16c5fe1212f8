"""Claims and Counts: what is claimed about an episode of a conflict, counted and shown.

A notebook opens the book with `open`; the build, the command line and the pages use the rooms.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clashbook.figures.exhibit.book import Book


def open(data_dir: str | Path = "", as_of: str = "") -> Book:
    """The book as a notebook of it has it: its data as of a day, its numbers, its exhibits.

    Parameters
    ----------
    data_dir : str or Path
        Folder of the tables; empty for the project's own.
    as_of : str
        ISO date; empty for the last day in the data.

    Raises
    ------
    clashbook.dataset.tables.DataError
        If the data are not fit for use.
    clashbook.config.ConfigError
        If the settings are not.
    clashbook.figures.exhibit.ExhibitError
        If papermill was given a parameter that the notebook does not have.
    """
    # Here and not above: whoever imports the package need not wait for pandas and matplotlib.
    from clashbook import config
    from clashbook.dataset import tables
    from clashbook.figures.exhibit import parameters
    from clashbook.figures.exhibit.book import Book
    from clashbook.prose.numbers import Numbers

    parameters.check()
    settings = config.read()
    data = tables.load(data_dir or settings.root / "data", as_of, settings.checked)
    numbers = Numbers(data)
    return Book(numbers.data, settings, numbers)
