"""The charts of the book, one function a kind, all in one style.

What they are: `toll_rows` (tolls by episode and side), `daily` (what was reported of each day),
`revisions` (how a count rose), `years` and `months` (a provider's counts), `lines`,
`small_multiples` and `own_scales` (series), `places_map`, `stances` and `timeline`.

Any `draw(frame, ax)` may stand where they do, an analyst's own seaborn call too. It draws what the
frame holds, no more: a row is one mark or one point of a line. Charts of this package turn
the axes into a sheet of pixels by `sheet.Sheet.of(ax)`, read the frame by `records.read`, and set
their height by `Sheet.finish`; a function that leaves the height to us is given one. Their axes of
numbers, months and days are those of an `axes.Plot`, labelled rows stand by `rows.panels`, names of
episodes by `spans`, and words beside marks where a `labels.Room` has room. Colours and shapes of
parties are those of `style.using`.

A new chart is a module here, and a notebook imports it from there
(`from clashbook.figures.charts.heat import heat`); the names below are a convenience.
"""

from clashbook.figures.charts.days import daily as daily
from clashbook.figures.charts.figure import Draw as Draw
from clashbook.figures.charts.map import places_map as places_map
from clashbook.figures.charts.matrix import stances as stances
from clashbook.figures.charts.months import months as months
from clashbook.figures.charts.panels import own_scales as own_scales
from clashbook.figures.charts.panels import small_multiples as small_multiples
from clashbook.figures.charts.series import lines as lines
from clashbook.figures.charts.steps import revisions as revisions
from clashbook.figures.charts.timeline import timeline as timeline
from clashbook.figures.charts.tolls import toll_rows as toll_rows
from clashbook.figures.charts.years import years as years
