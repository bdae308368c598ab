// Asks the notebook's kernel which rules its project has switched off, and how its environments are called.
import type { ISessionContext } from '@jupyterlab/apputils';
import { UUID } from '@lumino/coreutils';
import {
  LIFECYCLE_COMM,
  type LifecycleAnswer,
  type LifecycleRequest
} from '../../contract/comms/lifecycle-comm.js';
import { KernelChannel } from '../kernel/kernel-channel.js';
import type { KnownRules } from './runbook-lint.js';

export class RulesChannel {
  /** `learned` is called with each answer about the rules, and when there is no kernel of ours to ask. */
  constructor(sessionContext: ISessionContext, learned: (rules: KnownRules) => void) {
    this.channel = new KernelChannel<LifecycleRequest, LifecycleAnswer<'rules'>>(sessionContext, {
      target: LIFECYCLE_COMM,
      connected: () => this.askRules(),
      received: answer => {
        if (answer.request === this.askedRules) {
          learned(rulesOf(answer));
        }
      },
      lost: () => learned({ kind: 'unknown' })
    });
  }

  /** Asks again, because launchbook.yml may have been edited. */
  askRules(): void {
    this.askedRules = UUID.uuid4();
    this.channel.send({ request: this.askedRules, verb: 'rules', input: {} });
  }

  dispose(): void {
    this.channel.dispose();
  }

  private readonly channel: KernelChannel<LifecycleRequest, LifecycleAnswer<'rules'>>;
  /** Id of the last request: an earlier one may be answered later. */
  private askedRules = '';
}

function rulesOf({ result, error }: LifecycleAnswer<'rules'>): KnownRules {
  return result
    ? { kind: 'known', options: result }
    : { kind: 'faulty', message: error?.message ?? '', hint: error?.hint ?? '' };
}
