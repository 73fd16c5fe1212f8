"""How papermill runs a notebook of the build: its own way, but saved once and not at every cell.

A notebook with figures holds megabytes; to write it twice a cell took a fifth of the time.
"""

from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines

NAME = "clashbook"


class Engine(NBClientEngine):
    """papermill's engine, which saves the notebook at the end or as far as it came."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, **options: object
    ) -> None:
        nb_man.save = lambda **_: None
        try:
            super().execute_managed_notebook(nb_man, kernel_name, **options)
        finally:
            del nb_man.save
            nb_man.save()


papermill_engines.register(NAME, Engine)
