# A cell that is stopped before it runs says what kind of fault it has.
import pytest


@pytest.mark.parametrize(
    ("code", "last"),
    [
        ("let broken = ;", "This cell has a syntax error; nothing of it has run."),
        ('const size: number = "x"', "This cell has a type error; nothing of it has run."),
        ('const a: number = "x"; const b: string = 1', "This cell has 2 type errors; nothing of it has run."),
        ("%matplotlib inline", "This cell has a magic of another kernel; nothing of it has run."),
        ("const = 5; const b: string = 5", "This cell has 3 faults; nothing of it has run."),
    ],
)
def test_the_last_line_names_the_kind_of_fault(client, code, last):
    assert client.run(code).content["traceback"][-1] == last
