// The journal of a run is not where its notebook is, or does not know what the notebook tells of: a person says which one counts.
import { basename, dirname } from 'node:path';
import { formatCount, formatFew } from '../../contract/base/format.js';
import { LaunchbookError } from '../../contract/base/error.js';

/**
 * Thrown before anything of a run is read or executed. Code `journal.gone` or `journal.behind`: restore it, or begin anew with a reason;
 * `journal.copied` or `journal.elsewhere`: one run has one notebook and one journal.
 */
export class JournalLostError extends LaunchbookError {
  /** There is no journal, or an empty one, and steps have run. */
  static gone(
    notebook: string,
    journal: string,
    seen: { readonly run: string; readonly executed: readonly string[]; readonly commit: string | null }
  ): JournalLostError {
    const tells =
      seen.executed.length > 0
        ? `the notebook tells of ${formatCount(seen.executed.length, 'step')} that ${seen.executed.length === 1 ? 'has' : 'have'} run (${formatFew(seen.executed, 'step')})`
        : `git has it in the commit ${seen.commit}`;
    return new JournalLostError(
      `The journal of the run ${seen.run} is not there or empty (${journal}), and ${tells}. Nobody knows without it what was done, so nothing was done.`,
      'journal.gone',
      `${restoreHint(journal, seen.commit)} ${anewHint(notebook)}`
    );
  }

  /** It knows less than the notebook tells. */
  static behind(
    notebook: string,
    journal: string,
    seen: { readonly run: string; readonly missing: readonly string[] }
  ): JournalLostError {
    return new JournalLostError(
      `The journal of the run ${seen.run} (${journal}) ends too early: the notebook tells of attempts that it does not have (${formatFew(seen.missing, 'attempt')}). It was cut, or an older one was put in its place; nothing was done.`,
      'journal.behind',
      `${restoreHint(journal, null)} ${anewHint(notebook)}`
    );
  }

  /** The notebook is a copy. */
  static copied(notebook: string, run: string, original: string): JournalLostError {
    return new JournalLostError(
      `${notebook} is a copy of the run ${run}, whose notebook and journal are at ${original}. A run has one journal, so nothing was done here.`,
      'journal.copied',
      `Go on there; or make this one a run of its own: launchbook reset ${notebook}. When it is to go on in place of the other, move the other away with its journal.`
    );
  }

  /** The notebook went away without its journal. */
  static elsewhere(notebook: string, run: string, journals: readonly string[]): JournalLostError {
    return new JournalLostError(
      `The journal of the run ${run} is not beside ${notebook}, but at ${journals.join(' and ')}. Nothing was done.`,
      'journal.elsewhere',
      'Move the journal beside the notebook, or the notebook back.'
    );
  }

  private constructor(message: string, code: string, hint: string) {
    super(message, { code, hint });
  }
}

/** Codes of journals that a person may give up, and begin anew without. */
export const MAY_BEGIN_ANEW: ReadonlySet<string> = new Set([
  'journal.gone',
  'journal.behind',
  'journal.broken'
]);

function restoreHint(journal: string, commit: string | null): string {
  return commit === null
    ? 'Restore it from git or a backup.'
    : `Restore it: git -C ${dirname(journal)} checkout ${commit} -- ${basename(journal)}`;
}

function anewHint(notebook: string): string {
  return `When it is lost for ever, begin anew with a reason, which stays in the record: a cell with %begin-anew REASON, or launchbook run ${notebook} --anew REASON. Every step is then done again.`;
}
