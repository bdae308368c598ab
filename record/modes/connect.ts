// Connects the helpers to a host. The mode of the run decides here, once, what performs their effects: no helper asks for it.
import type { RunMode } from '../../contract/base/run.js';
import { installPorts } from '../../runbook/context.js';
import { placedDisplay } from '../../runbook/effect/output-place.js';
import { UsageError } from '../../runbook/errors/usage-error.js';
import type { HostPorts, Ports } from '../../runbook/ports.js';
import { describeValue } from '../../runbook/usage/describe-value.js';
import { dryRunPorts } from './dry-run.js';
import { liveEffects } from './live-effects.js';
import { liveSecrets } from './live-secrets.js';
import { sealProfile } from './seal-profile.js';

/**
 * Connects the helpers of this process. Called once before the first helper; a later call replaces the ports.
 *
 * @throws {@link UsageError} for a mode that nobody knows: nothing may be done on a guess.
 */
export function connectHost(host: HostPorts): void {
  const compose = Object.hasOwn(MODES, host.mode) ? MODES[host.mode] : null;
  if (compose === null) {
    throw new UsageError(
      `The mode of the run is ${describeValue(host.mode)}, expected one of ${Object.keys(MODES).join(', ')}.`
    );
  }
  const display = { value: placedDisplay(host.display), enumerable: true };
  installPorts(compose(Object.create(host, { display }) as HostPorts));
}

type Compose = (host: HostPorts) => Ports;

const live: Compose = host => withPorts(host, { effects: liveEffects(host), secrets: liveSecrets(host) });

const MODES: { readonly [M in RunMode]: Compose } = {
  live,
  rehearsal: live,
  'dry-run': host => withPorts(host, dryRunPorts(host))
};

/** The host's ports with some put in front. The environment is read late, because its faults must show where it is first used. */
function withPorts(host: HostPorts, front: Omit<Ports, keyof HostPorts> & Pick<Ports, 'secrets'>): Ports {
  const environment = { get: () => sealProfile(host.environment), enumerable: true };
  return Object.assign(Object.create(host, { environment }) as Ports, front);
}
