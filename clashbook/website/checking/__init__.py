"""A brief checked: each number that somebody wrote, held against all that the report has published.

The table of what can be quoted, with the patterns that a text is read by, is made by the build
(`quotes`, `patterns`). A text becomes blocks (`reading`), sentences and numbers with what is said
of them (`features.js`), and each number gets a verdict (`judge.js`); the command line runs these
scripts (`judging`), and so does the page `check.html`, which reads texts by `reading.js`.
"""
