"""What kernels are kept from: the settings of the person who builds."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# What a person's own settings would change in what notebooks do.
_PERSONAL = ("JUPYTER_PATH", "PYTHONSTARTUP", "PYTHONWARNINGS")
_PRIVATE = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
# Texts are UTF-8, and no module is one of the working folder.
_SET = {"PYTHONUTF8": "1", "PYTHONSAFEPATH": "1"}
# Where drawings are kept, as `figures.exhibit.drawn` reads it, which is slow to import.
_KEPT = "CLASHBOOK_KEPT"


@contextmanager
def private(folder: Path, kept: Path | None = None) -> Iterator[None]:
    """Keep the settings of the person who builds away from kernels: theirs lie in `folder`.

    And say to them that nobody looks at what they show, and where drawings are kept.
    """
    before = dict(os.environ)
    folder.mkdir(parents=True, exist_ok=True)
    for name in _PERSONAL:
        os.environ.pop(name, None)
    given = _SET | {name: str(folder / name.lower()) for name in _PRIVATE}
    os.environ.update(given | ({_KEPT: str(kept)} if kept else {}))
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
