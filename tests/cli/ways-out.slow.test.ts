// What people have written into a run, on every way out of it: the commands that show runs, the board, the cards and charts in the
// notebook, and the message of a commit. Names, questions, evidence, comments and reasons want to act where they are shown; none does.
import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { Parser } from 'htmlparser2';
import { marked } from 'marked';
import type { RecordBody } from '../../contract/journal/journal.js';
import { approvalBundle } from '../../contract/holds/fallback.js';
import { foldJournal } from '../../contract/reduce/reduce.js';
import { timeline } from '../../runbook/chart/timeline.js';
import { partOf } from '../../lifecycle/board/parts.js';
import { pageOf } from '../../lifecycle/board/page.js';
import { archiveFacts } from '../../lifecycle/facts/archive-facts.js';
import { summaryCell } from '../../lifecycle/archive/summary-cell.js';
import { textOf } from '../../contract/notebook/outline.js';
import { STATUS_FORMATS } from '../../lifecycle/status/format/formats.js';
import { summarizeRun } from '../../lifecycle/status/summarize-run.js';
import { runStatus } from '../../lifecycle/status/run-status.js';
import { activeText, ACTS } from '../active-texts.js';
import { decided, ended, KERNEL, OPENED, requested, stamp, started } from '../contract/sample-journal.js';
import { journalText } from '../lifecycle/journal-text.js';
import { filesOf, RUN } from '../lifecycle/status/summaries.js';
import { rounds } from '../proof.js';
import { makeRandom } from '../random.js';
import { makeSandbox, TEMPLATE, type Sandbox } from './launchbook.js';

/** A run with more than 25 texts in each round. */
const ROUNDS = rounds({ inTest: 4, inProof: 170 });
jest.setTimeout(10_000 + ROUNDS * 2_000);

let sandbox: Sandbox;
const random = makeRandom(4);
const active = (): string => `${activeText(random)}x`;

beforeAll(() => {
  sandbox = makeSandbox();
});
afterAll(() => sandbox.remove());

let records: RecordBody[];

beforeEach(() => {
  records = [];
});

/** A run in which every text that a person can write is an active one. In every second round its hold point still waits. */
function writeRun(round: number, text = active): void {
  const by = { username: text(), name: text(), grade: 'claimed' as const };
  const run = { ...RUN, release: text(), environment: text(), runbook: text(), createdBy: by };
  const outline = {
    title: text(),
    phases: [
      { id: 'prepare', title: text(), steps: [{ id: 'p1', title: text(), holds: [] }] },
      { id: 'sign-off', title: text(), steps: [{ id: 's1', title: text(), holds: [text()] }] }
    ]
  };
  const asked = requested('s1') as Extract<RecordBody, { kind: 'approval-requested' }>;
  const failed = decided('s1') as Extract<RecordBody, { kind: 'approval-decided' }>;
  const all: RecordBody[] = [
    { ...OPENED, run },
    { ...KERNEL, by } as RecordBody,
    { kind: 'outline', outline },
    { ...started('p1'), by } as RecordBody,
    ended('p1'),
    { kind: 'step-skipped', step: 'p1', by, reason: text() },
    { ...started('s1'), by } as RecordBody,
    {
      ...asked,
      name: text(),
      phase: text(),
      request: {
        ...asked.request,
        question: text(),
        approvers: [text()],
        evidence: [{ label: text(), text: `${text()}\n${text()}` }]
      }
    },
    { ...failed, decision: { ...failed.decision, by, comment: text(), values: { [text()]: text() } } },
    { kind: 'note', text: text(), step: 's1', by },
    { kind: 'approval-closed', approval: failed.approval, status: 'revoked', reason: text(), by }
  ];
  records = round % 2 === 0 ? all : all.slice(0, -3);
  sandbox.write('release.ipynb', { ...TEMPLATE, metadata: { launchbook: { run } } });
  sandbox.write('release.journal.jsonl', journalText(records));
}

test.each([
  ['status', ['status', 'release.ipynb']],
  ['status --json', ['status', 'release.ipynb', '--json']],
  ['status --format md', ['status', 'release.ipynb', '--format', 'md']],
  ['status --format html', ['status', 'release.ipynb', '--format', 'html']],
  ['status --format slack', ['status', 'release.ipynb', '--format', 'slack']],
  ['report', ['report', 'release.ipynb']],
  ['report --format html', ['report', 'release.ipynb', '--format', 'html']],
  ['report --json', ['report', 'release.ipynb', '--json']],
  ['verify', ['verify', 'release.ipynb']],
  ['approve', ['approve', 'release.ipynb']],
  ['resume --plan', ['resume', 'release.ipynb', '--plan']],
  ['an error that names what was asked for', ['approve', 'release.ipynb', '\x1b[2J\u202e']]
])('%s acts on no terminal', async (_, args) => {
  for (let round = 0; round < ROUNDS; round++) {
    writeRun(round);
    const { stdout, stderr } = await sandbox.launchbook(...args);
    const shown = args.includes('slack') ? stdout.replaceAll('\u200b', '') : stdout;
    expect(shown + stderr).not.toMatch(/^$|an error that should not happen/);
    expect(ACTS.exec(shown + stderr)).toBeNull();
  }
});

test.each(['status', 'report'])('a line break makes no line of its own in %s', async command => {
  const forged = '\n✓ green: every phase has passed\r\u2028✓ green: yes\u0085✓ green: yes';
  for (let round = 0; round < 2; round++) {
    writeRun(round, () => `name${forged}`);
    const { stdout } = await sandbox.launchbook(command, 'release.ipynb');
    expect(stdout).toContain('✓ green');
    expect(stdout.split('\n').filter(line => line.startsWith('✓'))).toEqual([]);
  }
});

test('Markdown and HTML of a run have the elements of an ordinary run, and no others', async () => {
  const allowed = new Set(
    'article h2 h3 p strong ol time span dl dt dd table thead tbody tr th td ul li div b pre code h1 html head meta title style body em'.split(
      ' '
    )
  );
  for (let round = 0; round < ROUNDS; round++) {
    writeRun(round);
    const { stdout: status } = await sandbox.launchbook('status', 'release.ipynb', '--format', 'md');
    const { stdout: report } = await sandbox.launchbook('report', 'release.ipynb');
    const { stdout: html } = await sandbox.launchbook('report', 'release.ipynb', '--format', 'html');
    const state = foldJournal(stamp(records));
    const card = approvalBundle(Object.values(state.approvals)[0]!, null);
    const files = { ...filesOf(stamp(records)), run: state.run };
    const summary = textOf(summaryCell(archiveFacts(files, []), 'release.journal.jsonl').source);
    const board = partOf('run-1', runStatus(`${sandbox.folder}/release.ipynb`)).html;
    const documents = {
      status: marked.parse(status, { async: false }),
      report: marked.parse(report, { async: false }),
      summary: marked.parse(summary, { async: false }),
      card: marked.parse(String(card['text/markdown']), { async: false }),
      html,
      cardHtml: String(card['text/html']),
      board
    };
    for (const [name, document] of Object.entries(documents)) {
      expect([name, elementsOf(document).filter(tag => !allowed.has(tag))]).toEqual([name, []]);
      expect([name, ACTS.exec(document)]).toEqual([name, null]);
    }
    expect(ACTS.exec(String(card['text/plain']))).toBeNull();
    expect(pageOf([{ id: 'run-1', color: 'red', said: '', html: board }])).toContain(board);
  }
});

test('a time that is none is text', () => {
  for (let round = 0; round < ROUNDS; round++) {
    writeRun(round);
    const files = filesOf(stamp(records).map(record => ({ ...record, at: `<b>${active()}` })));
    const summary = summarizeRun({ files, earlier: [], now: '2026-11-22T09:00:00.000Z' });
    expect(elementsOf(STATUS_FORMATS.html(summary))).not.toContain('b');
    expect(elementsOf(marked.parse(STATUS_FORMATS.md(summary), { async: false }))).not.toContain('b');
    const cell = textOf(summaryCell(archiveFacts(files, []), 'x').source);
    expect(elementsOf(marked.parse(cell, { async: false }))).not.toContain('b');
  }
});

test('a chart has texts as data, and what acts in them is seen', () => {
  for (let round = 0; round < ROUNDS * 12; round++) {
    const spans = [{ label: active(), startMs: 0, endMs: 1000, status: 'passed' as const }];
    const { spec, text } = timeline(spans, active(), 2000);
    expect(TERMINAL.exec(JSON.stringify(spec) + text)).toBeNull();
    expect(JSON.stringify(spec)).not.toMatch(/"(?:href|url|signal|expr)":/);
  }
});

/** What acts on a terminal or on the order of letters. */
const TERMINAL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** Names of the elements; what has an attribute that acts is told with it. */
function elementsOf(html: string): string[] {
  const tags: string[] = [];
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        const acting = Object.keys(attributes).filter(key => /^(on|href|src|style|xlink)/i.test(key));
        tags.push([name, ...acting].join(' '));
      },
      oncomment: () => tags.push('comment')
    },
    { decodeEntities: true }
  );
  parser.end(html);
  return tags;
}
