// Cards of hold points, in the notebook and in the recorded outputs, against the journal.
import { expect, test } from '@jest/globals';
import { approvalBundle } from '../../../contract/holds/fallback.js';
import { APPROVAL_MIME } from '../../../contract/holds/mime.js';
import type { ApprovalState } from '../../../contract/holds/hold.js';
import type { MimeBundle } from '../../../contract/base/json.js';
import type { RecordBody } from '../../../contract/journal/journal.js';
import type { Notebook } from '../../../contract/notebook/notebook.js';
import { foldJournal } from '../../../contract/reduce/reduce.js';
import { cardFindings } from '../../../lifecycle/verify/card-findings.js';
import { decided, KERNEL, requested, RUN_OPENED, stamp, started } from '../../contract/sample-journal.js';

const BODIES: readonly RecordBody[] = [RUN_OPENED, KERNEL, started('s1'), requested('s1'), decided('s1')];
const RUN = '2.4.0-staging-3f9c21';
const ID = 's1:1:QA sign-off';

/** The card as it was after so many records. */
const cardAfter = (records: number): MimeBundle =>
  approvalBundle(foldJournal(stamp(BODIES.slice(0, records))).approvals[ID]!, RUN);

function look(data: MimeBundle, bodies: readonly RecordBody[] = BODIES, recorded = data) {
  const output: RecordBody = {
    kind: 'output',
    step: 's1',
    attempt: 1,
    upTo: 1,
    outputs: [{ kind: 'display', data: recorded, metadata: {} }]
  };
  const cells = [
    {
      id: 's1',
      cell_type: 'code',
      source: '',
      outputs: [{ output_type: 'display_data', data, metadata: {} }]
    }
  ];
  const notebook = { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 } as unknown as Notebook;
  const names = { notebook: 'n', journal: 'j', manifest: 'm', tokens: 't' };
  const files = { names, notebook: Buffer.from('{}'), journal: null, manifest: null, tokens: [] };
  return cardFindings(files, notebook, stamp([...bodies, output]));
}

function edited(change: (approval: ApprovalState) => object): MimeBundle {
  const approval = foldJournal(stamp(BODIES)).approvals[ID]!;
  return approvalBundle({ ...approval, ...change(approval) }, RUN);
}

test.each([
  ['as it waited', cardAfter(4)],
  ['as it was decided', cardAfter(5)],
  ['with a secret masked that was learned later', masked(cardAfter(5))]
])('a card that the run has shown holds: %s', (_, data) => {
  expect(look(data)).toEqual({ findings: [], notes: [] });
});

test.each<[string, MimeBundle]>([
  ['of a state that never was', edited(() => ({ rev: 1e9 }))],
  ['of another hold point', edited(() => ({ id: 'other' }))],
  ['of no hold point', { ...cardAfter(5), [APPROVAL_MIME]: null }],
  ['with another verdict', edited(() => ({ status: 'rejected' }))],
  [
    'decided by somebody else',
    edited(({ decisions }) => ({
      decisions: decisions.map(each => ({ ...each, by: { ...each.by, name: 'Ann Lee' } }))
    }))
  ],
  ['with another text', { ...cardAfter(4), 'text/html': cardAfter(5)['text/html']! }],
  ['without a text', withoutPart(cardAfter(5), 'text/markdown')],
  ['with a picture in its place', { ...cardAfter(5), 'image/svg+xml': '<svg/>' }],
  ['with a mask where a word of a closed set stands', edited(() => ({ status: '«secret PASSWORD»' }))]
])('a card is found in the notebook and in the journal: %s', (_, data) => {
  const { findings } = look(data);
  expect(findings.map(({ file, line, code }) => ({ file, line, code }))).toEqual([
    { file: 'j', line: 6, code: 'card.other' },
    { file: 'n', line: 1, code: 'card.other' }
  ]);
  expect(look(data, BODIES, cardAfter(5)).findings).toHaveLength(1);
});

test('texts of another version are not compared, and that is said', () => {
  const older: RecordBody[] = BODIES.map(body =>
    body.kind === 'kernel-started' ? { ...body, version: '0.0.9' } : body
  );
  const written = { ...cardAfter(5), 'text/plain': 'Approved, in other words' };
  expect(look(written, older)).toEqual({ findings: [], notes: [expect.stringContaining('version 0.0.9')] });
  expect(
    look(
      edited(() => ({ status: 'rejected' })),
      older
    ).findings
  ).toHaveLength(2);
});

test('cards of the journal before are named in a run that was begun anew', () => {
  const anew = {
    by: { username: 'ann', name: 'Ann', grade: 'claimed' as const },
    reason: 'Lost',
    because: 'journal.lost'
  };
  const bodies: RecordBody[] = [{ ...RUN_OPENED, anew } as RecordBody, KERNEL];
  expect(look(cardAfter(5), bodies)).toEqual({
    findings: [],
    notes: [expect.stringContaining('begun anew')]
  });
});

function masked(bundle: MimeBundle): MimeBundle {
  return JSON.parse(JSON.stringify(bundle).replaceAll('Looks good', '«secret PHRASE»')) as MimeBundle;
}

function withoutPart(bundle: MimeBundle, part: string): MimeBundle {
  return Object.fromEntries(Object.entries(bundle).filter(([mime]) => mime !== part));
}
