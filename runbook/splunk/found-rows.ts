// What a search gives, whichever way it was read.
import type { SplunkMessage } from './messages.js';
import type { SearchRow } from './read-export.js';
import type { CheckedRun } from './run-options.js';

/** What came. */
export interface FoundRows {
  readonly rows: readonly SearchRow[];
  readonly isTruncated: boolean;
  /** Id of the search job, when it was left on the server. */
  readonly sid: string | null;
  /** Everything that Splunk said. Absent in journals of earlier versions. */
  readonly messages?: readonly SplunkMessage[];
  /** Why these are not all rows that there are, or null. Absent in journals of earlier versions, which have complete ones alone. */
  readonly missing?: string | null;
}
/** What is sent. */
export interface SearchJob extends Omit<CheckedRun, 'dryRun'> {
  readonly spl: string;
  readonly earliest: string;
  readonly latest: string;
}
