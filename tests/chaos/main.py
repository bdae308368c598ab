# `python main.py --kills 300 --parallel 2 --seed 1`: kills runs at random instants, resumes each to its end, prints what was counted.
# Ends with 0 only if nothing was done twice, lost or invented.
import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from pathlib import Path

from run import ChaosRun, Figures

KILLS_OF_A_RUN = 10


def one_run(seed: int, kills: int) -> Figures:
    folder = Path(tempfile.mkdtemp(prefix=f"launchbook-chaos-{seed}-"))
    figures = ChaosRun(folder, seed, kills).finish()
    if figures.faults:
        print(f"  {figures.faults[0]}\n  kept for looking at: {folder}", flush=True)
    else:
        shutil.rmtree(folder, ignore_errors=True)
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(description="Kills runs at random instants and counts what is lost.")
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--parallel", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    began = time.monotonic()
    results: list[Figures] = []
    with ProcessPoolExecutor(options.parallel) as pool:
        seed, running = options.seed, set()
        while (missing := options.kills - killed(results)) > 0 or running:
            # A run may end before it was killed as often as it was to be, so there may be more runs than one would think.
            while len(running) < options.parallel and missing > KILLS_OF_A_RUN * len(running):
                kills = min(KILLS_OF_A_RUN, missing - KILLS_OF_A_RUN * len(running))
                running.add(pool.submit(one_run, seed, kills))
                seed += 1
            done, running = wait(running, return_when=FIRST_COMPLETED)
            results += [future.result() for future in done]
            faults = sum(len(figures.faults) for figures in results)
            print(f"  {len(results)} runs: {killed(results)} kills so far, {faults} faults", flush=True)
    return report(results, time.monotonic() - began)


def killed(results: list[Figures]) -> int:
    return sum(sum(figures.kills.values()) for figures in results)


def report(results: list[Figures], seconds: float) -> int:
    def total(name: str) -> int:
        return sum(len(value) if isinstance(value := getattr(figures, name), list) else value for figures in results)

    kills = sum((figures.kills for figures in results), Counter())
    judged = sum((figures.judged for figures in results), Counter())
    places = sum((figures.places for figures in results), Counter())
    parts = ", ".join(f"{count} of the {name}" for name, count in sorted(kills.items()))
    print(f"{len(results)} runs of 40 steps, {total('lives')} kernels, {sum(kills.values())} kills ({parts}), {seconds:.0f} s")
    print(f"killed in the middle of: {dict(places)}")
    print(f"effects counted at the services: {total('effects')}; judged by a person: {dict(judged)}")
    print(f"effects done twice:        {total('twice')}")
    print(f"finished effects lost:     {total('lost')}")
    print(f"approvals given {total('approvals')}, lost: {total('approvals_lost')}, invented: {total('approvals_invented')}")
    print(f"output lines kept {total('lines')}, lost or doubled: {total('lines_wrong')}")
    faults = [fault for figures in results for fault in figures.faults]
    for fault in faults[:20]:
        print(f"FAULT {fault}")
    return 1 if faults or not kills else 0


if __name__ == "__main__":
    sys.exit(main())
