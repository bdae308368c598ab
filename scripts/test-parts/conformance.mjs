// The kernel against Jupyter's own client and test-suite: pytest in .venv, counts from its JUnit report.
import { join } from 'node:path';
import { productNode, root, venvFolder, venvProgram } from '../set-up/places.mjs';
import { reportFile, runPart } from './run-part.mjs';

/** Runs these files of tests/conformance, or all of them. */
export function runConformanceTests(files = ['.']) {
  const report = reportFile('conformance.xml');
  return runPart({
    program: venvProgram('python'),
    args: [
      '-m',
      'pytest',
      '-p',
      'no:cacheprovider',
      `--junitxml=${report}`,
      ...files.map(file => join(root, 'tests', 'conformance', file))
    ],
    env: {
      LAUNCHBOOK_NODE: productNode(),
      JUPYTER_PATH: join(venvFolder, 'share', 'jupyter'),
      PYTHONDONTWRITEBYTECODE: '1'
    },
    report,
    read: countsOf
  });
}

function countsOf(xml) {
  const suites = [...xml.matchAll(/<testsuite [^>]*>/g)].map(([tag]) => tag);
  const sum = name =>
    suites.reduce((total, tag) => total + Number(new RegExp(` ${name}="(\\d+)"`).exec(tag)?.[1] ?? 0), 0);
  const failed = sum('failures') + sum('errors');
  return { passed: sum('tests') - failed - sum('skipped'), failed, skipped: sum('skipped') };
}
