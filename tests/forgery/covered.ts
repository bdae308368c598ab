// What signed decisions cover, told by looks alone and not by the rules of the product: a change of it must be found.
import { stableText } from '../../contract/base/stable-text.js';
import type { OutlineCell } from '../../contract/notebook/outline.js';
import { textOf } from '../../contract/notebook/outline.js';
import type { RunInfo } from '../../contract/base/run.js';
import type { Body } from './changes.js';

/** An archive or a living run, as far as it is compared. */
export interface Told {
  readonly bodies: readonly Body[];
  readonly cells: readonly OutlineCell[];
  readonly run: RunInfo | null;
}

/** The hold point that was signed: its request, the heading of its phase, and the steps that it releases. */
export interface SignedHold {
  readonly approval: string;
  readonly heading: string;
  readonly step: string;
  readonly released: readonly string[];
}

/** True when `changed` claims something in the name of the signers of `original` that they have not signed. */
export function claimsOther(original: Told, changed: Told, hold: SignedHold): boolean {
  const decisions = decisionsOf(changed);
  const first = changed.bodies.findIndex(isAttempt(hold.released));
  if (decisions.length === 0 && first < 0) {
    return false; // nothing is said to be signed, and nothing has run by it
  }
  const hasRun = first >= 0;
  const signed = decisionsOf(original).map(({ decision }) => stableText(decision));
  const kept = decisions.filter(({ decision }) => signed.includes(stableText(decision)));
  const late = kept.some(({ index }) => hasRun && index > first);
  return (
    kept.length !== decisions.length ||
    (hasRun && new Set(kept.map(({ decision }) => stableText(decision))).size < signed.length) ||
    late ||
    stableText(requestsOf(changed, hold)) !== stableText(requestsOf(original, hold)) ||
    ranOther(original, changed, hold) ||
    stableText(shownOf(changed, hold)) !== stableText(shownOf(original, hold))
  );
}

function decisionsOf({ bodies }: Told): { readonly decision: unknown; readonly index: number }[] {
  return bodies.flatMap((body, index) =>
    body.kind === 'approval-decided' ? [{ decision: body['decision'], index }] : []
  );
}

/** What was asked: everything but times. */
function requestsOf({ bodies }: Told, { approval }: SignedHold): unknown[] {
  return bodies
    .filter(body => body.kind === 'approval-requested' && body['approval'] === approval)
    .map(({ name, step, phase, request, content, binding }) => {
      const { question, evidence, approvers, rules, nonce, after } = (request ?? {}) as {
        [key: string]: unknown;
      };
      const asked = { ...(rules as object), remindEveryMs: null };
      return { name, step, phase, question, evidence, approvers, asked, nonce, after, content, binding };
    });
}

/** A step that was released ran with a text that it did not have. */
function ranOther(original: Told, changed: Told, { released }: SignedHold): boolean {
  const texts = new Map(
    original.bodies
      .filter(isAttempt(released))
      .map(({ step, source, sourceHash }) => [step, [source, sourceHash].join()])
  );
  return changed.bodies
    .filter(isAttempt(released))
    .some(({ step, source, sourceHash }) => texts.get(step) !== [source, sourceHash].join());
}

function isAttempt(steps: readonly string[]): (body: Body) => boolean {
  return ({ kind, step }) => kind === 'attempt-started' && steps.includes(String(step));
}

/** The identity of the run and the cells from the heading of the hold point to the last one with code, and those of parameters. */
function shownOf({ cells, run }: Told, { heading }: SignedHold): unknown {
  const from = cells.findIndex(({ id }) => id === heading);
  const to = cells.findLastIndex(({ cell_type }) => cell_type === 'code');
  const told = (cell: OutlineCell): unknown => [cell.id, cell.cell_type, textOf(cell.source)];
  const isOfParameters = ({ metadata, cell_type }: OutlineCell): boolean =>
    cell_type === 'code' && ((metadata?.['tags'] as unknown[] | undefined)?.includes('parameters') ?? false);
  const { id, release, environment, parameters } = run ?? {};
  return {
    run: { id, release, environment, parameters },
    cells: from < 0 ? 'gone' : cells.slice(from, to + 1).map(told),
    parameters: cells.filter((cell, index) => index < from && isOfParameters(cell)).map(told)
  };
}
