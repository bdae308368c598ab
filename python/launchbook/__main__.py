"""`python -m launchbook CONNECTION_FILE`: the kernel, as the kernelspec of the wheel starts it."""

import sys

from launchbook import run

# The flag of the kernelspec that the command installs: young objects get 8 MiB.
run("kernel/main.js", sys.argv[1:], ("--max-semi-space-size=2",))
