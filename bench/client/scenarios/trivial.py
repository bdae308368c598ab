# The trivial cell, in blocks that alternate between the kernels: as it is, with the settings of our own kernel that change
# its cost, and after a front end has announced it.
import cells
from check_ahead import CheckAhead
from kernel import Kernel
from plan import Plan
from report import tell_fault, tell_value
from rounds import alternate, guarded, running

BLOCK = 20
WARM_UP = 40
VARIANTS = ("trivial-unchecked", "trivial-ahead", "trivial-journal")


def measure(plan: Plan) -> None:
    own = [(figure, plan.variants[figure]) for figure in VARIANTS if figure in plan.variants]
    with running([("trivial", kernel) for kernel in plan.kernels] + own) as kernels:
        ready = [entry for entry in kernels if guarded(entry[0], entry[1].name, lambda: _prepare(*entry))]
        announce = {kernel: CheckAhead(kernel) for figure, kernel in ready if figure == "trivial-ahead"}
        alternate(
            ready,
            plan.repetitions(12),
            lambda _, figure, kernel: _measure_block(figure, kernel, announce.get(kernel)),
        )
        for kernel, ahead in announce.items():
            if not ahead.is_offered:
                tell_fault("trivial-ahead", kernel.name, "the kernel offers no comm launchbook.check")


def _prepare(figure: str, kernel: Kernel) -> None:
    for _ in range(WARM_UP):
        kernel.run(cells.expression(kernel.language))
    if figure == "trivial-unchecked":
        status = kernel.run(cells.ill_typed(kernel.language)).status
        assert status == "ok", "typecheck: off in launchbook.yml is not honoured; a type error still stops a cell"


def _measure_block(figure: str, kernel: Kernel, ahead: CheckAhead | None) -> None:
    if ahead is not None and not ahead.is_offered:
        return
    for _ in range(BLOCK):
        code = cells.expression(kernel.language)
        if ahead is not None:
            ahead.announce(code)
        run = kernel.run(code)
        assert run.status == "ok", f"a cell ended with {run.status}"
        tell_value(figure, kernel.name, run.milliseconds)
