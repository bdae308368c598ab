# 10,000,000 additions in a loop at the top level of a cell, where a kernel that wraps names is slow.
import cells
from kernel import Kernel
from plan import Plan
from report import tell_progress, tell_value
from rounds import guarded, running, turns

EXPECTED = str(sum(range(cells.LOOP_ADDITIONS)))


def measure(plan: Plan) -> None:
    with running([("loop", kernel) for kernel in plan.kernels]) as kernels:
        for number, (figure, kernel) in turns(kernels, 1 + plan.repetitions(6)):
            tell_progress(f"loop: round {number}, {kernel.name}")
            guarded(figure, kernel.name, lambda: _measure(kernel, is_counted=number > 0))


def _measure(kernel: Kernel, is_counted: bool) -> None:
    run = kernel.run(cells.loop(kernel.language))
    shown = [m["content"]["data"]["text/plain"] for m in run.messages if m["msg_type"] == "execute_result"]
    assert run.status == "ok", f"the cell ended with {run.status}"
    assert EXPECTED in "".join(shown) + run.text(), f"the sum is wrong: {shown}"
    if is_counted:
        tell_value("loop", kernel.name, run.milliseconds)
