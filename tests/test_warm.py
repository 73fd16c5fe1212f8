"""Processes of the build that begin with what is slow to import."""

import itertools
import subprocess
import sys
from types import SimpleNamespace
from unittest.mock import MagicMock

from clashbook import pages
from clashbook.pages.references import ClashDomain
from clashbook.pipeline import warm


def test_a_task_has_its_status_for_result():
    assert warm.run(sys.exit, 3) == 3
    assert warm.run(len, ()) == 0


def test_nothing_is_left_of_a_build_that_was_killed():
    code = (
        "import os, time\n"
        "from clashbook.pipeline import warm\n"
        "warm.begin(time.sleep, 600)\n"
        "os.kill(os.getpid(), 9)"
    )
    # It ends once nobody has its output open: the task and what began it are gone then.
    subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=120)


PAGES = {
    "casualties": {"objects": {("exhibit", "tolls"): ("casualties", "tolls", False)}},
    "index": {"objects": {("exhibit", "tolls"): ("index", "tolls", True)}},
    "claims": {"objects": {("claim", "first"): ("claims", "first", False)}},
    "timeline": {"objects": {("claim", "first"): ("timeline", "first", False)}},
}


def test_pages_that_are_read_side_by_side_know_the_same_places_whichever_is_first():
    for names in itertools.permutations(PAGES):
        domain = ClashDomain(SimpleNamespace(domaindata={}))
        for name in names:
            entries = {"row": [(name, "anchor", "title")]}
            domain.merge_domaindata([name], {**PAGES[name], "entries": entries})
        assert domain.objects == {
            ("exhibit", "tolls"): ("casualties", "tolls", False),
            ("claim", "first"): ("claims", "first", False),
        }
        assert [page for page, *_ in domain.entries["row"]] == sorted(PAGES)


def test_the_books_own_roles_and_directives_let_pages_be_read_side_by_side():
    says = pages.setup(MagicMock())
    assert says["parallel_read_safe"]
    assert says["parallel_write_safe"]
