// A command for another machine as a call of the system's ssh. The other machine gets one text, which its login shell reads; so
// everything is quoted there, in a way that sh, bash, zsh, dash, ksh and fish understand alike.
// Trick: while the command runs, its shell watches the connection. When that ends, the whole far process group is ended too.
import { parseDuration, type Duration } from '../duration.js';
import { faultsOfOptions, faultsOfValue } from '../usage/check-options.js';
import { duration, required, rule, text, type Rule } from '../usage/rules.js';

/** How another machine is reached. What is not given here comes from the user's ssh configuration. */
export interface SshOptions {
  /** Account on the other machine. @default that of the ssh configuration */
  readonly user?: string;
  /** Port on the other machine, 1 to 65535. @default that of the ssh configuration, else 22 */
  readonly port?: number;
  /** File with the private key; no other one is tried then. @default the keys of the ssh configuration */
  readonly identityFile?: string;
  /** Configuration file in place of the user's. @default the user's */
  readonly configFile?: string;
  /** How long to wait for the connection. @default '10s' */
  readonly connectTimeout?: Duration;
}

/** A machine and how to reach it. */
export interface SshTarget {
  readonly host: string;
  readonly options: SshOptions;
}

/** Faults of an address. A leading hyphen would be an option of ssh. */
export function faultsOfHost(name: string, host: unknown): string[] {
  return faultsOfValue(name, host, required(hostRule));
}

/** Faults of an address and its options. */
export function faultsOfTarget(host: unknown, options: unknown): string[] {
  return [...faultsOfHost('The host', host), ...faultsOfOptions(options, SSH_RULES)];
}

/** The faults of ssh options alone. */
export const SSH_RULES: { readonly [K in keyof Required<SshOptions>]: Rule } = {
  user: rule('the name of an account', value => typeof value === 'string' && /^[\w.][\w.@-]*$/.test(value)),
  port: rule(
    'a port from 1 to 65535',
    value => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 65_535
  ),
  identityFile: text,
  configFile: text,
  connectTimeout: duration
};

/** Program and arguments that run `args` on the target. `cwd` and `env` are of the other machine. */
export function sshCommand(
  target: SshTarget,
  args: readonly string[],
  far: {
    readonly cwd: string | null;
    readonly env: { readonly [name: string]: string };
    readonly hasStdin: boolean;
  }
): string[] {
  const { user, port, identityFile, configFile, connectTimeout } = target.options;
  const seconds = Math.max(1, Math.ceil(parseDuration(connectTimeout ?? '10s', 'connectTimeout') / 1000));
  const settings = [
    'BatchMode=yes',
    `ConnectTimeout=${seconds}`,
    'ServerAliveInterval=15',
    'ServerAliveCountMax=4'
  ];
  return [
    'ssh',
    '-T',
    ...(configFile === undefined ? [] : ['-F', configFile]),
    ...settings.flatMap(setting => ['-o', setting]),
    ...(identityFile === undefined ? [] : ['-i', identityFile, '-o', 'IdentitiesOnly=yes']),
    ...(port === undefined ? [] : ['-p', String(port)]),
    ...(user === undefined ? [] : ['-l', user]),
    '--',
    target.host,
    `exec sh -c ${quoteForAnyShell(far.hasStdin ? plainScript(args, far) : watchedScript(args, far))}`
  ];
}

/** One word for any login shell: quotes and backslashes stand in double quotes, everything else in single ones. */
function quoteForAnyShell(word: string): string {
  return `'${word.replace(/['\\]/g, sign => (sign === "'" ? `'"'"'` : `'"\\\\"'`))}'`;
}

const hostRule = rule(
  "a host such as 'web-1.example' (letters, digits and . : _ % [ ] - ; an account is the option user)",
  value => typeof value === 'string' && /^[A-Za-z0-9_[][A-Za-z0-9_.:%[\]-]*$/.test(value)
);

function plainScript(
  args: readonly string[],
  far: { readonly cwd: string | null; readonly env: { readonly [name: string]: string } }
): string {
  const folder = far.cwd === null ? '' : `cd -- ${quoteForAnyShell(far.cwd)} && `;
  const variables = Object.entries(far.env).map(([name, value]) => quoteForAnyShell(`${name}=${value}`));
  const words = [...(variables.length > 0 ? ['env', ...variables] : []), ...args.map(quoteForAnyShell)];
  return `${folder}exec ${words.join(' ')}`;
}

function watchedScript(args: readonly string[], far: Parameters<typeof plainScript>[1]): string {
  return [
    'exec 3<&0 0</dev/null',
    `( exec 3<&-; ${plainScript(args, far)} ) & c=$!`,
    '( exec >/dev/null 2>&1; cat <&3; kill -TERM 0; sleep 3; kill -KILL 0 ) & w=$!',
    'exec 3<&-',
    'wait $c; s=$?',
    'kill $w 2>/dev/null',
    'exit $s'
  ].join('\n');
}
