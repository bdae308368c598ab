// Thrown when a command line is wrong: shown with the help of the command, exit code 2.
export class UsageError extends Error {}
