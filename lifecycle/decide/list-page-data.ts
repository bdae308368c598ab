// What the page of a checklist or a task list shows, and what it is told afterwards.
import type { ListNews, ListPageData } from '../../contract/decide/decision-page.js';
import type { ChecklistState } from '../../contract/holds/hold.js';
import type { TaskListState } from '../../contract/holds/task-list.js';
import { signersAt } from '../signers/allowed-signers.js';
import { clockText, listedKeys, type ShownFiles } from './page-data.js';
import { refusedTokens } from './refused-tokens.js';

/** A list, and the files of the run that has it. */
export interface ShownList extends ShownFiles {
  readonly list: ChecklistState | TaskListState;
}

/** Everything that is shown of a list. `hub` as for a question. */
export function listDataOf({ path, files, list }: ShownList, hub?: string | null): ListPageData {
  const { run, state } = files;
  const { rpId = '', origins = [], voucher } = state.policy?.policy.decide ?? {};
  return {
    version: 1,
    run: run?.id ?? null,
    release: run?.release ?? null,
    environment: run?.environment ?? null,
    list,
    origins,
    rpId,
    passkeys: listedKeys(signersAt(path, run?.runbook).content, rpId),
    now: new Date().toISOString(),
    ...(hub !== undefined && voucher !== undefined && { hub })
  };
}

/** What has happened since it was shown. */
export function listNewsOf({ path, files, list }: ShownList): ListNews {
  return { list, refused: refusedTokens(path), clock: clockText(files.state) };
}
