// The git tag of the archive of a run.
import type { RunInfo } from '../../contract/base/run.js';

/**
 * The name of the tag. A dry run has one of its own, so that whoever asks for the archive of a release gets one with effects.
 *
 * @example
 * archiveTagOf(run) // 'runs/2.4.0-production'
 */
export function archiveTagOf({ release, environment, mode }: RunInfo): string {
  return `runs/${release}-${environment}${mode === 'dry-run' ? '-dry-run' : ''}`;
}
