# The same cells in both languages. No two texts are equal, so that a memory of earlier texts helps nobody.
from itertools import count
from typing import Callable

_fresh = count(1)

FLOOD_LINES = 20_000
LOOP_ADDITIONS = 10_000_000


def expression(_language: str) -> str:
    """The trivial cell: one addition whose result is shown."""
    return f"1 + {next(_fresh)}"


def declaring(language: str) -> Callable[[int], str]:
    """Cells of a notebook: each declares a value and a function, and uses those of the cell before."""
    mark = next(_fresh)

    def cell(i: int) -> str:
        before = f"double_{mark}_{i - 1}(value_{mark}_{i - 1}) % 97" if i > 0 else "1"
        if language == "python":
            return (
                f"value_{mark}_{i} = {before} + {i}\n"
                f"def double_{mark}_{i}(x: int) -> int:\n    return x * 2 + value_{mark}_{i}\n"
                f"value_{mark}_{i}"
            )
        return (
            f"const value_{mark}_{i}: number = {before} + {i};\n"
            f"function double_{mark}_{i}(x: number): number {{ return x * 2 + value_{mark}_{i}; }}\n"
            f"value_{mark}_{i}"
        )

    return cell


def chain() -> Callable[[int], str]:
    """Cells of a notebook in TypeScript: each declares types of five kinds, and uses those of the cell before."""
    mark = next(_fresh)

    def cell(i: int) -> str:
        own, last = f"{mark}_{i}", f"{mark}_{i - 1}"
        if i == 0:
            return (
                f"interface I{own} {{ n: number }}\ntype A{own} = {{ n: number }}\nenum E{own} {{ A, B }}\n"
                f"type G{own}<T> = {{ value: T }}\nclass C{own} {{ n = 0 }}"
            )
        return (
            f"interface I{own} {{ n: number; before: I{last} | null }}\n"
            f"type A{own} = {{ n: number; before: A{last} | null }}\n"
            f"enum E{own} {{ A = E{last}.B, B }}\n"
            f"type G{own}<T> = {{ value: T; before: G{last}<T> | null }}\n"
            f"class C{own} {{ constructor(readonly before: C{last} | null) {{}} }}\n"
            f"const c{own} = new C{own}(null), g{own}: G{own}<number> = {{ value: {i}, before: null }}"
        )

    return cell


def ill_typed(_language: str) -> str:
    """Runs, but has a type error: tells whether a kernel checks."""
    return f"let wrong_{next(_fresh)}: number = 'text'"


def flood(language: str) -> str:
    if language == "python":
        return f'for i in range({FLOOD_LINES}):\n    print(f"line {{i}}")'
    return f"for (let i = 0; i < {FLOOD_LINES}; i++) {{ console.log(`line ${{i}}`); }}"


def flood_text() -> str:
    """What the flood must have printed."""
    return "".join(f"line {i}\n" for i in range(FLOOD_LINES))


def loop(language: str) -> str:
    name = f"total_{next(_fresh)}"
    if language == "python":
        return f"{name} = 0\nfor i in range({LOOP_ADDITIONS}):\n    {name} += i\n{name}"
    return f"let {name} = 0;\nfor (let i = 0; i < {LOOP_ADDITIONS}; i++) {{ {name} += i; }}\n{name}"


def busy(language: str, seconds: float) -> str:
    """Keeps the thread of the cells busy."""
    end = f"end_{next(_fresh)}"
    if language == "python":
        return f"import math, time\n{end} = time.time() + {seconds}\nwhile time.time() < {end}: pass"
    return f"let {end} = Date.now() + {seconds * 1000};\nwhile (Date.now() < {end}) {{}}"


def completion(language: str) -> tuple[str, str]:
    """Text to complete at its end, and a name that must be among the answers."""
    return ("math.floo", "floor") if language == "python" else ("Math.floo", "floor")
