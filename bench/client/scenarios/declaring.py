# Notebooks of declaring cells: how much slower a cell becomes with the number of cells before it.
# Cells that declare nothing warm the kernel up first, so that a cold start does not make the first cells look slow.
import time
from dataclasses import dataclass, field
from statistics import median
from typing import Callable

import cells
from kernel import Kernel
from plan import Plan
from report import tell_progress, tell_remark, tell_value
from rounds import guarded, running, turns

WARM_UP = 40
BLOCK = 10
LONG = 1000
SHORT = 200
# A kernel that has used up this time is stopped before the end; the longer notebook then has no figure.
PATIENCE_SECONDS = 60.0


@dataclass
class _Notebook:
    kernel: Kernel
    cell: Callable[[int], str]
    times: list[float] = field(default_factory=list)
    spent: float = 0.0


def measure(plan: Plan) -> None:
    length = SHORT if plan.is_quick else LONG
    for number in range(plan.repetitions(3)):
        with running([("declaring-200", kernel) for kernel in plan.kernels]) as kernels:
            notebooks = [_Notebook(kernel, cells.declaring(kernel.language)) for _, kernel in kernels]
            going = [n for n in notebooks if guarded("declaring-200", n.kernel.name, lambda: _warm_up(n.kernel))]
            tell_progress(f"declaring: notebook {number + 1} with up to {length} cells")
            for _, notebook in turns(list(going), length // BLOCK):
                if notebook in going and not guarded("declaring-200", notebook.kernel.name, lambda: _run_block(notebook)):
                    going.remove(notebook)
            for notebook in going:
                _tell(notebook, length)


def _warm_up(kernel: Kernel) -> None:
    for _ in range(WARM_UP):
        kernel.run(cells.expression(kernel.language))


def _run_block(notebook: _Notebook) -> None:
    if notebook.spent > PATIENCE_SECONDS:
        return
    began = time.perf_counter()
    for _ in range(BLOCK):
        run = notebook.kernel.run(notebook.cell(len(notebook.times)))
        assert run.status == "ok", f"cell {len(notebook.times) + 1} ended with {run.status}"
        notebook.times.append(run.milliseconds)
    notebook.spent += time.perf_counter() - began


def _tell(notebook: _Notebook, length: int) -> None:
    name, times = notebook.kernel.name, notebook.times
    tell_value("declaring-cell-10", name, median(times[5:15]))
    for size in (SHORT, LONG):
        if size <= len(times):
            tell_value(f"declaring-cell-{size}", name, median(times[size - 10 : size]))
            tell_value(f"declaring-{size}", name, median(times[size - 10 : size]) / median(times[5:15]))
        elif size <= length:
            tell_remark(f"declaring-{size}", name, f"stopped after {len(times)} cells, {notebook.spent:.0f} s")
