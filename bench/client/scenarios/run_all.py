# Run All: 50 cells sent at once, until the last one's reply and idle. Once with independent expressions,
# once with cells that declare and use what the one before has declared.
import cells
from kernel import Kernel
from plan import Plan
from report import tell_progress, tell_value
from rounds import guarded, running, turns

CELLS = 50
WARM_UP = 20


def measure(plan: Plan) -> None:
    with running([("run-all", kernel) for kernel in plan.kernels]) as kernels:
        ready = [kernel for figure, kernel in kernels if guarded(figure, kernel.name, lambda: _warm_up(kernel))]
        for number, kernel in turns(ready, plan.repetitions(6)):
            tell_progress(f"run-all: round {number + 1}, {kernel.name}")
            expressions = [cells.expression(kernel.language) for _ in range(CELLS)]
            guarded("run-all", kernel.name, lambda: _measure("run-all", kernel, expressions))
            cell = cells.declaring(kernel.language)
            chain = [cell(i) for i in range(CELLS)]
            guarded("run-all-declaring", kernel.name, lambda: _measure("run-all-declaring", kernel, chain))


def _warm_up(kernel: Kernel) -> None:
    for _ in range(WARM_UP):
        kernel.run(cells.expression(kernel.language))


def _measure(figure: str, kernel: Kernel, codes: list[str]) -> None:
    runs = kernel.run_all(codes)
    failed = sum(run.status != "ok" for run in runs)
    assert failed == 0, f"{failed} of {len(runs)} cells failed"
    tell_value(figure, kernel.name, max(run.milliseconds for run in runs))
