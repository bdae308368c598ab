// When the rules look at an open notebook, and when they do not.
import { beforeEach, expect, test } from '@jest/globals';
import type { LintFinding } from '../../../contract/lint/rules/finding.js';
import { lintRunbook, type LintOptions } from '../../../contract/lint/lint-runbook.js';
import type { OutlineCell } from '../../../contract/notebook/outline.js';
import { RunbookLint } from '../../../labextension/lint/runbook-lint.js';

const HEADING: OutlineCell = { id: 'h', cell_type: 'markdown', source: '## Deploy\n\nAnn does it.' };
const PARAMETERS: OutlineCell = {
  id: 'p',
  cell_type: 'code',
  source: "const release = '2.4.0';",
  metadata: { tags: ['parameters'] }
};
const SECRET = "const apiToken = 'abcdef123456';";

let isWanted: boolean;
let cells: readonly OutlineCell[] | null;
let looks: LintOptions[];
let announced: number;
let asked: { readonly restMs: number; readonly act: () => void } | null;
let slow: Promise<void>;
let lint: RunbookLint;

beforeEach(() => {
  isWanted = true;
  cells = [HEADING, PARAMETERS, step(SECRET)];
  looks = [];
  announced = 0;
  asked = null;
  slow = Promise.resolve();
  lint = new RunbookLint({
    isWanted: () => isWanted,
    cells: () => cells,
    lint: async (given, options) => {
      looks.push(options);
      await slow;
      return lintRunbook(given, options);
    },
    found: () => announced++,
    whenIdle: (restMs, act) => (asked = { restMs, act })
  });
});

function step(source: string): OutlineCell {
  return { id: 's', cell_type: 'code', source };
}

/** The page has been idle for as long as was asked. */
async function idle(): Promise<void> {
  const { act } = asked ?? { act: () => undefined };
  asked = null;
  act();
  await new Promise(setImmediate);
}

const rules = (): string[] => lint.findings.map((finding: LintFinding) => finding.rule);

test('before the kernel has said what is switched off, or that there is none, nothing is looked at', async () => {
  lint.changed();
  await idle();
  expect(looks).toEqual([]);
  lint.refresh({ kind: 'unknown' });
  await idle();
  expect(rules()).toEqual(['secret-in-source']);
  expect(announced).toBe(1);
});

test('what the project switches off is left out, and its environments are known', async () => {
  cells = [HEADING, PARAMETERS, step(`${SECRET}\nif (name === 'production') {}`)];
  lint.refresh({ kind: 'known', options: { environments: ['production'], off: {} } });
  await idle();
  expect(rules()).toEqual(['secret-in-source', 'hard-coded-environment']);
  lint.refresh({
    kind: 'known',
    options: { environments: ['production'], off: { 'secret-in-source': 'a test' } }
  });
  await idle();
  expect(rules()).toEqual(['hard-coded-environment']);
});

test('a faulty launchbook.yml switches nothing off', async () => {
  lint.refresh({ kind: 'faulty', message: 'no', hint: '' });
  await idle();
  expect(rules()).toEqual(['secret-in-source']);
  expect(looks).toEqual([{}]);
  lint.refresh({ kind: 'faulty', message: 'another', hint: '' });
  await idle();
  expect(announced).toBe(2);
});

test('what the kernel said counts on when it has gone away', async () => {
  lint.refresh({ kind: 'known', options: { off: { 'secret-in-source': 'a test' } } });
  await idle();
  lint.refresh({ kind: 'unknown' });
  await idle();
  expect(rules()).toEqual([]);
});

test('while a text is being typed nothing is looked at; a second after it has rested it is', async () => {
  lint.refresh({ kind: 'unknown' });
  await idle();
  cells = [HEADING, PARAMETERS, step('const x = 1;')];
  lint.changed();
  lint.changed();
  expect(asked?.restMs).toBe(1000);
  expect(looks).toHaveLength(1);
  await idle();
  expect(looks).toHaveLength(2);
  expect(rules()).toEqual([]);
  expect(announced).toBe(2);
});

test('an output that arrives changes no text, so nothing is looked at', async () => {
  lint.refresh({ kind: 'unknown' });
  await idle();
  cells = cells!.map(cell => ({ ...cell }));
  lint.changed();
  await idle();
  expect(looks).toHaveLength(1);
});

test('a notebook that nobody looks at asks for no idle time, and has no findings', async () => {
  isWanted = false;
  lint.changed();
  expect(asked).toBeNull();
  lint.refresh({ kind: 'unknown' });
  await idle();
  expect(looks).toEqual([]);
  expect(lint.hasLooked).toBe(false);
});

test('switched off, what was found is taken back', async () => {
  lint.refresh({ kind: 'unknown' });
  await idle();
  isWanted = false;
  lint.refresh();
  await idle();
  expect(rules()).toEqual([]);
  expect(announced).toBe(2);
});

test('a notebook that is no runbook has no findings', async () => {
  cells = null;
  lint.refresh({ kind: 'unknown' });
  await idle();
  expect(looks).toEqual([]);
  expect(announced).toBe(0);
});

test('the same findings are not announced again', async () => {
  lint.refresh({ kind: 'unknown' });
  await idle();
  cells = [HEADING, PARAMETERS, step(`${SECRET}\nconsole.log(1);`)];
  lint.changed();
  await idle();
  expect(looks).toHaveLength(2);
  expect(announced).toBe(1);
});

test('an answer to an older text is thrown away', async () => {
  let release: () => void = () => undefined;
  slow = new Promise(resolve => (release = resolve));
  lint.refresh({ kind: 'unknown' });
  const first = idle();
  await first;
  cells = [HEADING, PARAMETERS, step('const x = 1;')];
  lint.changed();
  await idle();
  release();
  await new Promise(setImmediate);
  expect(looks).toHaveLength(2);
  expect(rules()).toEqual([]);
  expect(announced).toBe(0);
});
