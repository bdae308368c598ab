// One thing to tell a person who looks elsewhere.
import type { Outline } from '../../contract/outline.js';
import type { Person } from '../../contract/person.js';
import type { RunState } from '../../contract/state.js';
import type { Words } from '../words.js';

export type NoticeKind =
  'waiting' | 'failed' | 'long' | 'phase' | 'finished' | 'still-running' | 'kernel-died';

/** One thing to tell. `tag` is the same for the same kind in the same run, so that a newer one replaces the older. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  /** The cell to go to, or null. */
  readonly cell: string | null;
  /** The hold that waits, or null. */
  readonly hold: string | null;
}

/** Which kinds are wanted; `longerThanMs` is the threshold of `long`, and of `finished` where there is no journal. */
export interface NoticeSettings {
  readonly waiting: boolean;
  readonly failed: boolean;
  readonly long: boolean;
  readonly phase: boolean;
  readonly finished: boolean;
  readonly stillRunning: boolean;
  readonly kernelDied: boolean;
  readonly longerThanMs: number;
  /** When `still-running` tells, after the beginning of a step. */
  readonly stillRunningMs: number;
}

/** What is known when a record comes. `state` has the record in it already. */
export interface NoticeContext {
  readonly state: RunState;
  readonly outline: Outline;
  /** The notebook's name, for reading. */
  readonly notebook: string;
  readonly settings: NoticeSettings;
  /** Who is told, as the kernel knows them; null when nobody said. */
  readonly you: Person | null;
  readonly words: Words;
}

/** A notice; `text` is followed by the run, or by the notebook's name. */
export function makeNotice(
  kind: NoticeKind,
  title: string,
  text: string,
  cell: string | null,
  hold: string | null,
  context: NoticeContext
): Notice {
  const { state, notebook } = context;
  const body = [text, state.run ? `${state.run.release} · ${state.run.environment}` : notebook]
    .filter(Boolean)
    .join('\n');
  return { kind, title, body, tag: `launchbook:${state.run?.id ?? notebook}:${kind}`, cell, hold };
}
