import { describe, expect, test } from '@jest/globals';
import { approvalBundle, checklistBundle } from '../../contract/holds/fallback.js';
import { formatCount, formatDuration, formatUtc } from '../../contract/base/format.js';
import { APPROVAL_MIME } from '../../contract/holds/mime.js';
import { journalPathOf, runOf } from '../../contract/notebook/notebook.js';
import { foldJournal } from '../../contract/reduce/reduce.js';
import { ANN, KERNEL, OPENED, decided, requested, stamp, started } from './sample-journal.js';

describe('formatDuration', () => {
  test.each([
    [0, '0 ms'],
    [840, '840 ms'],
    [12_300, '12.3 s'],
    [59_949, '59.9 s'],
    [59_960, '1 min 0 s'],
    [125_000, '2 min 5 s'],
    [7_380_000, '2 h 3 min'],
    [90_000_000, '1 d 1 h'],
    [-1, '–'],
    [Number.NaN, '–']
  ])('%d ms is %s', (ms, text) => expect(formatDuration(ms)).toBe(text));
});

test('times and counts read well', () => {
  expect(formatUtc('2026-11-22T07:50:03.120Z')).toBe('2026-11-22 07:50:03 UTC');
  expect(formatUtc('yesterday')).toBe('–');
  expect([formatCount(1, 'step'), formatCount(1200, 'step')]).toEqual(['1 step', '1,200 steps']);
});

test('a journal lies beside a run and under `.launchbook/` for a scratch notebook', () => {
  expect(journalPathOf('/r/runs/a/release.ipynb', true)).toBe('/r/runs/a/release.journal.jsonl');
  expect(journalPathOf('notes.ipynb', false)).toBe('.launchbook/notes.journal.jsonl');
});

test('a damaged run record counts as no run', () => {
  expect(runOf({ metadata: { launchbook: { run: { id: 5 } } } })).toBeNull();
  expect(runOf({})).toBeNull();
});

describe('approvalBundle', () => {
  const approvalOf = (...bodies: Parameters<typeof stamp>[0]) =>
    foldJournal(stamp([OPENED, KERNEL, started('s1'), requested('s1'), ...bodies])).approvals[
      's1:1:QA sign-off'
    ]!;

  test('an approved hold shows glyph, word, who with grade, when and comment in every fallback', () => {
    const bundle = approvalBundle(approvalOf(decided('s1')), null);
    for (const type of ['text/html', 'text/markdown', 'text/plain']) {
      const text = String(bundle[type]);
      for (const part of [
        'Approved',
        'QA sign\\-off'.replace('\\-', '-'),
        'Bob Ray',
        'signed',
        '2026-11-22 08:30:00 UTC',
        'Looks good'
      ]) {
        expect(text.replace(/\\/g, '')).toContain(part);
      }
    }
    expect(bundle[APPROVAL_MIME]).toMatchObject({ version: 1, approval: { status: 'approved' } });
  });

  test('a pending hold says who is awaited since when', () => {
    expect(approvalBundle(approvalOf(), null)['text/plain']).toContain(
      'Waiting for: qa-lead, since 2026-11-22 08:00:04 UTC'
    );
  });

  test('html has only tags that the sanitizer keeps, whatever people write', () => {
    const nasty = { ...approvalOf(decided('s1')), name: '<img src=x onerror=1> & "co"' };
    const html = String(approvalBundle(nasty, null)['text/html']);
    const tags = [...html.matchAll(/<\/?([a-z0-9]+)/g)].map(match => match[1]);
    expect(new Set(tags)).toEqual(new Set(['div', 'ul', 'li', 'b']));
    expect(html).toContain('&lt;img src=x onerror=1&gt; &amp; "co"');
  });
});

test('a checklist shows each item with glyph, who and when', () => {
  const items = [
    { text: 'Dashboards are green', required: true },
    { text: 'Mail the team', required: false }
  ];
  const ask = {
    kind: 'checklist-requested',
    checklist: 'c',
    name: 'Closing',
    step: 's1',
    attempt: 1,
    phase: '',
    items
  } as const;
  const tick = { kind: 'checklist-ticked', checklist: 'c', item: 0, ticked: true, by: ANN } as const;
  const state = foldJournal(stamp([OPENED, KERNEL, started('s1'), ask, tick]));
  const bundle = checklistBundle(state.checklists['c']!, 'r');
  expect(bundle['text/plain']).toBe(
    'Closing: 1 of 2 done\n[x] Dashboards are green — Ann Lee (claimed), 2026-11-22 08:00:05 UTC\n[ ] Mail the team — open, optional'
  );
  expect(bundle['text/html']).toContain('<li>☑ Dashboards are green — Ann Lee');
});
