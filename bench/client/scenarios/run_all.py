# Run All: 50 cells sent at once, until the last one's reply and idle. Once with independent expressions,
# once with cells that declare and use what the one before has declared.
import cells
from kernel import Kernel
from plan import Plan
from report import tell_value
from rounds import alternate, guarded, running

CELLS = 50
WARM_UP = 20


def measure(plan: Plan) -> None:
    for figure in ("run-all", "run-all-declaring"):
        with running([(figure, kernel) for kernel in plan.kernels]) as kernels:
            ready = [k for k in kernels if guarded(figure, k[1].name, lambda: _warm_up(k[1]))]
            alternate(ready, plan.repetitions(6), _measure)


def _warm_up(kernel: Kernel) -> None:
    for _ in range(WARM_UP):
        kernel.run(cells.expression(kernel.language))


def _measure(_number: int, figure: str, kernel: Kernel) -> None:
    cell = cells.declaring(kernel.language)
    codes = [cell(i) if figure == "run-all-declaring" else cells.expression(kernel.language) for i in range(CELLS)]
    runs = kernel.run_all(codes)
    failed = sum(run.status != "ok" for run in runs)
    assert failed == 0, f"{failed} of {len(runs)} cells failed"
    tell_value(figure, kernel.name, max(run.milliseconds for run in runs))
