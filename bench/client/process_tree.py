# A kernel's processes and their memory. A kernel may consist of several processes; all count.
import psutil

MEGABYTE = 1_000_000


def processes_of(process_id: int) -> list[psutil.Process]:
    """A process and everything that it and its children have started."""
    try:
        root = psutil.Process(process_id)
        return [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def resident_megabytes(process_id: int) -> float:
    """Sum of the resident sets. Pages that two processes share count twice."""
    return sum(process.memory_info().rss for process in processes_of(process_id)) / MEGABYTE


def proportional_megabytes(process_id: int) -> float | None:
    """Sum of the proportional sets: shared pages are divided among those who share them. None where the system has no such figure."""
    sizes = [getattr(process.memory_full_info(), "pss", None) for process in processes_of(process_id)]
    return sum(sizes) / MEGABYTE if all(size is not None for size in sizes) else None


def describe(process_id: int) -> str:
    """Each process with its resident set, largest first."""
    parts = sorted(((p.memory_info().rss / MEGABYTE, p.name()) for p in processes_of(process_id)), reverse=True)
    return " + ".join(f"{name} {size:.0f}" for size, name in parts)


def end_all(processes: list[psutil.Process]) -> None:
    """Ends those that are still there. psutil knows them by id and start time, so that no other process is ever hit."""
    for process in psutil.wait_procs(processes, timeout=3)[1]:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(processes, timeout=3)
