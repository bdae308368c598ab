# 20,000 lines from one cell: how long until idle, and whether every line had arrived by then, in order.
# Lines that come after idle are waited for, so that late and lost can be told apart. The first round warms up.
import cells
from kernel import CellRun, Kernel
from plan import Plan
from report import tell_remark, tell_value
from rounds import alternate, running

QUIET_SECONDS = 1.0


def measure(plan: Plan) -> None:
    with running([("flood", kernel) for kernel in plan.kernels]) as kernels:
        alternate(kernels, 1 + plan.repetitions(6), _measure)


def _measure(number: int, _figure: str, kernel: Kernel) -> None:
    run = kernel.run(cells.flood(kernel.language))
    expected = cells.flood_text()
    text, late = run.text(), ""
    if text != expected:
        heard = kernel.listen_until_quiet(QUIET_SECONDS)
        late = "".join(m["content"]["text"] for m in heard if m["msg_type"] == "stream")
    if number > 0:
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
