// The one piece of ambient state: the ports that the helpers of this process use.
import { UsageError } from './errors/usage-error.js';
import type { Ports } from './ports.js';

let installed: Ports | null = null;

/** Connects the helpers to a kernel, a command or a test. Called once before the first helper; a later call replaces the ports. */
export function installPorts(ports: Ports): void {
  installed = ports;
}

/**
 * The installed ports.
 *
 * @throws {@link UsageError} with code `usage.not_connected` when a helper is called outside a cell.
 */
export function ports(): Ports {
  if (!installed) {
    throw new UsageError('A helper of Launchbook was called, but no run is connected.', {
      code: 'usage.not_connected',
      hint: 'Helpers work in the cells of a notebook with the TypeScript (Launchbook) kernel.'
    });
  }
  return installed;
}
