// A run whose commands start in the root of its repository may have been copied to where none is.
import { repositoryAround } from '../../record/files/repository-around.js';
import type { RunKeeper } from '../keeper/run-keeper.js';
import { makeError } from '../make-error.js';
import type { GateCheck } from './check.js';

/** Refuses a step whose commands would start in another folder than its author means. */
export function refuseNoRepository({
  keeper,
  folder
}: {
  readonly keeper: RunKeeper;
  readonly folder: string;
}): GateCheck {
  return () =>
    keeper.state.run?.commandsIn === 'repository' && repositoryAround(folder) === null
      ? makeError(
          'NoRepositoryError',
          'run.no_repository',
          `Commands of this run start in the root of its git repository, and ${folder} is in none; nothing of the cell has run.`,
          'Put the run back where it was, or clone the repository.'
        )
      : null;
}
