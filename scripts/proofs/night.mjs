// Proof of the night: a release that people run in JupyterLab has nothing in its way, and every page tells the same in the same words.
import { findChromium } from '../set-up/find-chromium.mjs';
import { runBrowserTests } from '../test-parts/browser.mjs';
import { runConformanceTests } from '../test-parts/conformance.mjs';
import { runJestTests } from '../test-parts/jest.mjs';
import { isClean, proveParts } from './prove-parts.mjs';

/** Each part with its compiled tests. */
const TESTS = {
  'one state has one word, whoever tells it': [
    'tests/contract/(state|text)',
    'tests/labextension/(approval|notify|wheel|guard|resume)',
    'tests/lifecycle/(facts|report|status|board)'
  ],
  'a second run in production is asked about, whatever asks for it': ['tests/run/gate/second-runs'],
  'Slack is told in one thread, whatever becomes of Slack and of the kernel': [
    'tests/(lifecycle|run)/slack-thread',
    'tests/runbook/slack'
  ],
  'what README and pages show can be typed, in a fresh repository': ['tests/house/documentation'],
  'scripts of the repository are found, and what a command says of a step is its title': [
    'tests/cli/(command-folder|init|new|status|lint)'
  ]
};

/** Each part with its tests in the browser. */
const IN_BROWSER = {
  'nothing in the way: names, findings, buttons, notices, second runs': [
    'second-run.spec',
    'findings.spec',
    'run-phase.spec',
    'notifications.spec',
    'guard.spec',
    'phases-sidebar.spec',
    'timestamps.spec',
    'night/snags.spec',
    'night/pressed-mouse.spec',
    'night/own-repository.spec',
    'one-kernel.spec'
  ],
  'the night ahead: alarms by habit, completion of commands, charts': [
    'night/habits.spec',
    'night/completion.spec',
    'charts.spec'
  ],
  'people: decisions, the wheel, going back and going on': [
    'holds.spec',
    'hold-states.spec',
    'rejection.spec',
    'rollback.spec',
    'resume.spec',
    'lifecycle.spec',
    'failing-deploy.spec',
    'collaboration.spec'
  ],
  'one night of four people, and every sentence that they read': ['night/story.spec'],
  'twelve jobs of the night, in fewer acts than in the first release': ['night/acts.spec'],
  'every page is accessible, also on the wall and in Notebook 7': [
    'accessibility.spec',
    'board.spec',
    'notebook-7.spec',
    'night/notebook-7.spec'
  ]
};

export function proveNight() {
  process.env.LAUNCHBOOK_PROOF = '1';
  return proveParts({
    ...eachPart(TESTS, async patterns => await runJestTests({ patterns, unitOnly: false })),
    'a front end without our page is asked and refused alike': async () =>
      isClean(await runConformanceTests(['test_people.py', 'test_untold_runs.py'])),
    ...eachPart(IN_BROWSER, async specs => await runBrowserTests(await findChromium(), specs))
  });
}

function eachPart(tests, run) {
  return Object.fromEntries(
    Object.entries(tests).map(([name, files]) => [name, async () => isClean(await run(files))])
  );
}
