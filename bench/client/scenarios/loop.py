# 10,000,000 additions in a loop at the top level of a cell, where a kernel that wraps names is slow.
# The first round warms up.
from typing import Any

import cells
from kernel import Kernel
from plan import Plan
from report import tell_remark, tell_value
from rounds import alternate, running

QUIET_SECONDS = 0.5
EXPECTED = str(sum(range(cells.LOOP_ADDITIONS)))


def measure(plan: Plan) -> None:
    with running([("loop", kernel) for kernel in plan.kernels]) as kernels:
        alternate(kernels, 1 + plan.repetitions(6), _measure)


def _measure(number: int, _figure: str, kernel: Kernel) -> None:
    run = kernel.run(cells.loop(kernel.language))
    assert run.status == "ok", f"the cell ended with {run.status}"
    if EXPECTED not in _shown(run.messages):
        late = _shown(kernel.listen_until_quiet(QUIET_SECONDS))
        assert EXPECTED in late, f"the sum is wrong: {_shown(run.messages) + late}"
        tell_remark("loop", kernel.name, "the result came after idle")
    if number > 0:
        tell_value("loop", kernel.name, run.milliseconds)


def _shown(messages: list[dict[str, Any]]) -> str:
    """Text of results and streams; tslab prints its results."""
    contents = [m["content"] for m in messages if m["msg_type"] in ("execute_result", "stream")]
    return "".join(c["text"] if "text" in c else c["data"]["text/plain"] for c in contents)
