// Does a card of a hold point show what the journal says of it? Cards are outputs, so a journal that was written anew can carry one that
// never was: each, in the notebook and in the recorded outputs, is made again from the state that it says it shows, text by text.
import type { MimeBundle } from '../../contract/base/json.js';
import { stableText } from '../../contract/base/stable-text.js';
import { approvalBundle, checklistBundle, taskListBundle } from '../../contract/holds/fallback.js';
import { APPROVAL_MIME, CHECKLIST_MIME, TASK_LIST_MIME } from '../../contract/holds/mime.js';
import type { HoldState } from '../../contract/holds/pending.js';
import type { JournalRecord } from '../../contract/journal/journal.js';
import type { Notebook } from '../../contract/notebook/notebook.js';
import { applyRecord } from '../../contract/reduce/reduce.js';
import { emptyRunState } from '../../contract/state/state.js';
import { canonicalOutput } from '../archive/canonical-notebook.js';
import { capOutput, OUTPUT_LIMITS } from '../archive/output-cap.js';
import { LAUNCHBOOK_VERSION } from '../../contract/base/version.js';
import { lineOfText } from '../findings/line-of.js';
import type { ArchiveFiles, Finding } from '../findings/verification.js';
import { isSameBesideMasks } from './same-beside-masks.js';
import type { CodeCell } from '../notebook/archive-marks.js';

/** What was found about the cards of a run. */
export interface CardFindings {
  readonly findings: readonly Finding[];
  /** What nobody can compare, one sentence each. */
  readonly notes: readonly string[];
}

/** Every card that shows something else than the journal has. */
export function cardFindings(
  { names, notebook: bytes }: ArchiveFiles,
  { cells }: Notebook,
  records: readonly JournalRecord[]
): CardFindings {
  const cards = new Cards();
  const recorded = records.flatMap((record, index): Finding[] => {
    cards.take(record);
    const shown = record.kind === 'output' ? record.outputs : [];
    return shown.flatMap(output => {
      const what = 'data' in output ? cards.faultOf(output.data) : null;
      return what === null
        ? []
        : [{ file: names.journal, line: index + 1, code: 'card.other', text: `records the output ${what}` }];
    });
  });
  const text = bytes.toString('utf8');
  const shown = cells.flatMap(cell =>
    ((cell as CodeCell).outputs ?? []).flatMap((output): Finding[] => {
      const what = output.data === undefined ? null : cards.faultOf(output.data as MimeBundle);
      return what === null
        ? []
        : [
            {
              file: names.notebook,
              line: lineOfText(text, `"id": ${JSON.stringify(cell.id)}`),
              code: 'card.other',
              text: `begins the step ${cell.id} with ${what}`
            }
          ];
    })
  );
  return { findings: [...recorded, ...shown], notes: [...cards.notes] };
}

const KINDS: readonly (readonly [mime: string, part: string])[] = [
  [APPROVAL_MIME, 'approval'],
  [CHECKLIST_MIME, 'checklist'],
  [TASK_LIST_MIME, 'board']
];

/** What cards may show: every state that a hold has had. */
class Cards {
  readonly notes = new Set<string>();
  readonly #state = emptyRunState();
  readonly #known = new Map<string, HoldState & { readonly version: string }>();
  #version = LAUNCHBOOK_VERSION;
  #isAnew = false;

  take(record: JournalRecord): void {
    const state = this.#state;
    applyRecord(state, record);
    if (record.kind === 'journal-opened') {
      this.#isAnew = record.anew !== undefined;
    }
    if (record.kind === 'journal-opened' || record.kind === 'kernel-started') {
      this.#version = record.version;
    }
    for (const holds of [state.approvals, state.checklists, state.taskLists]) {
      for (const hold of Object.values<HoldState>(holds)) {
        if (hold.rev === state.seq) {
          this.#known.set(keyOf(hold.id, hold.rev), structuredClone({ ...hold, version: this.#version }));
        }
      }
    }
  }

  /** What is wrong with a bundle, continued by nothing; null when it is no card, or one of ours. */
  faultOf(data: MimeBundle): string | null {
    for (const [mime, part] of KINDS) {
      const payload = data[mime];
      if (payload !== undefined) {
        const { id, rev, name } = ((payload as { readonly [key: string]: unknown } | null)?.[part] ?? {}) as {
          readonly [key: string]: unknown;
        };
        const known = this.#known.get(keyOf(id, rev));
        const said = `a card of “${String(name)}”`;
        if (known === undefined && this.#isAnew) {
          this.notes.add(`There is ${said} that the journal does not have, because the run was begun anew.`);
          continue;
        }
        if (known === undefined) {
          return `${said} that this run has not shown: its journal has no such state of it`;
        }
        const { version, ...hold } = known;
        const isOfOther = version !== LAUNCHBOOK_VERSION;
        if (isOfOther) {
          this.notes.add(
            `The texts of cards are those of version ${version}; what they stand for is compared.`
          );
        }
        const only = isOfOther ? mime : null;
        if (!this.#bundlesOf(hold).some(bundle => isCutFrom(data, bundle, only))) {
          return `${said} that shows something else than the journal has of it`;
        }
      }
    }
    return null;
  }

  /** In a list of tasks the time says what is late; between two of its times nothing changes. */
  #bundlesOf(hold: HoldState): MimeBundle[] {
    const run = this.#state.run?.id ?? null;
    if ('items' in hold) {
      return [checklistBundle(hold, run)];
    }
    if (!('tasks' in hold)) {
      return [approvalBundle(hold, run)];
    }
    const times = hold.tasks
      .flatMap(({ dueAt, answerBy }) => [dueAt, answerBy])
      .filter(time => time !== null);
    const all = [hold.changedAt, ...times].map(time => Date.parse(time));
    return all
      .flatMap(time => [time, time + 1])
      .map(time => taskListBundle(hold, run, new Date(time).toISOString()));
  }
}

function keyOf(id: unknown, rev: unknown): string {
  return JSON.stringify([id, rev]);
}

/** The same bundle, or what an archive leaves of it. `only`: the one part that is compared; null stands for all. */
function isCutFrom(data: MimeBundle, bundle: MimeBundle, only: string | null): boolean {
  if (only !== null) {
    return isSameBesideMasks(data[only], bundle[only]);
  }
  const [seen, whole] = [data, bundle].map(each =>
    canonicalOutput({ output_type: 'display_data', data: each })
  );
  return [whole!, ...OUTPUT_LIMITS.map(limit => capOutput(whole!, limit))].some(
    each => stableText(each.data) === stableText(seen!.data) || isSameBesideMasks(seen!.data, each.data)
  );
}
