// What a forger changes between two lives of a kernel.
import type { RunInfo } from '../../contract/base/run.js';
import { readToken } from '../../record/signature/token.js';
import type { PeoplePolicy } from '../../runbook/hold/policy.js';
import type { SampleCell } from '../run/sample-run.js';
import { changeSomewhere, wordsOf, type Body, type Choice } from './changes.js';

/** Everything that a forger can write. */
export interface Life {
  readonly bodies: readonly Body[];
  readonly cells: readonly SampleCell[];
  readonly run: RunInfo;
  readonly policy: PeoplePolicy;
  /** Tokens that lie beside the run. */
  readonly tokens: readonly string[];
}

/** One change; the same choice makes the same one. */
export type Change = (life: Life, choice: Choice) => Life;

export function changeRecord(isWanted: (kind: string) => boolean): Change {
  return (life, choice) => {
    const places = life.bodies.flatMap(({ kind }, index) => (isWanted(kind) ? [index] : []));
    const at = places.length === 0 ? -1 : choice.pick(places);
    const words = wordsOf(life.bodies);
    const bodies = life.bodies.map((body, index) => {
      const { kind, at: time, ...rest } = body;
      return index === at ? { kind, at: time, ...(changeSomewhere(rest, choice, words) as object) } : body;
    });
    return { ...life, bodies };
  };
}

/** An outline without hold points. */
export function forgetHolds(life: Life): Life {
  const bodies = life.bodies.map(body =>
    body.kind === 'outline' ? (JSON.parse(JSON.stringify(body).replace('"QA sign-off"]', ']')) as Body) : body
  );
  return { ...life, bodies };
}

/** A step that has passed, as the journal then says: a resume would evaluate it. */
export function insertAttempt(life: Life, choice: Choice): Life {
  const at = 1 + choice.below(life.bodies.length);
  const step = choice.pick(life.cells.slice(-2).map(({ id }) => id));
  const source = life.cells.find(({ id }) => id === step)!.source;
  const time = life.bodies[Math.min(at, life.bodies.length - 1)]!.at;
  const by = { username: 'driver', name: 'Driver', grade: 'claimed' };
  const attempt = { step, attempt: 7, at: time };
  const begun = {
    kind: 'attempt-started',
    ...attempt,
    executionCount: 7,
    queuedAt: time,
    by,
    source,
    sourceHash: ''
  };
  const ended = { kind: 'attempt-ended', ...attempt, outcome: 'passed', durationMs: 1 };
  return { ...life, bodies: [...life.bodies.slice(0, at), begun, ended, ...life.bodies.slice(at)] };
}

export function changeToken(life: Life, choice: Choice, stolen: readonly string[]): Life {
  const token = choice.pick([...life.tokens, ...stolen]);
  const { by, at, comment, decision, id } = readToken(token).statement;
  const bodies = life.bodies.map(body => {
    const before = body['decision'] as { readonly signature?: object } | undefined;
    const signature = { ...before?.signature, token, id };
    const said = {
      ...before,
      by: { username: by, name: by, grade: 'signed' },
      at,
      comment,
      decision,
      signature
    };
    return body.kind === 'approval-decided' && choice.isSo(0.5) ? { ...body, decision: said } : body;
  });
  return { ...life, bodies };
}

export function changeText(life: Life, choice: Choice): Life {
  const at = choice.below(life.cells.length);
  const more = choice.pick(['\nwipe()', ' ', '\n// harmless']);
  const cells = life.cells.map((cell, index) =>
    index === at ? { ...cell, source: `${cell.source}${more}` } : cell
  );
  return { ...life, cells };
}

export function changeCells(life: Life, choice: Choice): Life {
  const [from, to] = [choice.below(life.cells.length), choice.below(life.cells.length)];
  const without = life.cells.filter((_, index) => index !== from);
  const more: SampleCell = { id: 'wipe', cell_type: 'code', source: 'wipe()' };
  const cells = choice.pick([
    without,
    [...without.slice(0, to), life.cells[from]!, ...without.slice(to)],
    [...life.cells.slice(0, to), more, ...life.cells.slice(to)]
  ]);
  return { ...life, cells };
}
