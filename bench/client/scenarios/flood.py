# 20,000 lines from one cell: how long until idle, and whether every line had arrived by then, in order.
# Lines that come after idle are waited for, so that late and lost can be told apart.
import cells
from kernel import CellRun, Kernel
from plan import Plan
from report import tell_progress, tell_remark, tell_value
from rounds import guarded, running, turns

GRACE_SECONDS = 2.0


def measure(plan: Plan) -> None:
    with running([("flood", kernel) for kernel in plan.kernels]) as kernels:
        for number, (figure, kernel) in turns(kernels, 1 + plan.repetitions(6)):
            tell_progress(f"flood: round {number}, {kernel.name}")
            guarded(figure, kernel.name, lambda: _measure(kernel, is_counted=number > 0))


def _measure(kernel: Kernel, is_counted: bool) -> None:
    run = kernel.run(cells.flood(kernel.language))
    expected = cells.flood_text()
    text, late = run.text(), ""
    if text != expected:
        heard = kernel.listen(GRACE_SECONDS)
        late = "".join(m["content"]["text"] for m in heard if m["msg_type"] == "stream")
    if is_counted:
        tell_value("flood", kernel.name, run.milliseconds)
        tell_value("flood-messages", kernel.name, _messages(run))
    lines, wanted = (text + late).splitlines(), expected.splitlines()
    if late:
        tell_remark("flood", kernel.name, f"{late.count(chr(10))} lines after idle")
    if len(lines) != len(wanted):
        tell_remark("flood", kernel.name, f"{len(wanted) - len(lines)} lines lost")
    elif lines != wanted:
        tell_remark("flood", kernel.name, "lines out of order")


def _messages(run: CellRun) -> int:
    return sum(m["msg_type"] == "stream" for m in run.messages)
