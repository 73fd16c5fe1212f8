"""The book that a notebook is a chapter of: its data, numbers and settings, and what it shows."""

from __future__ import annotations

import base64
import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from clashbook.analysis import economy
from clashbook.config import Config, Party
from clashbook.dataset.tables import Dataset
from clashbook.figures.charts import Draw, style
from clashbook.figures.charts.style import Side
from clashbook.figures.exhibit import bundle, embedding, files, record, rows, words
from clashbook.figures.exhibit.bundle import Exhibit, ExhibitError
from clashbook.figures.exhibit.drawing import Drawing
from clashbook.figures.exhibit.papers import Papers
from clashbook.formats import citation
from clashbook.language import day_in_words
from clashbook.prose.numbers import Numbers, UnknownNumberError

SVG, PNG = "image/svg+xml", "image/png"


@dataclass(frozen=True)
class Book:
    """An edition of the book, as `clashbook.open` gives it to a notebook.

    Parameters
    ----------
    data : Dataset
        Gives the as-of date, the names of parties and the sources.
    config : Config
        Gives the parties' colours and shapes, the licence and the address.
    numbers : Numbers
        What titles and notes refer to.
    """

    data: Dataset
    config: Config
    numbers: Numbers

    @property
    def focus(self) -> list[str]:
        """The ids of the episodes that the book is about."""
        return self.config.focus

    @property
    def parties(self) -> list[Side]:
        """The sides, in the order in which figures show them."""
        return sides_of(self.data, self.config)

    def series(self, *indicators: str) -> pd.DataFrame:
        """Every figure of some indicators, a row each; see `analysis.economy.series`."""
        return economy.series(self.data, *indicators)

    def in_words(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The frame with the columns of words that its figure and its table have."""
        return words.put(self.data, frame)

    def figure(
        self,
        id: str,
        draw: Draw,
        frame: pd.DataFrame,
        *,
        title: str,
        alt: str,
        subtitle: str = "",
        note: str = "",
        sources: Iterable[str] | None = None,
        columns: Mapping[str, str] | None = None,
        fold: str = "",
    ) -> Exhibit:
        """Show a frame as a figure, with its numbers as a table beneath.

        Parameters
        ----------
        id : str
            Its address: lower-case letters, figures and hyphens; never used for another.
        draw : callable
            ``draw(frame, ax)`` draws the frame, and nothing else, on a matplotlib Axes: a function
            of `clashbook.figures.charts`, or one of the notebook's own.
        frame : DataFrame
            Exactly what is drawn and listed. Ids of records stand space-separated in the columns
            claims, reactions, events, series_id or series.
        title, alt, subtitle, note : str
            The finding, the text alternative, the measure and what limits it; they may refer to
            numbers.
        sources : iterable of str, optional
            Source ids; by default those of the records that the rows rest on.
        columns : mapping of str to str, optional
            Columns of the table beneath, in order, and their headings; by default all but ids.
        fold : str, optional
            What the fold says in which that table stands, where it holds more than is drawn.

        Returns
        -------
        Exhibit
            For an empty frame one that says so in words, and is no part of the book.

        Raises
        ------
        ExhibitError
            If something above is missing or unknown.
        """
        if not callable(draw):
            raise ExhibitError(f"exhibit {id}: a figure needs a drawing function; write book.table")
        # A mark names its row by its place.
        frame = self.in_words(frame).reset_index(drop=True)
        texts = {"title": title, "subtitle": subtitle, "note": note, "alt": alt}
        made = bundle.made(self.data, id, frame, "figure", texts, sources, columns)
        made |= {"fold": fold} if made and fold else {}
        return self._shown(made, frame, Drawing(draw, frame, self.parties))

    def table(
        self,
        id: str,
        frame: pd.DataFrame,
        *,
        title: str,
        alt: str,
        subtitle: str = "",
        note: str = "",
        sources: Iterable[str] | None = None,
        columns: Mapping[str, str] | None = None,
        open: int = 0,
    ) -> Exhibit:
        """Show a frame as a table; parameters, result and errors as of `figure`.

        Of a long table the first `open` rows are shown, and the others folded.
        """
        frame = self.in_words(frame)
        texts = {"title": title, "subtitle": subtitle, "note": note, "alt": alt}
        made = bundle.made(self.data, id, frame, "table", texts, sources, columns)
        made |= {"open": open} if made and open else {}
        return self._shown(made, frame)

    def _shown(self, made: dict, frame: pd.DataFrame, drawing: Drawing | None = None) -> Exhibit:
        data = self.data
        if not made:
            return Exhibit({}, f"Nothing reported by {day_in_words(data.as_of)}.")
        try:
            resolved = {name: self.numbers.resolve(made[name]) for name in record.WORDS}
        except UnknownNumberError as error:
            raise ExhibitError(f"exhibit {made['id']}: {error}") from error
        edition = citation.of_edition(self.config, data.as_of, data.version, data.issued)
        about = made["record"] = record.about(made, resolved, self.config, edition)
        about["code"] = Papers.of(about, rows.csv(frame, about, made["row_sources"])).code
        made |= files.parts(made, frame, drawing, record.provenance(made, self.config))
        about["height"] = _height(made, self.config)
        title, named = resolved["title"], made["record"]["files"]
        if drawing:
            svg, png = (made["files"][named[kind]] for kind in ("svg", "png"))
            picture = base64.b64decode(svg).decode()
            return Exhibit(made, title, title, {SVG: picture, PNG: png})
        shown = frame[[*made["columns"]]].rename(columns=made["columns"])
        table = f"<p><b>{html.escape(title)}</b></p>{shown.to_html(index=False, na_rep='')}"
        return Exhibit(made, f"{title}\n{frame.to_string()}", title, {"text/html": table})


def _height(made: Mapping, config: Config) -> int:
    """The pixels of a frame that shows an exhibit on another page."""
    about = made["record"]
    source, *_ = record.provenance(made, config)
    credit = record.credit(made["as_of"], made["version"], config.licence)
    words = {**{name: about.get(name, "") for name in record.WORDS}, "source": source}
    drawings = {kind: made.get(f"svg_{kind}", "") for kind in ("wide", "phone")}
    listed = 0 if drawings["wide"] else len(made["rows"])
    return embedding.height({**words, "credit": f"{config.title}, {credit}"}, drawings, listed)


def sides_of(data: Dataset, config: Config) -> list[Side]:
    """How the parties are drawn: names and order from the data, colours and shapes from settings.

    That each belligerent has a colour is checked before a notebook runs.
    """
    return [_side(config.parties[party], data.name(party)) for party in data.parties()]


def palette_css(config: Config) -> str:
    """The style sheet of all figures, light and dark; see `charts.style.palette_css`."""
    return style.palette_css(map(_side, config.parties.values()))


def _side(party: Party, name: str = "") -> Side:
    return Side(party.id, name, party.colour, party.colour_dark, party.marker)
