# How much a test does: little with the other tests, all of it in the proof of the kernel (LAUNCHBOOK_PROOF=1).
import os

import pytest

IS_PROOF = os.environ.get("LAUNCHBOOK_PROOF") == "1"


def scaled(short: int, full: int) -> int:
    return full if IS_PROOF else short


def repeated(test):
    """Runs a test once, and twenty times in the proof."""
    return pytest.mark.parametrize("_round", range(scaled(1, 20)), ids=lambda n: f"round {n + 1}")(test)
