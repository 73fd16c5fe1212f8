"""A brief checked: each number that somebody wrote, held against all that the report has published.

The table of what can be quoted, with the patterns that a text is read by, is made by the build
(`quotes`, `patterns`). A text becomes blocks (`reading`), sentences and numbers with what is said
of them (`features`), and each number gets a verdict (`judging`). The page `check.html` does the
same in a browser (`reading.js`, `judge.js`, `check.js`), by the same table.
"""
