// What runme writes behind the language of a block: `sh {"name":"build"}` or `sh { name=build ignore=true }`.
// https://docs.runme.dev/configuration/cell-level

/** The attributes; none for other words. */
export function attributesOf(meta: string): { readonly [name: string]: string } {
  const text = meta.trim();
  try {
    return Object.fromEntries(
      Object.entries(JSON.parse(text) as object).map(([name, value]) => [name, String(value)])
    );
  } catch {
    const inner = /^\{([^]*)\}$/.exec(text)?.[1] ?? '';
    return Object.fromEntries(
      [...inner.matchAll(/([\w-]+)=(?:"([^"]*)"|(\S+))/g)].map(([, name, quoted, bare]) => [
        name!,
        quoted ?? bare!
      ])
    );
  }
}

/** The program that a block is for, when it is no shell. */
export function foreignProgram({ interpreter = '' }: { readonly [name: string]: string }): string | null {
  return interpreter === '' || /(?:^|\/)(?:ba|da|z|k)?sh$/.test(interpreter) ? null : interpreter;
}

/** What they say that a step does not do by itself. */
export function guessesOf({ background, excludeFromRunAll }: { readonly [name: string]: string }): string[] {
  return [
    ...(background === 'true' ? ['it ran in the background, and here the step waits for its end'] : []),
    ...(excludeFromRunAll === 'true' ? ['it is not run with the others'] : [])
  ];
}
