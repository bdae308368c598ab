# The kernel against jupyter_kernel_test, the test-suite that all kernels share. Every optional part has its sample.
import unittest

import jupyter_kernel_test


class LaunchbookKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "launchbook"
    language_name = "typescript"
    file_extension = ".ts"

    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('mind the gap')"
    code_generate_error = "throw new Error('on purpose')"
    code_clear_output = "console.clear()"
    code_inspect_sample = "Math.sqrt"

    completion_samples = [
        {"text": "Number.MAX_SA", "matches": {"MAX_SAFE_INTEGER"}},
        {"text": "JSON.stringi", "matches": {"stringify"}},
        {"text": "const seats = [1]; seats.lastIn", "matches": {"lastIndexOf"}},
    ]

    complete_code_samples = [
        "1",
        "const seats: number = 4",
        "function double(x: number) {\n  return x * 2\n}",
        "await Promise.resolve(1)",
        "for await (const x of [1, 2]) { console.log(x) }",
        "`a template`",
        "import { join } from 'node:path'",
        "// only a comment",
    ]
    incomplete_code_samples = [
        "function double(x: number) {",
        "const seats = [1,",
        "`a template",
        "if (true) {",
        "/* a comment",
        "Math.max(1,",
    ]
    invalid_code_samples = ["const = 1", "let 1x = 2", "if (true) }"]

    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "'a' + 'b'", "result": "'ab'"},
        {"code": "const seats: number[] = [1, 2]\nseats", "result": "[ 1, 2 ]"},
        {"code": "await Promise.resolve({ a: 1 })", "result": "{ a: 1 }"},
    ]
    code_display_data = [{"code": "display.markdown('**done**')", "mime": "text/markdown"}]

    code_history_pattern = "6 ? 7"
    supported_history_operations = ("tail", "range", "search")

    # The pager is a deprecated form of output that this kernel does not have.
    test_pager = None


class LaunchbookWelcomeTests(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "launchbook"
    support_iopub_welcome = True


# The bases are suites to inherit from, not tests.
del jupyter_kernel_test

if __name__ == "__main__":
    unittest.main()
