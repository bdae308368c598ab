// A notification as plain data.
import type { Outline } from '../../contract/notebook/outline.js';
import type { Person } from '../../contract/base/person.js';
import type { RunState } from '../../contract/state/state.js';
import { whereText } from '../page/where-text.js';
import type { Words } from '../page/words.js';

/** Each kind has a setting of the same name. */
export type NoticeKind =
  'waiting' | 'failed' | 'long' | 'phase' | 'finished' | 'stillRunning' | 'unusual' | 'kernelDied';

/** One notification. `tag` is the same for the same kind in the same run, so that a newer one replaces the older. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly title: string;
  /** Ends with `where`. */
  readonly body: string;
  /** Release and environment, or the notebook's name. */
  readonly where: string;
  readonly tag: string;
  /** The cell to go to; null: the notebook. */
  readonly cell: string | null;
  /** The id of what waits, a hold or a question about the wheel; or null. */
  readonly hold: string | null;
}

/** Which kinds are wanted; `longerThanMs` is the threshold of `long`, and of `finished` where there is no journal. */
export interface NoticeSettings extends Readonly<Record<NoticeKind, boolean>> {
  readonly longerThanMs: number;
  /** When `stillRunning` tells, after the beginning of a step. */
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

/** A notice, or null when nobody wants its kind; `text` is followed by the run, or by the notebook's name. */
export function makeNotice(
  kind: NoticeKind,
  title: string,
  text: string,
  cell: string | null,
  { state, notebook, settings }: NoticeContext,
  hold: string | null = null
): Notice | null {
  if (!settings[kind]) {
    return null;
  }
  const where = whereText(state.run) || notebook;
  const body = [text, where].filter(Boolean).join('\n');
  return { kind, title, body, where, tag: `launchbook:${state.run?.id ?? notebook}:${kind}`, cell, hold };
}
