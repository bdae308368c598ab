// Proof of the evidence: what a check, a reader of the archive and a person at the terminal are told is the whole of it.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { productNode, root } from '../set-up/places.mjs';
import { runConformanceTests } from '../test-parts/conformance.mjs';
import { runJestTests } from '../test-parts/jest.mjs';
import { isClean, proveParts } from './prove-parts.mjs';

/** Each part with its compiled tests. */
const TESTS = {
  'no incomplete answer of a search passes, and no complete one is refused': [
    'tests/runbook/splunk',
    'tests/examples/(log-search|splunk-clients)'
  ],
  'outputs say whose they are, a wait is one output, and the last frame stands': [
    'tests/runbook/(scatter|poll|guard)',
    'tests/cli/(run-view|readable-output)'
  ],
  'tasks are a narrow table, lint tells reading from changing, variables have types': [
    'tests/runbook/(hold|types)',
    'tests/run/holds/task-lists',
    'tests/contract/lint',
    'tests/cli/lint'
  ],
  'every act of people stands in every place, and 300 random runs are told with the numbers of their journals':
    [
      'tests/lifecycle/(facts|report|status|board)',
      'tests/lifecycle/archive/(told-runs|against-the-policy)',
      'tests/cli/whole-story'
    ],
  'an archived run is read-only, 30 random archives verify, and 1,000 of 1,000 changes of an output are found':
    ['tests/cli/archived', 'tests/lifecycle/verify/output-changes'],
  'estimates rest on runs of the same kind, and on what was measured': [
    'tests/lifecycle/facts/earlier-runs',
    'tests/lifecycle/status/fresh-run',
    'tests/labextension/phases/look/expected-end'
  ],
  'what passes the check runs, in folders of each type': ['tests/kernel/language/imports-agree']
};

/** Each part with its tests in a real kernel. */
const IN_KERNEL = {
  'a front end gets the same: messages of a search, lanes, waits, types of launchbook.yml': [
    'test_evidence.py'
  ],
  "what Splunk's client for Python does works with the fleet's log search": ['test_splunk_client.py'],
  'opening an archived run adds nothing to it; files beside a notebook are modules': [
    'test_archived.py',
    'test_imports.py'
  ]
};

export function proveEvidence() {
  process.env.LAUNCHBOOK_PROOF = '1';
  const jestParts = Object.entries(TESTS).map(([name, patterns]) => [
    name,
    async () => isClean(await runJestTests({ patterns, unitOnly: false }))
  ]);
  const kernelParts = Object.entries(IN_KERNEL).map(([name, files]) => [
    name,
    async () => isClean(await runConformanceTests(files))
  ]);
  return proveParts({
    ...Object.fromEntries([...jestParts, ...kernelParts]),
    "forty of npm's most used packages, in every form: check and run agree": doPackagesAgree
  });
}

/** Installs them from npm into a folder of its own. */
function doPackagesAgree() {
  const program = join(root, 'lib', 'tests', 'kernel', 'language', 'npm-packages-main.js');
  return spawnSync(productNode(), [program], { stdio: 'inherit' }).status === 0;
}
