// A summary in each of its formats: the same facts everywhere, hostile titles harmless, and equal when the journal is folded again.
import { describe, expect, test } from '@jest/globals';
import { STATUS_FORMATS, type StatusFormat } from '../../../lifecycle/status/format/formats.js';
import { applyRecord, foldJournal } from '../../../contract/reduce/reduce.js';
import { emptyRunState, type RunState } from '../../../contract/state/state.js';
import { summarizeRun } from '../../../lifecycle/status/summarize-run.js';
import { readJournal } from '../../../record/journal/read-journal.js';
import type { RecordBody } from '../../../contract/journal/journal.js';
import { ANN, ended, stamp, started } from '../../contract/sample-journal.js';
import { journalText } from '../journal-text.js';
import { ASKED, BEGIN, DONE, PREPARED, filesOf, summaryOf } from './summaries.js';

const FORMATS = Object.keys(STATUS_FORMATS) as StatusFormat[];

describe('text', () => {
  test('has the colour with its reason first, then the facts, then a line a phase', () => {
    expect(STATUS_FORMATS.text(summaryOf(ASKED, { secondsAfter: 240 })).split('\n')).toEqual([
      'Release: release 2.4.0 in staging',
      '▲ amber: “QA sign-off” waits for qa-lead (4 min 0 s)',
      '',
      '  Phase  2 of 3, QA sign-off: waiting',
      '  Waits  QA sign-off, for qa-lead, since 08:00:07 UTC (4 min 0 s)',
      '  Next   Ask (QA sign-off)',
      '  Last   entry in the journal at 08:00:07 UTC',
      '',
      '  ✓ Prepare      passed       1 of 1 step, 1.5 s',
      '  ◔ QA sign-off  waiting      0 of 2 steps',
      '  ▪ Deploy       locked       0 of 1 step, until “QA sign-off”'
    ]);
  });
});

describe('every format', () => {
  test.each(FORMATS)('%s tells colour, awaited person and phases', format => {
    const text = STATUS_FORMATS[format](summaryOf(ASKED, { secondsAfter: 240 }));
    for (const word of [
      format === 'slack' ? 'yellow' : 'amber',
      'qa-lead',
      'Prepare',
      'QA sign-off',
      'Deploy'
    ]) {
      expect(text.replaceAll('\\', '')).toContain(word);
    }
  });

  test.each(FORMATS)('%s of a hundred prefixes of a journal is byte for byte what was shown live', format => {
    const bodies = [
      ...DONE,
      ...Array.from({ length: 90 }, (_, n) => [started('d1', n + 2), ended('d1', n + 2)]).flat()
    ];
    const records = stamp(bodies).slice(0, 100);
    const state = emptyRunState();
    const at = (count: number): string => new Date(Date.UTC(2026, 10, 22, 9, 0, count)).toISOString();
    const write = (folded: RunState, count: number): string =>
      STATUS_FORMATS[format](
        summarizeRun({ files: filesOf(records.slice(0, count + 1), folded), earlier: [], now: at(count) })
      );
    const live = records.map((record, index) => {
      applyRecord(state, record);
      return write(state, index);
    });
    const folded = records.map((_, index) => {
      const { records: read } = readJournal(journalText(bodies.slice(0, index + 1)));
      return write(foldJournal(read.map((record, n) => ({ ...record, at: records[n]!.at }))), index);
    });
    expect(folded).toEqual(live);
    expect(new Set(live).size).toBeGreaterThan(50);
  });
});

describe('what people did', () => {
  const skips = Array.from({ length: 60 }, (_, index): RecordBody => {
    return { kind: 'step-skipped', step: 's2', by: ANN, reason: `reason ${index}.` };
  });
  const notes = Array.from({ length: 240 }, (_, index): RecordBody => {
    return { kind: 'note', text: `note ${index}.`, step: null, by: ANN };
  });
  const many = summaryOf([...DONE, ...skips, ...notes]);

  test.each(FORMATS.filter(format => format !== 'slack'))('stands in %s in full', format => {
    const text = STATUS_FORMATS[format](many);
    skips.forEach((_, index) => expect(text).toContain(`reason ${index}.`));
    notes.forEach((_, index) => expect(text).toContain(`note ${index}.`));
  });

  test('is cut for Slack: what was not planned stays, then the newest, and the rest is counted', () => {
    const text = STATUS_FORMATS.slack(many);
    const lines = text.split('\n');
    skips.forEach((_, index) => expect(text).toContain(`reason ${index}.`));
    expect(text).toContain('note 239.');
    expect(text).not.toContain('note 0.');
    const told = lines.filter(line => line.startsWith('• ')).length;
    expect(lines.at(-1)).toBe(`and ${301 - told} more acts in \`launchbook report\``);
    expect(text.length).toBeLessThan(9000);
  });
});

describe('hostile titles', () => {
  const HOSTILE = '<img src=x onerror=alert(1)> & "quoted" | *bold* [link](javascript:1) `code`\n# heading';
  const summary = summaryOf(PREPARED);
  const hostile = {
    ...summary,
    phases: summary.phases.map(phase => ({ ...phase, title: HOSTILE })),
    next: { step: HOSTILE, phase: HOSTILE, status: 'running' as const },
    health: { color: 'red' as const, reason: HOSTILE }
  };

  test('make no element in HTML', () => {
    expect(STATUS_FORMATS.html(hostile)).not.toMatch(/<img/);
    expect(STATUS_FORMATS.html(hostile)).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });

  test('make no markup and no further line in Markdown', () => {
    const lines = STATUS_FORMATS.md(hostile).split('\n');
    expect(lines.filter(line => line.startsWith('# '))).toEqual([]);
    expect(lines.filter(line => /[^\\]<img|[^\\]\[link/.test(line))).toEqual([]);
  });

  test('call nobody in Slack', () => {
    const shouted = { ...summary, health: { color: 'red' as const, reason: '<!channel> <@U1>' } };
    expect(STATUS_FORMATS.slack(shouted)).not.toMatch(/<[!@]/);
  });
});

test('a run that has not begun says so', () => {
  expect(STATUS_FORMATS.text(summaryOf(BEGIN))).toMatch(/green: it has not begun/);
});
