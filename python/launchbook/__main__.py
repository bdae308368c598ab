"""`python -m launchbook CONNECTION_FILE`: the kernel, as the kernelspec of the wheel starts it."""

import sys

from launchbook import run

run("kernel/main.js", sys.argv[1:])
