// A command as one line that a person can read and a POSIX shell would understand the same way.

/**
 * @example
 * quoteCommand(['echo', "it's", 'plain']) // "echo 'it'\\''s' plain"
 */
export function quoteCommand(args: readonly string[]): string {
  return args.map(quoteArgument).join(' ');
}

function quoteArgument(arg: string): string {
  return /^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replace(/'/g, `'\\''`)}'`;
}
