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
