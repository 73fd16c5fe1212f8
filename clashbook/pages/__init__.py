"""The pages of the book: references to numbers and claims, tables of data, exhibits.

Everything here makes nodes from templates, and values of the data in these are escaped: a cell of a
table can say anything and stays what it is, words on a page. `extension` is what Sphinx loads.
"""
