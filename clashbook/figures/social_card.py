"""The picture that stands for the book where its address is passed on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure
from PIL.PngImagePlugin import PngInfo

from clashbook.about import About
from clashbook.figures.charts import figure, style
from clashbook.figures.charts.sheet import Sheet
from clashbook.figures.charts.style import colour, drawing, text_width, wrap
from clashbook.language import NO_BREAK, day_in_words, sentence, until

# As large as those who show such cards ask for.
NAME, WIDTH, HEIGHT = "card.png", 1200, 630
LEFT, GAP = 80, 48
# The largest size at which a toll fits its column, of these.
SIZES = (88, 76, 64, 52, 40, 32)


def png(about: About) -> bytes:
    """The card as PNG; the same bytes on every run.

    Parameters
    ----------
    about : About
        What the edition says of itself. Without a headline the card has the title, the date and
        the version alone.
    """
    style.register_typeface()
    inches = (WIDTH / style.PIXELS_PER_INCH, HEIGHT / style.PIXELS_PER_INCH)
    with drawing():
        card = Figure(figsize=inches, dpi=style.PIXELS_PER_INCH, facecolor=colour("page"))
        sheet = Sheet.of(card.add_subplot())
        sheet.finish(HEIGHT)
        y = _titles(sheet, about)
        _tolls(sheet, about.headlines, max(y + 40, 300))
        sheet.write(LEFT, HEIGHT - 64, _known(about), size=26, colour=colour("second"))
    return figure.png(card, PngInfo(), style.PIXELS_PER_INCH, style.PIXELS_PER_INCH)


def alt(about: About) -> str:
    """What the card says, for who cannot see it."""
    tolls = [f"{toll['text']} {_counted(toll)}." for toll in about.headlines]
    title = ": ".join(filter(None, [about.title, about.subtitle]))
    return " ".join([f"{title}.", *map(sentence, tolls), _known(about)])


def _titles(sheet: Sheet, about: About) -> float:
    """Title and subtitle; returns where they end."""
    titles = wrap(about.title, 64, WIDTH - 2 * LEFT, bold=True)
    y = sheet.write(LEFT, 96, titles, size=64, bold=True, step=70)
    subtitles = wrap(sentence(about.subtitle), 34, WIDTH - 2 * LEFT)
    return sheet.write(LEFT, y, subtitles, size=34, colour=colour("second"), step=42)


def _tolls(sheet: Sheet, headlines: Sequence[Mapping], top: float) -> None:
    """A column a toll, in the order of time, all in one size: none is the larger news."""
    if not headlines:
        return
    room = (WIDTH - 2 * LEFT - GAP * (len(headlines) - 1)) / len(headlines)
    texts = [toll["text"] for toll in headlines]
    fitting = (s for s in SIZES if all(text_width(t, s, bold=True) <= room for t in texts))
    size = next(fitting, SIZES[-1])
    for index, toll in enumerate(headlines):
        x = LEFT + index * (room + GAP)
        sheet.line((x, x + room), (top, top), colour("ink"), lw=3)
        sheet.write(x, top + 72, toll["text"], size=size, bold=True)
        lines = wrap(_counted(toll), 28, room)
        sheet.write(x, top + 142, lines, size=28, colour=colour("second"), step=36)


def _counted(headline: Mapping) -> str:
    name = headline["name"].replace(" ", NO_BREAK)
    day = day_in_words(headline["newest"])
    return f"reported killed in {name}, both sides together{until(day)}"


def _known(about: About) -> str:
    return f"As known on {day_in_words(about.as_of)}. Data version {about.version}."
