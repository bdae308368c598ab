# A kernel after long chains of types: memory of all its processes, and whether a flood of lines takes as long as before. Each cell
# declares an interface, an alias, an enum, a generic type and a class, and uses those of the cell before.
from statistics import median

import cells
from kernel import Kernel
from plan import KernelPlan, Plan
from process_tree import proportional_megabytes
from report import tell_progress, tell_value
from rounds import guarded, turns

CELLS = 1000
QUICK_CELLS = 200
FLOODS = 5
SETTLE_SECONDS = 1.0


def measure(plan: Plan) -> None:
    count = QUICK_CELLS if plan.is_quick else CELLS
    kernels = [kernel for kernel in plan.kernels if kernel.language != "python"]
    for number, kernel in turns(kernels, plan.repetitions(3)):
        tell_progress(f"chains: round {number + 1}, {kernel.name}")
        guarded("chains-memory", kernel.name, lambda: _measure(kernel, count))


def _measure(plan: KernelPlan, count: int) -> None:
    with Kernel(plan) as kernel:
        before = _flood(kernel)
        cell = cells.chain()
        for i in range(count):
            status = kernel.run(cell(i)).status
            assert status == "ok", f"cell {i + 1} ended with {status}"
        tell_value("chains-flood", kernel.name, _flood(kernel) / before)
        kernel.listen(SETTLE_SECONDS)
        proportional = proportional_megabytes(kernel.process_id)
        if proportional is not None:
            tell_value("chains-memory", kernel.name, proportional)


def _flood(kernel: Kernel) -> float:
    kernel.run(cells.flood("typescript"))  # warms up
    return median(kernel.run(cells.flood("typescript")).milliseconds for _ in range(FLOODS))
