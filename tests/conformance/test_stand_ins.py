# A pipe, a link or a huge file in the place of launchbook.yml or of a signed decision: the kernel starts, answers, and releases nothing.
import os
from pathlib import Path

import pytest
from client import Client
from jupyter_client.manager import KernelManager
from run_folder import make_run


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_link_out(path: Path) -> None:
    path.symlink_to("/etc/passwd")


def a_huge_file(path: Path) -> None:
    path.touch()
    os.truncate(path, 600 * 1024**2)


@pytest.mark.parametrize("put", [a_pipe, a_link_out, a_huge_file])
def test_the_kernel_answers_and_runs_no_step_of_production(tmp_path, put):
    notebook = make_run(tmp_path)
    (tmp_path / "launchbook.yml").unlink()
    put(tmp_path / "launchbook.yml")
    (tmp_path / "release.approvals").mkdir()
    put(tmp_path / "release.approvals" / "a.token")
    manager = KernelManager(kernel_name="launchbook")
    manager.start_kernel(cwd=str(tmp_path), env={**os.environ, "JPY_SESSION_NAME": str(notebook)})
    channels = manager.client()
    channels.start_channels()
    try:
        channels.wait_for_ready(timeout=60)
        content = Client(manager, channels).run("1 + 1").content
        assert content["status"] == "error"
        assert "root:" not in str(content)
        channels.kernel_info()
    finally:
        channels.stop_channels()
        manager.shutdown_kernel()
