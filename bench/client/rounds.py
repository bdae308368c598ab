# Turns: kernels are measured in alternation and each round begins with another one, so that noise hits all alike.
from contextlib import ExitStack, contextmanager
from typing import Callable, Iterator, TypeVar

from kernel import Kernel, Timeout
from plan import KernelPlan
from report import tell_fault, tell_progress

Item = TypeVar("Item")


def turns(items: list[Item], rounds: int) -> Iterator[tuple[int, Item]]:
    """Every item once a round, each round from another beginning."""
    for number in range(rounds):
        start = number % len(items) if items else 0
        for item in [*items[start:], *items[:start]]:
            yield number, item


@contextmanager
def running(subjects: list[tuple[str, KernelPlan]]) -> Iterator[list[tuple[str, Kernel]]]:
    """All kernels at the same time, each with the figure it is measured for. One that does not start is told as a fault."""
    with ExitStack() as stack:
        kernels: list[tuple[str, Kernel]] = []
        for figure, plan in subjects:
            tell_progress(f"{figure}: starting {plan.name}")
            guarded(
                figure, plan.name, lambda: kernels.append((figure, stack.enter_context(Kernel(plan))))
            )
        yield kernels


def alternate(
    subjects: list[tuple[str, Kernel]], rounds: int, measure: Callable[[int, str, Kernel], None]
) -> None:
    """Measures all kernels in turns. One that fails is told as a fault and left out of the rounds that follow."""
    failed: set[Kernel] = set()
    for number, (figure, kernel) in turns(subjects, rounds):
        if kernel in failed:
            continue
        tell_progress(f"{figure}: round {number + 1}, {kernel.name}")
        if not guarded(figure, kernel.name, lambda: measure(number, figure, kernel)):
            failed.add(kernel)


def guarded(figure: str, kernel: str, measure: Callable[[], None]) -> bool:
    """Runs one measurement; a kernel that does not answer is told as a fault. True when it went well."""
    try:
        measure()
        return True
    except (Timeout, AssertionError, OSError, RuntimeError) as error:
        tell_fault(figure, kernel, str(error))
        return False
