// `launchbook merge`: the merge driver that git calls for notebooks, in a repository that `launchbook init` has prepared.
import type { Command } from 'commander';
import { mergeFiles } from '../../lifecycle/merge/merge-files.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Call, Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';

interface MergeOptions {
  readonly json?: boolean;
}

export function addMergeCommand(program: Command, { terminal, finish }: Call): void {
  program
    .command('merge')
    .summary('merge notebooks cell by cell; git calls it')
    .description(
      'Merges two versions of a notebook into the second file. Cells are matched by their ids; a source is merged line by line, metadata key by key, outputs are taken from the side that executed the merged source. A conflict stays visible in the cell, and the notebook can be opened. A file that is no notebook is merged as text.'
    )
    .argument('<base>', 'the version that both come from; git says %O')
    .argument('<ours>', 'one version, replaced by the result; git says %A')
    .argument('<theirs>', 'the other version; git says %B')
    .argument('[size]', 'characters of a conflict marker; git says %L', '7')
    .argument('[path]', 'the name for messages; git says %P')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  launchbook init                                          tells git in this clone to call it
  launchbook merge base.ipynb ours.ipynb theirs.ipynb      by hand

Exit codes: 0 merged, 1 somebody has to decide, 2 called wrongly.`
    )
    .action(
      async (
        base: string,
        ours: string,
        theirs: string,
        size: string,
        path: string | undefined,
        options: MergeOptions
      ) => finish(await merge({ base, ours, theirs, size, path: path ?? ours }, options, terminal))
    );
}

async function merge(
  {
    size,
    path,
    ...files
  }: {
    readonly base: string;
    readonly ours: string;
    readonly theirs: string;
    readonly size: string;
    readonly path: string;
  },
  options: MergeOptions,
  terminal: Terminal
): Promise<ExitCode> {
  if (!/^[1-9]\d{0,3}$/.test(size)) {
    throw new UsageError(`The size of a conflict marker is “${size}”, expected a number such as 7.`);
  }
  const result = await mergeFiles({ ...files, markerSize: Number(size) });
  if (options.json) {
    terminal.say(JSON.stringify(result));
  } else {
    // git shows what goes to stderr, and stdout too.
    result.conflicts.forEach(({ text }) => terminal.note(`Conflict in ${path}, ${text}`));
  }
  return result.isClean ? EXIT.passed : EXIT.failed;
}
