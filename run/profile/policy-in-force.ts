// The policy of a run while launchbook.yml may change under it. What asks for more holds from the moment it is seen; what asks for
// less anywhere is held back as a whole until the kernel is restarted, and both are in the journal. A file that cannot be read releases
// nothing. The file is looked at where its word counts: no clock, no watcher.
import type { PolicyFile } from '../../contract/base/run.js';
import type { RecordedPolicy } from '../../contract/holds/policy.js';
import { policyChange } from '../../contract/holds/policy-change.js';
import type { PeoplePolicy } from '../../runbook/hold/policy.js';
import { policyHash } from '../../record/policy/policy-hash.js';
import { recordedPolicy } from '../../record/profile/recorded-policy.js';
import { markOf } from '../keeper/file-mark.js';
import type { People } from '../people/people.js';
import type { RunKeeper } from '../keeper/run-keeper.js';
import type { PolicySource } from './profile.js';

/** What it is kept with. */
export interface PolicyParts {
  /** Where the policy is read. Another one when the run of the kernel has become known. */
  readonly source: () => PolicySource;
  readonly keeper: RunKeeper;
  readonly people: People;
  /** The file as git knows it; null outside of git. */
  readonly file: () => Promise<PolicyFile | null>;
  readonly isProduction: () => boolean;
  /** True for a run; a scratch notebook keeps no record of its policy. */
  readonly isRun: () => boolean;
}

/** Says which policy holds. */
export class PolicyInForce {
  readonly #parts: PolicyParts;
  #source!: PolicySource;
  /** What the file looked like when it was read last. */
  #mark = '';
  #holds: PeoplePolicy | null = null;
  #heldBack: PeoplePolicy | null = null;
  #fault: unknown = null;
  #turn: Promise<void> = Promise.resolve();

  constructor(parts: PolicyParts) {
    this.#parts = parts;
    this.#begin(parts.source());
  }

  /** The policy that holds now. Throws the faults of the file while it has any. */
  current(): PeoplePolicy {
    this.#look();
    if (this.#fault !== null || this.#holds === null) {
      throw this.#fault;
    }
    return this.#holds;
  }

  /** The last policy that was read without a fault, or null. */
  get last(): PeoplePolicy | null {
    this.#look();
    return this.#holds;
  }

  /** Looks at the file, and writes into the journal what holds and what is held back, when it was not there already. */
  async note(): Promise<void> {
    const turn = this.#turn.then(() => this.#note());
    this.#turn = turn.catch(() => undefined);
    await turn;
  }

  async #note(): Promise<void> {
    this.#look();
    const { keeper, isRun } = this.#parts;
    if (!isRun() || this.#holds === null) {
      return;
    }
    await keeper.open();
    const holds = recordedPolicy(this.#holds, this.#source.file);
    const known = keeper.state.policy;
    if (known?.hash !== policyHash(holds) || (known.heldBack !== null && this.#heldBack === null)) {
      await this.#write(holds, true);
    }
    if (this.#heldBack !== null) {
      const heldBack = recordedPolicy(this.#heldBack, this.#source.file);
      const { weaker } = policyChange(holds, heldBack);
      if (weaker.join() !== keeper.state.policy?.heldBack?.weaker.join()) {
        await this.#write(heldBack, false);
      }
    }
  }

  async #write(policy: RecordedPolicy, holds: boolean): Promise<void> {
    const { keeper, people, isProduction } = this.#parts;
    const file = await this.#parts.file();
    await keeper.append({
      kind: 'policy-read',
      policy,
      hash: policyHash(policy),
      holds,
      by: people.owner,
      ...(file && { file, isProduction: isProduction() })
    });
  }

  #begin(source: PolicySource): void {
    this.#source = source;
    this.#mark = markOf(source.file);
    this.#holds = null;
    this.#heldBack = null;
    this.#fault = null;
    try {
      this.#holds = source.first();
    } catch (error) {
      this.#fault = error;
    }
  }

  #look(): void {
    const source = this.#parts.source();
    if (source !== this.#source) {
      this.#begin(source);
    }
    const mark = markOf(source.file);
    if (mark === this.#mark) {
      return;
    }
    this.#mark = mark;
    try {
      this.#take(source.read());
      this.#fault = null;
    } catch (error) {
      this.#fault = error;
    }
  }

  #take(policy: PeoplePolicy): void {
    const isWeaker = this.#holds !== null && policyChange(this.#holds, policy).weaker.length > 0;
    this.#heldBack = isWeaker ? policy : null;
    if (!isWeaker) {
      this.#holds = policy;
    }
  }
}
