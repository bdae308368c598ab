// The facts of a run: everything that happened, once, in words on which summary, picture, report, status and receipts agree.
import { describe, expect, test } from '@jest/globals';
import type { RecordBody } from '../../../contract/journal/journal.js';
import { undoStepOf } from '../../../contract/notebook/outline.js';
import { archiveFacts } from '../../../lifecycle/facts/archive-facts.js';
import { reportOf } from '../../../lifecycle/report/report-run.js';
import { decisionRows } from '../../../lifecycle/archive/decisions.js';
import { summaryCell } from '../../../lifecycle/archive/summary-cell.js';
import { runPicture } from '../../../lifecycle/archive/run-picture.js';
import { timelineCell } from '../../../lifecycle/archive/timeline-cell.js';
import type { CodeCell } from '../../../lifecycle/notebook/archive-marks.js';
import {
  ANN,
  BOB,
  decided,
  ended,
  OUTLINE,
  requested,
  stamp,
  started
} from '../../contract/sample-journal.js';
import { STATUS_FORMATS } from '../../../lifecycle/status/format/formats.js';
import { ASKED, DONE, filesOf, PREPARED, summaryOf } from '../status/summaries.js';

const factsOf = (bodies: readonly RecordBody[]) => archiveFacts(filesOf(stamp(bodies)), []);
const textOf = (source: unknown): string => [source].flat().join('');
const UNANSWERED = { name: 'HoldUnansweredError', code: 'hold.unanswered', message: 'Nobody is here.' };
const HELD: RecordBody[] = [...ASKED, { ...ended('s1', 1, 'failed'), error: UNANSWERED } as RecordBody];

describe('the facts', () => {
  test('tell who drove, who judged what, which step was left out and why', () => {
    const facts = factsOf([
      ...PREPARED,
      { kind: 'driver-changed', by: BOB, client: 'page', how: 'handed-over', reason: '', agreedBy: ANN },
      {
        kind: 'effect-started',
        effect: 'e1',
        step: 'p1',
        attempt: 1,
        helper: 'shell',
        label: 'fleetctl deploy',
        request: {}
      },
      { kind: 'effect-judged', effect: 'e1', judgement: 'passed', by: BOB, reason: 'seen in the log' },
      { kind: 'step-skipped', step: 's2', by: ANN, reason: 'nothing to look at' },
      started('d1', 1)
    ]);
    expect(facts.drivers).toMatchObject([{ person: BOB, how: 'handed-over', agreedBy: ANN, to: null }]);
    expect(facts.acts.map(({ by, what, reason }) => [by, what, reason])).toEqual([
      [BOB, 'took the wheel that Ann Lee handed over', ''],
      [BOB, 'judged “fleetctl deploy” of “Look” (Prepare) as passed', 'seen in the log'],
      [ANN, 'left out “After” (QA sign-off)', 'nothing to look at']
    ]);
    const steps = facts.phases.flatMap(phase => phase.steps);
    expect(steps.find(({ id }) => id === 's2')).toMatchObject({
      status: 'skipped',
      skipped: { by: ANN, reason: 'nothing to look at' }
    });
    expect(facts.attempts.map(({ title, end }) => [title, end])).toEqual([
      ['Look', 'passed'],
      ['Deploy', null]
    ]);
  });

  test('tell what was done to the cells of the steps after the run had begun', () => {
    const [prepare, signOff, deploy] = OUTLINE.phases;
    const changed: RecordBody = {
      kind: 'outline',
      outline: { ...OUTLINE, phases: [prepare!, deploy!, { ...signOff!, steps: signOff!.steps.slice(0, 1) }] }
    };
    expect(factsOf([...PREPARED, changed, started('d1')]).deviations).toEqual([
      'The step “Ask” (QA sign-off) was moved after the run had begun.',
      'The step “After” (QA sign-off) was deleted after the run had begun.'
    ]);
    expect(factsOf(DONE).deviations).toEqual([]);
  });

  test('tell how long people were waited for, never less than nothing', () => {
    const early: RecordBody = {
      ...decided('s1'),
      decision: { decision: 'approved', by: BOB, at: '2026-11-22T07:00:00.000Z', comment: '' }
    } as RecordBody;
    const waits = (body: RecordBody) =>
      factsOf([...PREPARED, started('s1'), requested('s1'), body]).holds.flatMap(hold =>
        'items' in hold ? [] : hold.decisions.map(({ waitedMs }) => waitedMs)
      );
    expect(waits(decided('s1'))).toEqual([
      Date.parse('2026-11-22T08:30:00Z') - Date.parse('2026-11-22T08:00:07Z')
    ]);
    expect(waits(early)).toEqual([0]);
  });

  test('know of each person who executed a step, in the order of the first one', () => {
    const bob = { ...started('s2'), by: BOB } as RecordBody;
    expect(factsOf([...PREPARED, bob, ended('s2'), started('d1')]).people).toEqual([ANN, BOB]);
  });
});

describe('what is told in several places is told alike:', () => {
  test('an attempt that was held', () => {
    const facts = factsOf(HELD);
    expect(facts.outcome).toBe('held');
    expect(facts.deviations).toEqual(['The step “Ask” (QA sign-off) was held in 1 of 1 attempt.']);
    expect(JSON.stringify(reportOf(facts, null, '2026-11-22T09:00:00.000Z'))).toMatch(
      /“Ask” \(QA sign-off\): held in 1\.5 s/
    );
    expect(pictureOf(facts)).toMatch(/Ask .* held, /);
  });

  test('a step that was left out: it is never counted as passed', () => {
    const skipped: RecordBody = { kind: 'step-skipped', step: 's2', by: ANN, reason: 'nothing to look at' };
    const facts = factsOf([...ASKED, decided('s1'), ended('s1'), skipped, started('d1'), ended('d1')]);
    const summary = textOf(summaryCell(facts, 'release.journal.jsonl').source);
    const told =
      'Ann Lee (claimed) left out “After” (QA sign-off), 2026-11-22 08:00:10 UTC: nothing to look at.';
    expect(summary).toMatch(
      /^\*\*Release 2\.4\.0 in staging passed\.\*\* 3 of 3 phases passed, 1 step skipped\.\n/
    );
    expect(summary).toMatch(/\| QA sign-off \| ☑ passed \| .* \| 1 of 2, 1 skipped \| 1 \|/);
    expect(summary).toContain(`- ${told}`);
    expect(reportOf(facts, [], '').parts[1]!.rows).toEqual([[told]]);
    const status = STATUS_FORMATS.text(
      summaryOf([...ASKED, decided('s1'), ended('s1'), skipped, started('d1'), ended('d1')])
    );
    expect(status).toContain('green: every phase has passed, 1 step was skipped');
    expect(status).toMatch(/QA sign-off +passed +1 of 2 steps, 1 skipped/);
    expect(status).toContain(
      '  08:00:10 UTC  Ann Lee (claimed) left out “After” (QA sign-off): nothing to look at'
    );
  });

  test('an approval: its decision, its release against the policy, and what became of it', () => {
    const facts = factsOf([
      ...ASKED,
      decided('s1'),
      {
        kind: 'approval-closed',
        approval: 's1:1:QA sign-off',
        status: 'revoked',
        reason: 'seen a leak',
        by: ANN
      },
      started('s1', 2),
      requested('s1', 2),
      { kind: 'glass-broken', approval: 's1:2:QA sign-off', by: BOB, reason: 'orders are down' }
    ]);
    expect(decisionRows(facts)).toEqual([
      ['QA sign-off', 'approved', 'Bob Ray (signed)', '2026-11-22 08:30:00 UTC', '29 min 53 s', 'Looks good'],
      ['QA sign-off', 'revoked', 'Ann Lee (claimed)', '2026-11-22 08:00:09 UTC', '', 'seen a leak'],
      [
        'QA sign-off',
        'released against the policy',
        'Bob Ray (signed)',
        '2026-11-22 08:00:12 UTC',
        '',
        'orders are down'
      ]
    ]);
  });

  test('a thousand acts at most in the first cell of an archive, and how many there are beside', () => {
    const notes = Array.from({ length: 1100 }, (_, index): RecordBody => {
      return { kind: 'note', text: `note ${index}.`, step: null, by: ANN };
    });
    const skipped: RecordBody = { kind: 'step-skipped', step: 's2', by: ANN, reason: 'nothing to look at' };
    const summary = textOf(summaryCell(factsOf([...PREPARED, skipped, ...notes]), 'x').source);
    expect(summary.match(/\| noted \|/g)).toHaveLength(999);
    expect(summary).toContain('| left out “After” (QA sign-off) | nothing to look at |');
    expect(summary).toContain('| noted | note 1099. |');
    expect(summary).toContain('\n\n101 more acts in the journal; `launchbook report` tells all.\n');
    expect(Buffer.byteLength(summary)).toBeLessThan(300_000);
  });

  test('a rollback: who, what and why, before anything else', () => {
    const rolledBack: RecordBody = {
      kind: 'rolled-back',
      checkpoint: null,
      step: 'd1',
      by: BOB,
      reason: 'orders are slow',
      steps: ['d1'],
      approvals: []
    };
    const facts = factsOf([...DONE, rolledBack]);
    const told =
      'Bob Ray (signed) rolled back to before “Deploy” (Deploy): orders are slow (stale: “Deploy” (Deploy))';
    expect(textOf(summaryCell(facts, 'x').source).split('\n')[2]).toBe(
      `**ROLLED BACK** at 2026-11-22 08:00:14 UTC: ${told}`
    );
    const report = reportOf(facts, [], '');
    expect(report.title).toBe('Release 2.4.0 in staging: rolled back, unfinished');
    expect(report.warnings).toContain(`Rolled back at 2026-11-22 08:00:14 UTC: ${told}`);
    expect(summaryOf([...DONE, rolledBack]).health).toEqual({ color: 'amber', reason: told });
    const again = factsOf([...DONE, rolledBack, started('d1', 2), ended('d1', 2)]);
    expect([again.rolledBack, again.outcome]).toEqual([null, 'passed']);
    expect(again.deviations.join()).toContain('rolled back to before');
  });

  test('a rollback that goes on is amber, one that has stopped is red', () => {
    const undoing: RecordBody = {
      kind: 'undoing-started',
      checkpoint: null,
      step: 'd1',
      rollbacks: ['r1'],
      by: BOB,
      reason: 'orders are slow'
    };
    const error = { name: 'HttpError', code: 'http.failed', message: 'The fleet did not answer.' };
    expect(summaryOf([...DONE, undoing]).health).toEqual({
      color: 'amber',
      reason: 'Bob Ray (signed) rolls back: orders are slow'
    });
    expect(summaryOf([...DONE, undoing, { kind: 'undoing-stopped', error }]).health).toEqual({
      color: 'red',
      reason: 'Bob Ray (signed) rolls back: orders are slow; it stopped: The fleet did not answer'
    });
  });

  test('the attempts of an undo step', () => {
    const undo = undoStepOf('r1');
    const facts = factsOf([
      ...DONE,
      { kind: 'rollback-registered', rollback: 'r1', name: 'Stop it', step: 'd1' },
      started(undo),
      ended(undo)
    ]);
    expect(pictureOf(facts)).toMatch(/undo step “Stop it” .* passed, /);
    expect(JSON.stringify(reportOf(facts, null, ''))).toMatch(/undo step “Stop it”: passed in 1\.5 s/);
  });

  test('phases without steps are no part of the progress, as they are none of the outcome', () => {
    const files = filesOf(stamp(DONE));
    const prose = { id: 'background', title: 'Background', steps: [] };
    const outline = { ...files.outline, phases: [prose, ...files.outline.phases] };
    const summary = summaryCell(archiveFacts({ ...files, outline }, []), 'release.journal.jsonl');
    expect(textOf(summary.source)).toMatch(
      /^\*\*Release 2\.4\.0 in staging passed\.\*\* 3 of 3 phases passed\.\n/
    );
  });

  test('releases against the policy, in the order of time, each in a paragraph of its own', () => {
    const by = ANN;
    const broken = DONE.map(body =>
      body.kind === 'approval-decided'
        ? { kind: 'glass-broken' as const, approval: body.approval, by, reason: 'down' }
        : body
    );
    const released = {
      kind: 'phase-released' as const,
      phase: 'deploy',
      title: 'Deploy',
      rule: { withinMs: null, environments: ['staging'], sameRelease: false },
      missing: [],
      steps: [],
      by,
      reason: 'urgent'
    };
    const facts = factsOf([...broken, released]);
    const lines = textOf(summaryCell(facts, 'release.journal.jsonl').source).split('\n');
    expect(lines.slice(2, 5)).toEqual([
      expect.stringMatching(/^\*\*RELEASED AGAINST THE POLICY:\*\* “QA sign-off” by /),
      '',
      expect.stringMatching(/^\*\*RELEASED AGAINST THE POLICY:\*\* “Deploy” by /)
    ]);
  });
});

function pictureOf(facts: ReturnType<typeof factsOf>): string {
  return textOf((timelineCell(runPicture(facts)) as CodeCell).outputs![0]!.data!['text/plain']);
}
