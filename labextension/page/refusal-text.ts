// What a refusal of the kernel says in one line: the reason, and what to do.

export function refusalText(error: unknown): string {
  const { message, hint } = error as { readonly message: string; readonly hint?: string };
  return hint ? `${message.replace(/[.!?]?$/, '.')} ${hint}` : message;
}
