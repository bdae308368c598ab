# Memory of all processes of a kernel after 300 declaring cells. Each kernel runs alone, because shared pages would otherwise
# be counted less the more kernels run.
import cells
from kernel import Kernel
from plan import KernelPlan, Plan
from process_tree import describe, proportional_megabytes, resident_megabytes
from report import tell_progress, tell_remark, tell_value
from rounds import guarded, turns

CELLS = 300
SETTLE_SECONDS = 1.0


def measure(plan: Plan) -> None:
    for number, kernel in turns(plan.kernels, plan.repetitions(3)):
        tell_progress(f"memory: round {number + 1}, {kernel.name}")
        guarded("memory-resident", kernel.name, lambda: _measure(kernel))


def _measure(plan: KernelPlan) -> None:
    with Kernel(plan) as kernel:
        cell = cells.declaring(kernel.language)
        for i in range(CELLS):
            status = kernel.run(cell(i)).status
            assert status == "ok", f"cell {i + 1} ended with {status}"
        kernel.listen(SETTLE_SECONDS)
        tell_value("memory-resident", kernel.name, resident_megabytes(kernel.process_id))
        proportional = proportional_megabytes(kernel.process_id)
        if proportional is not None:
            tell_value("memory-proportional", kernel.name, proportional)
        tell_remark("memory-resident", kernel.name, describe(kernel.process_id))
