// Something stands in the way that a person can fix: one sentence that names it, and the command or act that fixes it.

export class SetUpFault extends Error {
  constructor(message, hint) {
    super(message);
    this.hint = hint;
  }
}

/** Runs the body of a script; faults become two lines and exit code 1, other errors keep their stack. */
export async function orExplain(script, body) {
  try {
    return await body();
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof SetUpFault) {
      console.error(
        `${script}: ${error.message}${error.hint ? `\n  ${error.hint.replaceAll('\n', '\n  ')}` : ''}`
      );
    } else {
      console.error(error);
    }
    return undefined;
  }
}
