// `launchbook status`: where a run stands, read from its journal. Needs no kernel and changes nothing.
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { LaunchbookError } from '../../contract/error.js';
import { formatUtc } from '../../contract/format.js';
import { journalPathOf, runOf } from '../../contract/notebook.js';
import { outlineOf } from '../../contract/outline.js';
import { summarizePhases } from '../../contract/phase-status.js';
import { replay } from '../../contract/reduce.js';
import { readJournal } from '../../runbook/journal/read-journal.js';
import type { ExitCode } from '../exit-codes.js';
import { readNotebook } from '../read-notebook.js';
import { describePhases, describeRun, exitCodeOf } from '../run-summary.js';
import { shownPath } from '../shown-path.js';

interface StatusOptions {
  readonly json?: boolean;
}

export function addStatusCommand(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('status')
    .summary('show where a run stands')
    .description('Shows the phases of a run, who is awaited and since when. The exit code tells the same.')
    .argument('<run>', 'the notebook of the run')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  launchbook status runs/2.4.0-staging/release.ipynb
  launchbook status runs/2.4.0-staging/release.ipynb --json | jq '.phases[] | select(.status == "waiting")'

Exit codes: 0 every phase passed, 1 a step failed, 3 not at its end, 4 rejected, 5 inconclusive.`
    )
    .action((run: string, options: StatusOptions) => finish(showStatus(run, options)));
}

function showStatus(path: string, options: StatusOptions): ExitCode {
  const notebook = readNotebook(path);
  const run = runOf(notebook);
  const journal = journalPathOf(path, run !== null);
  const { records, fault, torn } = readJournal(textOf(journal));
  if (fault) {
    throw new LaunchbookError(`Reading ${journal}: line ${fault.line} ${fault.message}`, {
      code: fault.code,
      hint: 'The state of the run cannot be told from a journal that was changed. Compare it with the committed one.'
    });
  }
  const state = replay(records);
  const outline = state.outline.phases.length > 0 ? state.outline : outlineOf(notebook.cells);
  const phases = summarizePhases(state, outline);
  const code = exitCodeOf(phases);
  if (options.json) {
    const { seq, lastAt } = state;
    console.log(
      JSON.stringify({
        notebook: path,
        run,
        records: seq,
        lastAt,
        isTorn: torn !== null,
        exitCode: code,
        phases
      })
    );
    return code;
  }
  console.log(describeRun(shownPath(path), run));
  describePhases(phases).forEach(line => console.log(line));
  console.log(
    state.lastAt ? `Last entry in the journal: ${formatUtc(state.lastAt)}` : 'Nothing has run yet.'
  );
  if (torn !== null) {
    console.error('Note: the last line of the journal is incomplete; a write was cut off.');
  }
  return code;
}

function textOf(journal: string): string {
  try {
    return readFileSync(journal, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return '';
    }
    throw new LaunchbookError(`Reading ${journal}: ${(error as Error).message}`, {
      code: 'journal.unreadable',
      cause: error
    });
  }
}
