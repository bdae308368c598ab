"""Runs cells in the kernel that Jupyter lists as `launchbook`: prints `held` when each did what it should."""

from jupyter_client.manager import start_new_kernel

CELLS = {
    "a value": ("const half: number = 21; console.log(half * 2)", "ok"),
    "a command": ("const said = await $`echo hello`.text(); if (said.trim() !== 'hello') throw new Error(said)", "ok"),
    "a type error": ("const wrong: number = 'text'", "error"),
    "a chart": ("display.barChart([{ service: 'orders', errors: 3 }])", "ok"),
}

manager, client = start_new_kernel(kernel_name="launchbook", startup_timeout=120)
try:
    for name, (code, expected) in CELLS.items():
        seen = []
        reply = client.execute_interactive(code, timeout=120, output_hook=lambda message: seen.append(message["content"]))
        if reply["content"]["status"] != expected:
            raise SystemExit(f"{name}: {reply['content']} {seen}")
        if name == "a chart" and not any("image/png" in content.get("data", {}) for content in seen):
            raise SystemExit(f"{name} has no picture: {seen}")
finally:
    client.stop_channels()
    manager.shutdown_kernel()
print("held")
