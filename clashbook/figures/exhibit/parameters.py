"""What papermill hands to a notebook, held to the notebook's own parameters."""

import ast
import builtins

from clashbook.figures.exhibit.bundle import ExhibitError

# How the cell begins in which papermill hands over parameters.
_GIVEN = "# Parameters\n"


def check() -> None:
    """Refuse a parameter that the notebook that runs does not have; outside of one do nothing.

    Raises
    ------
    ExhibitError
        papermill itself only warns, and the notebook would run with its defaults.
    """
    ran = _cells_so_far()
    for number, cell in enumerate(ran):
        if cell.startswith(_GIVEN):
            known = set().union(*map(_assigned, ran[:number]))
            if unknown := _assigned(cell) - known:
                message = f"no such parameter: {', '.join(sorted(unknown))}"
                raise ExhibitError(f"{message}; write {' or '.join(sorted(known))}")


def own_cells() -> list[str]:
    """The code that the notebook has run so far, less what papermill handed over."""
    return [cell for cell in _cells_so_far() if not cell.startswith(_GIVEN)]


def _cells_so_far() -> list[str]:
    """The code of the notebook that runs, cell by cell; none outside of one."""
    shell = getattr(builtins, "get_ipython", lambda: None)()
    return shell.user_ns.get("In", []) if shell else []


def _assigned(source: str) -> set[str]:
    """The names that code gives a value."""
    found = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name))
    return {name.id for name in found if isinstance(name.ctx, ast.Store)}
