// Secrets of a live run and a rehearsal: read where they are kept.
import type { HostPorts, SecretsPort } from '../../runbook/ports.js';
import { readSource } from '../secret/read-source.js';

/** The host's port, and the reading. */
export function liveSecrets({ secrets }: HostPorts): SecretsPort {
  return { learn: secret => secrets.learn(secret), read: readSource };
}
