# The short form of the chaos test; `npm run prove -- journal` runs it with 300 kills.
import subprocess
import sys
from pathlib import Path

MAIN = Path(__file__).parent.parent / "chaos" / "main.py"


def test_nothing_is_done_twice_lost_or_invented_however_often_the_run_is_killed():
    command = [sys.executable, str(MAIN), "--kills", "5", "--parallel", "1", "--seed", "2"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    print(run.stdout)
    assert run.returncode == 0, run.stdout + run.stderr
