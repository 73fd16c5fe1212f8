"""The picture that stands for the book where its address is passed on."""

from __future__ import annotations

import io
from collections.abc import Mapping

from matplotlib.figure import Figure

from clashbook.about import About
from clashbook.figures.charts import style
from clashbook.figures.charts.style import Sheet, colour, drawing, text_width, wrap
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
    target = io.BytesIO()
    with drawing():
        figure = Figure(figsize=inches, dpi=style.PIXELS_PER_INCH, facecolor=colour("page"))
        sheet = Sheet.of(figure.add_subplot())
        sheet.finish(HEIGHT)
        y = _titles(sheet, about)
        _tolls(sheet, about.headlines, max(y + 40, 300))
        sheet.write(LEFT, HEIGHT - 64, _known(about), size=26, colour=colour("second"))
        figure.savefig(target, format="png", dpi=style.PIXELS_PER_INCH, metadata={"Software": None})
    return target.getvalue()


def alt(about: About) -> str:
    """What the card says, for who cannot see it."""
    tolls = [f"{each['text']} {_counted(each)}." for each in about.headlines]
    title = ": ".join(filter(None, [about.title, about.subtitle]))
    return " ".join([f"{title}.", *map(sentence, tolls), _known(about)])


def _titles(sheet: Sheet, about: About) -> float:
    """Title and subtitle; returns where they end."""
    y = 96.0
    for line in wrap(about.title, 64, WIDTH - 2 * LEFT, bold=True):
        sheet.write(LEFT, y, line, size=64, bold=True)
        y += 70
    for line in wrap(sentence(about.subtitle), 34, WIDTH - 2 * LEFT):
        sheet.write(LEFT, y, line, size=34, colour=colour("second"))
        y += 42
    return y


def _tolls(sheet: Sheet, headlines: list[Mapping], top: float) -> None:
    """A column a toll, in the order of time, all in one size: none is the larger news."""
    if not headlines:
        return
    room = (WIDTH - 2 * LEFT - GAP * (len(headlines) - 1)) / len(headlines)
    texts = [each["text"] for each in headlines]
    fitting = (s for s in SIZES if all(text_width(t, s, bold=True) <= room for t in texts))
    size = next(fitting, SIZES[-1])
    for at, each in enumerate(headlines):
        x = LEFT + at * (room + GAP)
        sheet.ax.plot((x, x + room), (top, top), color=colour("ink"), lw=3, solid_capstyle="butt")
        sheet.write(x, top + 72, each["text"], size=size, bold=True)
        for line, words in enumerate(wrap(_counted(each), 28, room)):
            sheet.write(x, top + 142 + 36 * line, words, size=28, colour=colour("second"))


def _counted(headline: Mapping) -> str:
    name = headline["name"].replace(" ", NO_BREAK)
    day = day_in_words(headline["newest"])
    return f"reported killed in {name}, both sides together{until(day)}"


def _known(about: About) -> str:
    return f"As known on {day_in_words(about.as_of)}. Data version {about.version}."
