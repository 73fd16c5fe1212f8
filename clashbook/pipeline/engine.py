"""How papermill runs a notebook of the build: its own way, but saved once and not at every cell.

A notebook with figures holds megabytes; to write it twice a cell took a fifth of the time. And a
kernel need not import what the one before it has imported.
"""

import os
from importlib.metadata import EntryPoint

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner
from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines

from clashbook.pipeline import warm

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


def _kernel(folder: str, environment: dict[str, str], options: list[str]) -> None:
    from ipykernel.kernelapp import launch_new_instance

    os.setsid()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    launch_new_instance(options)


class _Process:
    """A kernel's process as Jupyter knows it: with the methods of `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, *arguments: object) -> None:
        self._process = warm.begin(_kernel, *arguments)
        self.pid = self._process.pid
        self.kill, self.terminate = self._process.kill, self._process.terminate

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self) -> int | None:
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        if self.pid and self.poll() is None:
            os.kill(self.pid, number)


class Provisioner(LocalProvisioner):
    """Gives Jupyter a kernel that has been imported."""

    async def launch_kernel(self, cmd: list[str], **options: object) -> KernelConnectionInfo:
        # After `python -m ipykernel_launcher`.
        kernel = _Process(options["cwd"], options["env"], cmd[3:])
        vars(self).update(process=kernel, pid=kernel.pid, pgid=kernel.pid)
        return self.connection_info


papermill_engines.register(NAME, Engine)
_kernels = KernelProvisionerFactory.instance()
_kernels.provisioners[NAME] = EntryPoint(NAME, "clashbook.pipeline.engine:Provisioner", "")
_kernels.default_provisioner_name = NAME
