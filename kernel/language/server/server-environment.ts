// The variables that the language server is started with. It is a Go program, and the memory that Go lets it fill before it looks for
// garbage is so small by default that a third of the work of its start, and an eighth of that of a check, is looking.

/** An eighth of each check for 18 MB: the heap may grow to four times of what is in use, until all of it is a gigabyte. */
const COLLECTION = { GOGC: '300', GOMEMLIMIT: '1GiB' };

/** Variables for the server; those that somebody has set for it stay. */
export function serverEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...COLLECTION, ...environment };
}
