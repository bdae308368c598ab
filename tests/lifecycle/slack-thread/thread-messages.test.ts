// What the thread of a run says, derived from its journal: the same under the same keys whoever derives it, short enough for an edit, and
// nothing in it acts that a person or a program has written.
import { describe, expect, test } from '@jest/globals';
import type { RecordBody } from '../../../contract/journal/journal.js';
import type { JournalRecord } from '../../../contract/journal/journal.js';
import { ThreadMessages } from '../../../lifecycle/slack-thread/thread-messages.js';
import { ThreadWriter, type ThreadMessage } from '../../../lifecycle/slack-thread/thread-writer.js';
import {
  ANN,
  BOB,
  decided,
  ended,
  KERNEL,
  OUTLINE,
  requested,
  stamp,
  started
} from '../../contract/sample-journal.js';
import { activeText } from '../../active-texts.js';
import { makeRandom } from '../../random.js';
import { rounds } from '../../proof.js';
import { everyActFiles } from '../facts/every-act/story.js';
import { ASKED, BEGIN, DONE, PREPARED } from '../status/summaries.js';

const WRITER = new ThreadWriter({
  pagesAt: null,
  mask: text => text.replaceAll('sesame_4711', '«secret TOKEN»'),
  slackIds: { bob: 'U0BOB', 'qa-lead': 'S0QALEAD' },
  addressOf: step => `https://lab.example/lab/tree/release.ipynb${step === null ? '' : `#cell-id=${step}`}`
});

function toldOf(records: readonly JournalRecord[], writer = WRITER): readonly ThreadMessage[] {
  const messages = new ThreadMessages(writer);
  records.forEach(record => messages.take(record));
  return messages.all();
}

/** The texts as a reader sees them. */
function texts(bodies: readonly RecordBody[]): string[] {
  return toldOf(stamp(bodies)).map(({ text }) =>
    text.replaceAll('\u200b', '').replace(/<(https:[^|>]+)\|([^>]+)>/g, '[$2]')
  );
}

const failed = (reason: object): RecordBody => ({
  ...(ended('d1', 1, 'failed') as Extract<RecordBody, { kind: 'attempt-ended' }>),
  error: {
    name: 'CommandFailedError',
    code: 'shell.failed',
    message:
      'Command failed with exit code 1 after 5 ms: restart web-2\nLast lines of stderr:\n  no route to host',
    ...reason
  }
});

describe('the thread', () => {
  test('says nothing before the first step, and begins with the run', () => {
    expect(texts(BEGIN)).toEqual([]);
    expect(texts(PREPARED)).toEqual([
      [
        ':large_green_circle: *Release: release 2.4.0 in staging*: it runs as planned · [Open the run]',
        '✓ Prepare  · QA sign-off  ▪ Deploy',
        '*Begun* 2026-11-22 08:00:01 UTC'
      ].join('\n'),
      '✓ Prepare has passed: 1 of 1 step, 1.5 s'
    ]);
  });

  test('asks whoever is awaited, with a link to the step, and says when that is over', () => {
    const asking = '◔ “QA sign-off” waits for qa-lead: May it go out? <!subteam^S0QALEAD> · [Open the step]';
    expect(texts(ASKED).at(-1)).toBe(asking);
    expect(texts(ASKED)[0]).toContain('*Waits* QA sign-off, for qa-lead');
    expect(texts([...ASKED, decided('s1')]).slice(-2)).toEqual([
      '✓ “QA sign-off”: approved',
      '✓ Bob Ray (signed) approved “QA sign-off” after 29 min 53 s: Looks good (nothing: its signature is missing)'
    ]);
    expect(texts([...ASKED, decided('s1', 'rejected')]).slice(-2)).toEqual([
      '⊘ “QA sign-off”: rejected',
      '⊘ Bob Ray (signed) rejected “QA sign-off” after 29 min 53 s: Looks good (nothing: its signature is missing)'
    ]);
  });

  test('reminds until somebody has decided', () => {
    const reminded = [
      ...ASKED,
      { kind: 'approval-reminded', approval: 's1:1:QA sign-off', awaited: ['qa-lead'] } as RecordBody
    ];
    expect(texts(reminded).at(-1)).toBe(
      '◔ Reminder: “QA sign-off” waits for qa-lead since 2026-11-22 08:00:07 UTC <!subteam^S0QALEAD> · [Open the step]'
    );
    const over = toldOf(stamp([...reminded, decided('s1')])).filter(({ isOver }) => isOver);
    expect(over.map(({ key }) => key)).toEqual(['hold:s1:1:QA sign-off', 'act:8']);
  });

  test('tells a failure with its last line, and what became of it', () => {
    const story = [...BEGIN, started('d1'), failed({})];
    expect(texts(story).at(-1)).toBe(
      '✗ “Deploy” (Deploy) failed (attempt 1, Ann Lee (claimed)): Command failed with exit code 1 after 5 ms: restart web-2 · [Open the step]'
    );
    expect(
      texts([...BEGIN, started('d1'), failed({ fields: { stderr: 'a\nno route to host\n' } })]).at(-1)
    ).toContain('restart web-2 — no route to host');
    expect(texts([...story, started('d1', 2), ended('d1', 2)])[1]).toMatch(
      /restart web-2; attempt 2 has passed · \[Open the step\]$/
    );
    expect(texts(story)[0]).toMatch(/^:red_circle: .*“Deploy” failed/);
  });

  test('tells an attempt that a dead kernel has left', () => {
    expect(texts([...BEGIN, started('d1')])).toHaveLength(1);
    expect(texts([...BEGIN, started('d1'), KERNEL]).at(-1)).toBe(
      '? “Deploy” (Deploy) has no known end; a person must say whether it succeeded (attempt 1, Ann Lee (claimed)) · [Open the step]'
    );
  });

  test('ends with the run', () => {
    expect(texts(DONE).at(-1)).toBe('✓ *Finished* after 12.0 s: every phase has passed · [Open the run]');
    expect(texts(DONE)[0]).toContain(
      ':large_green_circle: *Release: release 2.4.0 in staging*: every phase has passed'
    );
  });

  test('ends once: not again with an optional step, but with a step that was run again', () => {
    const [prepare, ...others] = OUTLINE.phases;
    const extra = { id: 'x', title: 'Extra', holds: [], isOptional: true as const };
    const phases = [{ ...prepare!, steps: [...prepare!.steps, extra] }, ...others];
    const outline: RecordBody = { kind: 'outline', outline: { ...OUTLINE, phases } };
    const finished = (bodies: readonly RecordBody[]): number =>
      texts(bodies).filter(text => text.includes('*Finished*')).length;
    const story = [...BEGIN, outline, ...DONE.slice(BEGIN.length)];
    expect(finished(story)).toBe(1);
    expect(finished([...story, started('x'), ended('x')])).toBe(1);
    expect(finished([...story, started('d1', 2), ended('d1', 2)])).toBe(2);
  });

  test('tells every act that was not planned, in the words of the report', () => {
    const { records } = everyActFiles();
    const told = toldOf(records);
    expect(new Set(told.map(({ key }) => key)).size).toBe(told.length);
    const words = told.map(({ text }) => text.replaceAll('\u200b', '')).join('\n');
    for (const part of [
      'rolled back',
      'left out',
      'took over from',
      'against the policy',
      'revoked',
      'judged'
    ]) {
      expect(words).toContain(part);
    }
    // Whoever goes on with it later says the same.
    const messages = new ThreadMessages(WRITER);
    const keys = new Set<string>();
    for (const record of records) {
      messages.take(record);
      messages.all().forEach(({ key }) => keys.add(key));
    }
    expect([...keys].sort()).toEqual(told.map(({ key }) => key).sort());
    expect(messages.all()).toEqual(told);
  });

  test('mentions the driver who is asked for the wheel, and a person of a group that Slack does not know', () => {
    const writer = new ThreadWriter({
      pagesAt: null,
      mask: text => text,
      slackIds: { ann: 'U0ANN' },
      addressOf: () => null
    });
    const driver: RecordBody = { kind: 'driver-changed', by: ANN, client: 'a', how: 'first', reason: '' };
    const asks: RecordBody = { kind: 'wheel-asked', wheel: 'w', by: BOB, client: 'b' };
    expect(toldOf(stamp([...PREPARED, driver, asks]), writer).at(-1)!.text).toBe(
      '• Bob Ray (signed) asked Ann Lee for the wheel <@U0ANN>'
    );
    expect(writer.mentions([{ name: 'qa', members: ['ann', 'bob'] }, { name: 'ann' }])).toBe(' <@U0ANN>');
    expect(writer.mentions([{ name: 'constructor' }, { name: '__proto__' }])).toBe('');
  });
});

describe('what others wrote', () => {
  const OWN = /<(?:https:\/\/lab\.example\/[^|>\s]+\|Open the (?:step|run)|@U0BOB|!subteam\^S0QALEAD)>/g;
  const OWN_FORMAT =
    /\*(?:Release[^*\n]*|Begun|Waits|Driver|Finished)\*|^:(?:large_(?:green|yellow)|red)_circle:/gm;

  test('calls nobody, links nothing and forges no line, and a message is short enough for an edit', () => {
    const random = makeRandom(17);
    for (let round = 0; round < rounds({ inTest: 60, inProof: 500 }); round++) {
      const text = activeText(random).repeat(random() < 0.1 ? 300 : 1);
      const question = requested('s1') as Extract<RecordBody, { kind: 'approval-requested' }>;
      const bodies = [
        ...PREPARED,
        started('s1'),
        { ...question, name: text, request: { ...question.request, question: text, approvers: [text] } },
        { kind: 'step-skipped', step: 's2', by: { ...BOB, name: text }, reason: text } as RecordBody,
        started('d1'),
        failed({ message: text, fields: { stderr: text } })
      ];
      for (const { text: shown } of toldOf(stamp(bodies))) {
        const rest = shown.replace(OWN, '').replace(OWN_FORMAT, '').replaceAll('\u200b*', '');
        expect(rest).not.toMatch(/[<>]|&(?!(?:amp|lt|gt);)|:\/\/|(?<!\u200b)[*_~`]|@\w|\bwww\./);
        expect(Buffer.byteLength(shown)).toBeLessThanOrEqual(4000);
      }
    }
  });

  test('is masked before it is cut', () => {
    const secret = `${'x'.repeat(495)}sesame_4711`;
    const told = toldOf(stamp([...BEGIN, started('d1'), failed({ message: secret })]));
    expect(told.map(({ text }) => text).join('\n')).not.toContain('sesame');
  });
});
