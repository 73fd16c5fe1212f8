"""A brief checked: each number that somebody wrote, held against all that the report has published.

The table of what can be quoted, with the patterns that a text is read by, is made by the build
(`quotes`, of `claims` and `numbers`; `patterns`). A file becomes blocks (`reading`, `pieces.js`),
these become sentences and numbers with what is said of them (`features.js`), and each number gets
a verdict (`judge.js`). The command line runs the scripts (`scripts`, `pieces`, `judging`), and so
does the page `check.html`, which has `reading.js` in the place of `reading`.
"""
