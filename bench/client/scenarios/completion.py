# Completion while a cell keeps its thread busy: from the question to the answer.
import time

import cells
from kernel import Kernel, answers
from plan import Plan
from report import tell_remark, tell_value
from rounds import alternate, running

BUSY_SECONDS = 1.5
QUESTIONS = 8


def measure(plan: Plan) -> None:
    with running([("completion", kernel) for kernel in plan.kernels]) as kernels:
        alternate(kernels, plan.repetitions(3), _measure)


def _measure(_number: int, _figure: str, kernel: Kernel) -> None:
    began = time.perf_counter()
    request = kernel.send_cell(cells.busy(kernel.language, BUSY_SECONDS))
    kernel.await_message(lambda m: m["content"].get("execution_state") == "busy" and answers(m, request))
    kernel.listen(0.3)
    asked = 0
    while asked < QUESTIONS and time.perf_counter() - began < BUSY_SECONDS - 0.3:
        tell_value("completion", kernel.name, _ask(kernel))
        asked += 1
    kernel.listen(max(0.0, BUSY_SECONDS + 0.5 - (time.perf_counter() - began)))


def _ask(kernel: Kernel) -> float:
    code, wanted = cells.completion(kernel.language)
    began = time.perf_counter()
    request = kernel.send("complete_request", {"code": code, "cursor_pos": len(code)})
    reply = kernel.await_message(lambda m: m["msg_type"] == "complete_reply" and answers(m, request))
    milliseconds = (time.perf_counter() - began) * 1000
    if not any(wanted in match for match in reply["content"].get("matches", [])):
        tell_remark("completion", kernel.name, f"{wanted} is not among the answers")
    return milliseconds
