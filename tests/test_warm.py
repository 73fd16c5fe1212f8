"""Processes of the build that begin with what is slow to import."""

import subprocess
import sys
from unittest.mock import MagicMock

from clashbook.pages import extension
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


def test_the_books_own_roles_and_directives_let_pages_be_read_side_by_side():
    says = extension.setup(MagicMock())
    assert says["parallel_read_safe"]
    assert says["parallel_write_safe"]
