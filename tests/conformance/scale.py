# How much a test does: little with the other tests, all of it in the proof of the kernel (LAUNCHBOOK_PROOF=1).
import os

IS_PROOF = os.environ.get("LAUNCHBOOK_PROOF") == "1"


def scaled(short: int, full: int) -> int:
    return full if IS_PROOF else short
