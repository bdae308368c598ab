// The kernel against Jupyter's own client and test-suite: pytest in .venv, counts from its JUnit report.
import { join } from 'node:path';
import { productNode, root, venvFolder, venvProgram } from '../set-up/places.mjs';
import { reportFile, runPart } from './run-part.mjs';

/**
 * Runs these files of tests/conformance, or all of them: three at a time, because they mostly wait, and afterwards, with the machine to itself, what a busy one
 * falsifies (`alone` in pytest.ini says what that is). `data` and `node`: another Jupyter data folder with the kernelspec, and its Node.
 */
export async function runConformanceTests(
  files = ['.'],
  { data = join(venvFolder, 'share', 'jupyter'), node = productNode() } = {}
) {
  const env = { LAUNCHBOOK_NODE: node, JUPYTER_PATH: data, PYTHONDONTWRITEBYTECODE: '1' };
  const beside = await runPytest('conformance.xml', env, files, [
    '-m',
    'not alone',
    '-n',
    '3',
    '--dist',
    'loadfile'
  ]);
  const alone = await runPytest('conformance-alone.xml', env, files, ['-m', 'alone']);
  return sumOf(beside, alone);
}

function runPytest(name, env, files, options) {
  const report = reportFile(name);
  return runPart({
    program: venvProgram('python'),
    args: [
      '-m',
      'pytest',
      '-p',
      'no:cacheprovider',
      `--junitxml=${report}`,
      ...options,
      ...files.map(file => join(root, 'tests', 'conformance', file))
    ],
    env,
    report,
    read: countsOf
  });
}

/** Pytest's exit code when none of the files has such a test. That there is no test at all, the sum tells. */
const NO_TEST = 5;

function sumOf(beside, alone) {
  return {
    passed: beside.passed + alone.passed,
    failed: beside.failed + alone.failed,
    skipped: beside.skipped + alone.skipped,
    exitCode: [beside, alone].map(run => run.exitCode).find(code => code !== 0 && code !== NO_TEST) ?? 0
  };
}

function countsOf(xml) {
  const suites = [...xml.matchAll(/<testsuite [^>]*>/g)].map(([tag]) => tag);
  const sum = name =>
    suites.reduce((total, tag) => total + Number(new RegExp(` ${name}="(\\d+)"`).exec(tag)?.[1] ?? 0), 0);
  const failed = sum('failures') + sum('errors');
  return { passed: sum('tests') - failed - sum('skipped'), failed, skipped: sum('skipped') };
}
