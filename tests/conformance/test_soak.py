# Thousands of cells in one kernel: the last runs like the first, and memory does not grow with their number.
import pytest

from memory import memory_of
from scale import IS_PROOF, scaled

pytestmark = pytest.mark.alone

CELLS = scaled(300, 5_000)
BASE = scaled(150, 500)

KINDS = [
    "const value{n} = {i}; value{n} + 1",
    "let text{n}: string = `cell {i}`; console.log(text{n}, 'x'.repeat(2000))",
    "interface Row{n} {{ id: number; name: string }}\nconst row{n}: Row{n} = {{ id: {i}, name: 'a' }}; row{n}",
    "function double{n}(x: number): number {{ return x * 2 }}\ndouble{n}({i})",
    "await new Promise<void>(done => setTimeout(done, 1)); setTimeout(() => console.log('late'), 2); {i}",
    "display.table(Array.from({{ length: 20 }}, (_, k) => ({{ k, i: {i} }})))",
    "import {{ join }} from 'node:path'\njoin('a', String({i}))",
    "throw new Error('cell {i}')",
    "class Service{n} {{ constructor(readonly name: string) {{}} }}\nnew Service{n}('s{i}')",
    "const wrong{n}: number = 'text'",
]


def test_memory_does_not_grow_with_the_number_of_cells(client):
    pid = client.manager.provisioner.pid
    sizes = []
    for i in range(CELLS):
        code = KINDS[i % len(KINDS)].format(i=i, n=i % 100)
        run = client.run(code, stop_on_error=False)
        is_error = "throw" in code or "wrong" in code
        assert run.content["status"] == ("error" if is_error else "ok"), run.content
        client.published.clear()
        client.replies.clear()
        if i + 1 == BASE or (i + 1) % 500 == 0 or i + 1 == CELLS:
            sizes.append((i + 1, memory_of(pid)))
    for count, by_process in sizes:
        print(count, {name: size // 1024 for name, size in by_process.items()})
    first, last = (sum(by_process.values()) for _, by_process in (sizes[0], sizes[-1]))
    # Supervisor, executor, language server, and the guardian that ends them with the kernel.
    assert len(sizes[-1][1]) == 4
    # A few hundred cells tell only that the mechanics work: caches are still filling.
    assert last < first * (1.3 if IS_PROOF else 1.6)
