// Patterns with `*`, as the search and fields commands use them.
export function wildcardToRegExp(pattern: string, flags: string): RegExp {
  return new RegExp(`^${wildcardSource(pattern, '[\\s\\S]*')}$`, flags);
}

/** A term of the search command is found between characters that are neither letters nor digits. */
export function termToRegExp(term: string): RegExp {
  return new RegExp(`(?<![a-z0-9])${wildcardSource(term, '[^\\s"]*')}(?![a-z0-9])`, 'i');
}

function wildcardSource(pattern: string, star: string): string {
  return pattern
    .split('*')
    .map(part => RegExp.escape(part))
    .join(star);
}
