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


@contextmanager
def private(folder: Path) -> Iterator[None]:
    """Keep the settings of the person who builds away from kernels: theirs lie in `folder`.

    And say to them that nobody looks at what they show.
    """
    before = dict(os.environ)
    for name in _PERSONAL:
        os.environ.pop(name, None)
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.update(_SET)
    for name in _PRIVATE:
        os.environ[name] = str(folder / name.lower())
    try:
        yield
    finally:
        for name in (*_PERSONAL, *_PRIVATE, *_SET):
            os.environ.pop(name, None)
        os.environ.update(before)
