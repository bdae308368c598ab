// fleetctl: the command line of the example fleet, a table of commands. Finds the fleet by --state or FLEET_STATE.
import { connectToFleet } from './ctl/fleet-connection.ts';
import type { Command } from './ctl/command.ts';
import { deploy } from './ctl/commands/deploy.ts';
import { fault } from './ctl/commands/fault.ts';
import { migrate } from './ctl/commands/migrate.ts';
import { releases } from './ctl/commands/releases.ts';
import { rollback } from './ctl/commands/rollback.ts';
import { status } from './ctl/commands/status.ts';
import { validate } from './ctl/commands/validate.ts';
import { UsageError } from './ctl/usage-error.ts';

const COMMANDS: Readonly<Record<string, Command>> = {
  deploy,
  rollback,
  status,
  migrate,
  validate,
  releases,
  fault
};

process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<number> {
  const { folder, rest } = takeState(argv);
  const [name = '', ...args] = rest;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (rest.some(argument => argument === '--help' || argument === '-h') || name === 'help') {
    process.stdout.write(command?.help ?? overview());
    return 0;
  }
  try {
    if (command === undefined)
      throw new UsageError(name === '' ? 'expected a command' : `unknown command "${name}"`);
    return await command.run(args, () => connectToFleet(folder));
  } catch (error) {
    const isUsage = error instanceof UsageError;
    if (isUsage) process.stderr.write(`${command?.help ?? overview()}\n`);
    process.stderr.write(`fleetctl: ${(error as Error).message}\n`);
    return isUsage ? 2 : 1;
  }
}

// --state is taken out first, because it may stand before or after the command.
function takeState(argv: readonly string[]): { folder: string | undefined; rest: string[] } {
  const at = argv.findIndex(argument => argument === '--state' || argument.startsWith('--state='));
  if (at === -1) return { folder: process.env['FLEET_STATE'], rest: [...argv] };
  const joined = argv[at]?.split('=')[1];
  return { folder: joined ?? argv[at + 1], rest: argv.toSpliced(at, joined === undefined ? 2 : 1) };
}

function overview(): string {
  const width = Math.max(...Object.keys(COMMANDS).map(name => name.length));
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `Usage: fleetctl [--state DIR] COMMAND ...

Commands:
${lines.join('\n')}

The fleet is the one in DIR, or in the folder that the environment variable FLEET_STATE names.
Exit codes: 0 done, 1 the fleet said no, 2 wrong command line.

Examples:
  fleetctl status
  fleetctl deploy orders payments --version 2.4.0
  fleetctl deploy --help
`;
}
