// What a command of fleetctl is, and how it reports. Exit codes: 0 done, 1 the fleet said no, 2 wrong command line.
import type { FleetConnection } from './fleet-connection.ts';

export interface Command {
  readonly summary: string;
  readonly help: string;
  /** Runs the command; the arguments follow its name. @returns the exit code */
  run(args: readonly string[], connect: () => FleetConnection): Promise<number>;
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function complain(line: string): void {
  process.stderr.write(`${line}\n`);
}
