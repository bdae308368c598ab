// Asks the notebook's kernel which rules its project has switched off, and how its environments are called.
import type { ISessionContext } from '@jupyterlab/apputils';
import { UUID } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import {
  LIFECYCLE_COMM,
  type LifecycleAnswer,
  type LifecycleRequest
} from '../../contract/lifecycle-comm.js';
import { KernelChannel } from '../kernel-channel.js';
import type { KnownRules } from './runbook-lint.js';

export class RulesChannel implements IDisposable {
  /** `learned` is called with each answer, and when there is no kernel of ours to ask. */
  constructor(sessionContext: ISessionContext, learned: (rules: KnownRules) => void) {
    this.channel = new KernelChannel<LifecycleRequest, LifecycleAnswer<'rules'>>(sessionContext, {
      target: LIFECYCLE_COMM,
      connected: () => this.ask(),
      received: answer => learned(rulesOf(answer)),
      lost: () => learned({ kind: 'unknown' })
    });
  }

  get isConnected(): boolean {
    return this.channel.isConnected;
  }

  get isDisposed(): boolean {
    return this.channel.isDisposed;
  }

  /** Asks again, because launchbook.yml may have been edited. */
  ask(): void {
    this.channel.send({ request: UUID.uuid4(), verb: 'rules', input: {} });
  }

  dispose(): void {
    this.channel.dispose();
  }

  private readonly channel: KernelChannel<LifecycleRequest, LifecycleAnswer<'rules'>>;
}

function rulesOf({ result, error }: LifecycleAnswer<'rules'>): KnownRules {
  return result
    ? { kind: 'known', options: result }
    : { kind: 'faulty', message: error?.message ?? '', hint: error?.hint ?? '' };
}
