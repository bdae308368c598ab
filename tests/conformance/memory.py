# The memory of a kernel: supervisor, executor and language server together.
from pathlib import Path

import psutil


def memory_of(pid: int) -> dict[str, int]:
    """Bytes by process: proportional where the platform tells, resident otherwise."""
    root = psutil.Process(pid)
    return {f"{p.pid} {name_of(p)}": bytes_of(p) for p in [root, *root.children(recursive=True)]}


def name_of(process: psutil.Process) -> str:
    scripts = [Path(part).name for part in process.cmdline() if part.endswith(".js")]
    return scripts[0] if scripts else process.name()


def bytes_of(process: psutil.Process) -> int:
    info = process.memory_full_info()
    return getattr(info, "pss", info.rss)
