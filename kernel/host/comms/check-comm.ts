// The kernel's end of the comm `launchbook.check`: text in, faults out. What was found is remembered by the checker.
import {
  isCheckRequest,
  type CheckAnswer,
  type CheckDiagnostic,
  type CheckRequest
} from '../../../contract/comms/check-comm.js';
import { toErrorRecord } from '../../../contract/base/error.js';
import type { Json } from '../../../contract/base/json.js';
import type { Comm, CommTarget } from '../../core/ports/ports.js';

/** Finds the faults that a text would have as the next cell. */
export type Check = (code: string) => Promise<readonly CheckDiagnostic[]>;

/** Serves every front end that opens the comm. Messages that are no requests are left alone. */
export class CheckComm implements CommTarget {
  readonly #check: Check;

  constructor(check: Check) {
    this.#check = check;
  }

  open(comm: Comm): void {
    comm.onMessage(message => {
      if (isCheckRequest(message)) {
        void this.#answer(message).then(answer => comm.send(answer as unknown as Json));
      }
    });
  }

  async #answer({ request, version, code }: CheckRequest): Promise<CheckAnswer> {
    const asked = { request, ...(version === undefined ? {} : { version }) };
    try {
      return { ...asked, diagnostics: await this.#check(code), error: null };
    } catch (error) {
      return { ...asked, diagnostics: null, error: toErrorRecord(error) };
    }
  }
}
