// What a running fleet says about itself: printed when it is ready and kept in `fleet.json`, where fleetctl reads it.
// It carries tokens, so only the owner may read the file.
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

export interface FleetDescription {
  readonly ready: true;
  readonly state: string;
  readonly pid: number;
  /** Base address of each service, stable over deploys. */
  readonly services: Readonly<Record<string, string>>;
  readonly search: { readonly url: string; readonly token: string };
  readonly control: { readonly url: string; readonly token: string };
}

export function readDescription(path: string): FleetDescription | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as FleetDescription;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export function writeDescription(path: string, description: FleetDescription): void {
  const draft = `${path}.${process.pid}.draft`;
  writeFileSync(draft, `${JSON.stringify(description, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, path);
}

export function removeDescription(path: string): void {
  rmSync(path, { force: true });
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
