// Which run something belongs to, in as few words as a tab has room for.
import type { RunInfo } from '../../contract/base/run.js';

/** `2.4.0 · production`; '' for a notebook that belongs to no run. */
export function whereText(run: Pick<RunInfo, 'release' | 'environment'> | null): string {
  return run ? [run.release, run.environment].filter(text => text !== '').join(' · ') : '';
}
