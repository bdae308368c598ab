// Faults that a person plants to rehearse trouble: kept in the state folder until they are cleared, so that the same
// command fails before the cause is fixed and passes after it.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';

export const FAULT_KINDS = ['crash-on-start', 'failing-health', 'failing-requests', 'slow-start'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  readonly service: string;
  readonly kind: FaultKind;
  /** The only version that has the fault; without it every version has. */
  readonly version?: string;
}

export function readFaults(path: string): Fault[] {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Fault[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

export function writeFaults(path: string, faults: readonly Fault[]): void {
  const draft = `${path}.${process.pid}.draft`;
  writeFileSync(draft, `${JSON.stringify(faults, null, 2)}\n`);
  renameSync(draft, path);
}

export function hasFault(path: string, service: string, version: string, kind: FaultKind): boolean {
  return readFaults(path).some(
    fault => fault.service === service && fault.kind === kind && (fault.version ?? version) === version
  );
}
