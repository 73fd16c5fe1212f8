"""The Sphinx extension: its roles, its directives, and what it does to every page.

It reads what the build has staged under `_clashbook/` beside the pages; see `Edition`.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from clashbook.pages import (
    blocks,
    cite,
    claims,
    data_tables,
    disagreements,
    elsewhere,
    exhibits,
    html,
    leanings,
    meta,
    standalone,
    telling,
    your_count,
)
from clashbook.pages.facts import edition_of_app, read_edition
from clashbook.pages.references import NumberRole, RecordRole
from clashbook.prose import numbers
from clashbook.prose.markup import RECORDS

ROLES = {
    **dict.fromkeys(numbers.ROLES, NumberRole()),
    **{kind: RecordRole(kind) for kind in RECORDS},
}
DIRECTIVES = {
    "from": blocks.Dated,
    "until": blocks.Dated,
    "holds": blocks.Held,
    "else": blocks.Held,
    "opening": blocks.Wrapped,
    "key-numbers": blocks.Wrapped,
    "exhibit": exhibits.ExhibitDirective,
    "claims-table": claims.ClaimsTable,
    "numbers-table": claims.NumbersTable,
    "elsewhere-table": elsewhere.ElsewhereTable,
    "rules": blocks.Rules,
    "leanings-by-claimant": leanings.ByClaimant,
    "leanings-by-source": leanings.BySource,
    "telling": telling.Telling,
    "codebook": data_tables.Codebook,
    "downloads": data_tables.Downloads,
    "pdf": data_tables.Downloads,
    "programs": data_tables.Programs,
    "publisher": data_tables.Downloads,
    "gallery": exhibits.Gallery,
    "cite-edition": cite.CiteEdition,
    "check-brief": blocks.CheckBrief,
    "count-your-way": your_count.CountYourWay,
    "what-holds": your_count.WhatHolds,
    "known-by-day": your_count.KnownByDay,
    "disagreement": disagreements.Disagreement,
    "disagreements": disagreements.Contents,
    **{f"{table}-table": data_tables.DataTable for table in data_tables.TABLES},
}


def setup(app: Sphinx) -> dict[str, object]:
    # Jupyter Book sets this value for an extension that the book does without; an unknown value
    # would be a warning, and a warning stops the build.
    app.add_config_value("comments_config", {}, "env")
    html.register(app)
    disagreements.register(app)
    for name, role in ROLES.items():
        app.add_role(name, role)
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
    app.connect("config-inited", _link_in_order)
    app.connect("builder-inited", read_edition)
    app.connect("env-updated", _leave_out_search)
    app.connect("html-page-context", _say_which_edition)
    app.connect("html-page-context", meta.add_tags)
    app.connect("html-page-context", meta.add_links)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _link_in_order(app: Sphinx, config: Config) -> None:
    """Link the book's styles and scripts by their names.

    Jupyter Book lists them as the disk does, so that of two rules the one or the other would win.
    """
    config.html_css_files = sorted(config.html_css_files)
    config.html_js_files = sorted(config.html_js_files)
    if numbering := app.extensions.get("sphinx_multitoc_numbering"):
        # It numbers what has been read, and only does not say that this may happen side by side.
        numbering.parallel_read_safe = True


def _leave_out_search(_app: Sphinx, env: BuildEnvironment) -> None:
    """Spare Sphinx its index of words: the site has its own."""
    for page in env.found_docs:
        env.metadata[page]["nosearch"] = True


def _say_which_edition(
    app: Sphinx, page: str, _template: str, context: dict, _doctree: nodes.document | None
) -> None:
    """Put edition, terms and links into every page's footer."""

    def to(name: str) -> str:
        return app.builder.get_relative_uri(page, name)

    about, pages = edition_of_app(app).about, app.env.found_docs
    context["theme_extra_footer"] = standalone.footer(about, pages, to)
    if about.draft:
        context["theme_announcement"] = standalone.DRAFT
