# Measures what a plan asks for: `python main.py PLAN.json`. The results go to stdout as JSON lines (report.py).
# A signal that ends it ends its kernels too: some of them would live on.
import signal
import sys

from plan import read_plan
from report import tell_progress
from scenarios import chains, completion, declaring, flood, loop, memory, run_all, start, trivial

SCENARIOS = {
    "start": start.measure,
    "trivial": trivial.measure,
    "run-all": run_all.measure,
    "declaring": declaring.measure,
    "chains": chains.measure,
    "flood": flood.measure,
    "loop": loop.measure,
    "completion": completion.measure,
    "memory": memory.measure,
}


def main() -> None:
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: sys.exit(1))
    plan = read_plan(sys.argv[1])
    for scenario in plan.scenarios:
        tell_progress(scenario)
        SCENARIOS[scenario](plan)


main()
