# What the measurements say, as JSON lines on stdout: values, remarks and faults. bench/measure.mjs reads them.
import json
import sys
from typing import Any


def tell(event: str, **fields: Any) -> None:
    sys.stdout.write(json.dumps({"event": event, **fields}) + "\n")
    sys.stdout.flush()


def tell_value(figure: str, kernel: str, *values: float) -> None:
    """One or several measured values of a figure, in the figure's unit."""
    tell("value", figure=figure, kernel=kernel, values=list(values))


def tell_remark(figure: str, kernel: str, text: str) -> None:
    """Something that belongs beside the figure: lost lines, a stop before the end."""
    tell("remark", figure=figure, kernel=kernel, text=text)


def tell_fault(figure: str, kernel: str, reason: str) -> None:
    """The figure could not be measured, and why. It makes a target of it unmet."""
    tell("fault", figure=figure, kernel=kernel, reason=reason)


def tell_progress(text: str) -> None:
    tell("progress", text=text)
