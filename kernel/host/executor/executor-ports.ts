// The helper library's ports inside the executor: every request goes to the supervisor, which writes the journal and asks the people.
import type { Json } from '../../../contract/base/json.js';
import type { RunMode } from '../../../contract/base/run.js';
import type { VerbAnswer, VerbName, VerbParams } from '../../../run/verbs/verbs.js';
import type { EnvironmentProfile, HostPorts } from '../../../runbook/ports.js';
import type { HostLink } from '../../executor/inside/host-link.js';

/** Connects the library to the supervisor. `loadProfile` is called at the first use of the environment. */
export function makeExecutorPorts(
  link: HostLink,
  {
    mode,
    folder,
    loadProfile
  }: { readonly mode: RunMode; readonly folder: string; readonly loadProfile: () => EnvironmentProfile }
): HostPorts {
  const call = <V extends VerbName>(verb: V, params: VerbParams<V>): Promise<VerbAnswer<V>> =>
    link.call(verb, params as unknown as Json) as Promise<unknown> as Promise<VerbAnswer<V>>;
  const tell = <V extends VerbName>(verb: V, params: VerbParams<V>): Promise<VerbAnswer<V>> =>
    link.tell(verb, params as unknown as Json) as Promise<unknown> as Promise<VerbAnswer<V>>;
  let profile: EnvironmentProfile | undefined;
  return {
    journal: {
      startEffect: effect => call('effect.start', effect),
      endEffect: (effect, end) => tell('effect.end', { effect, ...end }),
      planEffect: effect => call('effect.plan', effect),
      checkpoint: name => call('checkpoint.reach', { name }),
      note: text => call('note.write', { text }),
      registerRollback: (name, values) => call('rollback.register', { name, values }),
      startRollback: rollback => call('rollback.start', { rollback }),
      endRollback: (rollback, end) => tell('rollback.end', { rollback, ...end })
    },
    people: {
      approve: request => link.during(`approval ${request.name}`, () => call('approval.ask', request)),
      check: request => link.during(`checklist ${request.name}`, () => call('checklist.ask', request)),
      assign: request => call('tasks.assign', request),
      gather: request => link.during('gather', () => call('tasks.gather', request)),
      checked: result => call('tasks.checked', result)
    },
    secrets: {
      learn: secret => call('secret.learn', secret)
    },
    display: {
      show: (bundle, options) => link.display(bundle, options),
      update: (displayId, bundle) => link.update(displayId, bundle),
      write: (name, text) => link.write(name, text)
    },
    signal: () => link.signal(),
    interruptSignal: () => link.interruptSignal(),
    printing: (write, work) => link.printing(write, work),
    branch: (work, options) => link.branch(work, options),
    keep: work => link.keep(work),
    ownGroup: pid => link.ownGroup(pid),
    during: (label, work, outlastsFailure) => link.during(label, work, outlastsFailure),
    now: () => Date.now(),
    times: name => call('times.ask', { name }),
    get environment() {
      return (profile ??= loadProfile());
    },
    folder,
    mode
  };
}
