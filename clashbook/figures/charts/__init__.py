"""The charts of the book, one function a kind, all in one style.

What they are: `range_bars` (tolls as bars from zero; `counts_by_day`, `as_known`, `by_place` and
`beside` name other panels and rows), `one_bar` and `range_parts` (parts that add up),
`who_said_what` (statements by speaker and day), `months` (a provider's counts), `lines` and
`small_multiples` (series, in a plot or in small panels), `dots` (two periods side by side),
`places_map` and `timeline`.

Any `draw(frame, ax)` may stand where they do, an analyst's own seaborn call too. It draws what the
frame holds, no more: a row is one mark or one point of a line. Charts of this package turn
the axes into a sheet of pixels by `sheet.Sheet.of(ax)`, read the frame by `records.read`, and set
their height by `Sheet.finish`; a function that leaves the height to us is given one. Their axes of
numbers and months are those of an `axes.Plot`; `rows` has labelled rows and the bars in them,
`spans` the names of episodes, and a `labels.Room` room for words beside marks. Colours and shapes
of parties are those of `style.using`.

A new chart is a module here, and a notebook imports it from there
(`from clashbook.figures.charts.heat import heat`); the names below are a convenience.
"""

from clashbook.figures.charts.bars import as_known as as_known
from clashbook.figures.charts.bars import beside as beside
from clashbook.figures.charts.bars import by_place as by_place
from clashbook.figures.charts.bars import counts_by_day as counts_by_day
from clashbook.figures.charts.bars import range_bars as range_bars
from clashbook.figures.charts.dots import dots as dots
from clashbook.figures.charts.figure import Draw as Draw
from clashbook.figures.charts.map import places_map as places_map
from clashbook.figures.charts.months import months as months
from clashbook.figures.charts.said import who_said_what as who_said_what
from clashbook.figures.charts.series import lines as lines
from clashbook.figures.charts.series import small_multiples as small_multiples
from clashbook.figures.charts.stack import one_bar as one_bar
from clashbook.figures.charts.stack import range_parts as range_parts
from clashbook.figures.charts.timeline import timeline as timeline
