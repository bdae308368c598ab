# From starting the process to the reply of a first cell that was sent before the kernel listened.
# The first start of each kernel fills the disk cache and does not count.
import cells
from kernel import Kernel
from plan import Plan
from report import tell_fault, tell_progress, tell_remark, tell_value
from rounds import guarded, turns


def measure(plan: Plan) -> None:
    for number, kernel_plan in turns(plan.kernels, 1 + plan.repetitions(9)):
        tell_progress(f"start: round {number}, {kernel_plan.name}")
        kernel = Kernel(kernel_plan)
        try:
            guarded("start", kernel_plan.name, lambda: _start(kernel, is_counted=number > 0))
        finally:
            kernel.stop()


def _start(kernel: Kernel, is_counted: bool) -> None:
    kernel.start()
    status = kernel.first_reply(cells.expression(kernel.language))
    milliseconds = kernel.seconds_since_start * 1000
    assert status == "ok", f"the first cell ended with {status}"
    if is_counted:
        tell_value("start", kernel.name, milliseconds)
        return
    kernel.wait_until_ready()
    checks = kernel.run(cells.ill_typed(kernel.language)).status == "error"
    if not checks and kernel.name == "launchbook":
        tell_fault("start", kernel.name, "a cell with a type error was not refused")
    if not checks:
        tell_remark("start", kernel.name, "checks no types")
