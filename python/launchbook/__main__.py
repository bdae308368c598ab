"""`python -m launchbook CONNECTION_FILE`: the kernel; kernelspecs of 0.1.0 start it so."""

from launchbook import kernel

kernel()
