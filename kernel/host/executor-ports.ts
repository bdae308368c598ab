// The helper library's ports inside the executor: every request goes to the supervisor, which writes the journal and asks the people.
import type { ErrorRecord } from '../../contract/error.js';
import type { ApprovalRelease } from '../../contract/release.js';
import type { Json } from '../../contract/json.js';
import type { Outcome, RunMode } from '../../contract/run.js';
import type {
  EnvironmentProfile,
  GatherAnswer,
  HostPorts,
  RecordedEffect,
  RecordedTimes
} from '../../runbook/ports.js';
import type { HostLink } from '../executor/host-link.js';
import type { CallMethod, CallParams } from './calls.js';

/** Connects the library to the supervisor. `loadProfile` is called at the first use of the environment. */
export function makeExecutorPorts(
  link: HostLink,
  folder: string,
  { mode, loadProfile }: { readonly mode: RunMode; readonly loadProfile: () => EnvironmentProfile }
): HostPorts {
  const call = async <M extends CallMethod>(method: M, params: CallParams[M]): Promise<unknown> =>
    link.call(method, params as unknown as Json);
  const tell = async <M extends CallMethod>(method: M, params: CallParams[M]): Promise<unknown> =>
    link.tell(method, params as unknown as Json);
  let profile: EnvironmentProfile | undefined;
  return {
    journal: {
      startEffect: async effect => (await call('effect.start', effect)) as string | RecordedEffect,
      endEffect: async (effect, end) => void (await tell('effect.end', { effect, ...end })),
      planEffect: async effect => void (await call('effect.plan', effect)),
      checkpoint: async name => void (await call('checkpoint.reach', { name })),
      note: async text => void (await call('note.write', { text })),
      registerRollback: async name => (await call('rollback.register', { name })) as string | null,
      startRollback: async rollback => void (await call('rollback.start', { rollback })),
      endRollback: async (rollback, end: { outcome: Outcome; error?: ErrorRecord }) =>
        void (await tell('rollback.end', { rollback, ...end }))
    },
    people: {
      approve: async request => (await call('approval.ask', request)) as ApprovalRelease,
      check: async request => void (await call('checklist.ask', request)),
      assign: async request => (await call('board.assign', request)) as string,
      gather: async request => (await call('board.gather', request)) as GatherAnswer,
      checked: async result => void (await call('board.checked', result))
    },
    secrets: {
      learn: async secret => void (await call('secret.learn', secret))
    },
    display: {
      show: (bundle, options) => link.display(bundle, options),
      update: (displayId, bundle) => link.update(displayId, bundle),
      write: (name, text) => link.write(name, text)
    },
    signal: () => link.signal(),
    now: () => Date.now(),
    times: async name => (await call('times.ask', { name })) as RecordedTimes,
    get environment() {
      return (profile ??= loadProfile());
    },
    folder,
    mode
  };
}
