// Gaps that a person fills in: `<version>`, `{{ version }}`, `YOUR_TOKEN`, `X.Y.Z`, `YYYY-MM-DD`, and hosts, which differ between environments.
// They are taken out before the grammar reads a script, because `<version>` is a redirection to it.
import { camelCase } from './camel-case.js';
import { DOCUMENT } from './here-documents.js';
import { INJECTED_NAMES } from '../../../contract/notebook/injected-names.js';

/** A parameter that the source asks for. */
export interface Placeholder {
  /** The name of the constant. */
  readonly name: string;
  /** As the source writes it: `<VERSION>`. */
  readonly written: string;
  readonly kind: 'parameter' | 'secret' | 'host' | 'variable';
  /** Line of the source where it is met first. */
  readonly line: number;
}

/** All parameters of a document: one name used twice is one parameter. */
export class Placeholders {
  readonly #found = new Map<string, Placeholder>();
  readonly #constants = new Map<string, string>();

  get all(): readonly Placeholder[] {
    return [...this.#found.values()];
  }

  /** The parameter of what the source writes; `wanted` says how it would be called. */
  add(written: string, wanted: string, kind: Placeholder['kind'], line: number): Placeholder {
    const key = kind === 'variable' ? `$${wanted}` : written.replace(/\s+/g, ' ').toLowerCase();
    const known = this.#found.get(key);
    if (known) {
      return known;
    }
    const made = { name: this.#freeName(camelCase(wanted)), written, kind, line };
    this.#found.set(key, made);
    return made;
  }

  /** The constant of a variable that the document sets: the same whenever it is set. */
  constantFor(variable: string): string {
    const known = this.#constants.get(variable);
    const base = camelCase(variable);
    // `release` is what a run is made for.
    const name = known ?? this.#freeName(base === 'release' ? 'releaseValue' : base);
    this.#constants.set(variable, name);
    return name;
  }

  /** Gives what forgets all that is added from now on. */
  remember(): () => void {
    const maps: readonly Map<string, unknown>[] = [this.#found, this.#constants];
    const sizes = maps.map(({ size }) => size);
    return () =>
      maps.forEach((map, index) => [...map.keys()].slice(sizes[index]).forEach(key => map.delete(key)));
  }

  /** A text with what the source writes in the place of its marks. */
  unmarked(text: string): string {
    return text.replace(
      MARK,
      (mark, name: string) => this.all.find(each => each.name === name)?.written ?? mark
    );
  }

  #freeName(base: string): string {
    const taken = new Set([...this.all.map(({ name }) => name), ...this.#constants.values(), ...RESERVED]);
    let name = base;
    for (let count = 2; taken.has(name); count++) {
      name = `${base}${count}`;
    }
    return name;
  }
}

const RESERVED: readonly string[] = [
  ...INJECTED_NAMES,
  ...'script await async break case catch class const continue default delete do else enum export false finally for function if import in instanceof let new null return static super switch this throw true try typeof var void while with yield eval arguments process console module require exports'.split(
    ' '
  )
];

/** Stands for a parameter in a script: a word of letters, which the grammar leaves alone. */
export const MARK = /LBq([A-Za-z0-9]+)qLB/g;

/** The mark of a parameter. */
export function markOf(name: string): string {
  return `LBq${name}qLB`;
}

const HOST =
  /https?:\/\/(?!localhost\b|127\.0\.0\.1|\$)[\w.-]+\.[a-z]{2,}(?::\d+)?|(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.(?:internal|local|corp|lan|prod|intra)\b(?:\.[\w-]+)*|(?<![\w.-])(?!127\.|0\.)\d{1,3}(?:\.\d{1,3}){3}(?![\w.])/g;

const KINDS: readonly (readonly [pattern: RegExp, nameOf: (match: RegExpMatchArray) => string])[] = [
  // What runme asks for.
  [
    /(?<=^[ \t]*export[ \t]+(\w+)="?)(?:\[[A-Z][^\]"\n]*\]|(?:Enter|Insert|Type) [^"'$\n]*)(?="?[ \t]*$)/gm,
    match => match[1]!
  ],
  // {{.State}} and {{range …}} are templates of Go, which a program fills in.
  [
    /\$?\{\{-?\s*(?!(?:range|end|if|else|with|json|template|define)\b)(\w[\w. -]{0,60}?)\s*-?\}\}/g,
    match => match[1]!
  ],
  [/<([A-Za-z0-9#](?:[\w .:|/@#,'()+-]{0,60}[A-Za-z0-9_#)])?)>(?![A-Za-z0-9_$])/g, match => match[1]!],
  [/(?<!\$)\{(?:YOUR|MY)_([A-Z][A-Z0-9_]*)\}/g, match => match[1]!],
  // Behind a $ or before a = it is a variable.
  [/(?<![$\w]|\$\{)(?:YOUR|MY)_[A-Z][A-Z0-9_]*\b(?!=)/g, match => match[0].replace(/^(?:YOUR|MY)_/, '')],
  [/\bYYYY[-.]?MM[-.]?DD\b/g, () => 'date'],
  [/(?<![A-UW-Za-uw-z0-9_.])X\.Y\.Z(?!\w)/g, () => 'release'],
  [/(?<![A-UW-Za-uw-z0-9_.])X\.Y(?![\w.])/g, () => 'minorVersion'],
  [/\$([A-Z]+(?:-[A-Z]+)+)(?![\w-])/g, match => match[1]!]
];

/** The script with marks in the place of its gaps, and what was taken for one. */
export function withMarks(
  text: string,
  placeholders: Placeholders,
  line: number
): { readonly text: string; readonly found: readonly Placeholder[] } {
  const found: Placeholder[] = [];
  // The text of a here-document is data: `<server>` in it is no gap.
  const bodies: string[] = [];
  let marked = text.replace(DOCUMENT, (_, head: string, _quote, _word, body: string) => {
    bodies.push(body);
    return `${head}\u{F8FE}`;
  });
  const take = (written: string, wanted: string, kind: Placeholder['kind']): string => {
    const placeholder = placeholders.add(written, wanted, kind, line);
    found.push(placeholder);
    return markOf(placeholder.name);
  };
  for (const [pattern, nameOf] of KINDS) {
    marked = marked.replace(pattern, (...match) => {
      const groups = match as unknown as RegExpMatchArray;
      const wanted = nameOf(groups);
      return take(groups[0], wanted, SECRET.test(wanted) ? 'secret' : 'parameter');
    });
  }
  marked = marked.replace(HOST, host =>
    take(host, host.replace(/^https?:\/\//, '').replace(/^(?=\d)/, 'host '), 'host')
  );
  return { text: marked.replace(/\u{F8FE}/gu, () => bodies.shift()!), found };
}

/** What may be a gap and may be meant as it is; each once. */
export function possibleGaps(text: string): string[] {
  const bodies = [...text.matchAll(DOCUMENT)].map(([, , , , body]) => body!);
  const rest = text.replace(DOCUMENT, '$1').replace(/'[^'\n]*'/g, '');
  const inBodies = bodies.flatMap(body =>
    /<\/\w|\/>/.test(body) ? [] : (body.match(GAP_IN_DOCUMENT) ?? [])
  );
  return [...new Set([...(rest.match(POSSIBLE) ?? []), ...inBodies])];
}

const POSSIBLE =
  /(?<![${%])\{[A-Za-z][A-Za-z_ -]{2,}\}|(?<!%)%[A-Z][A-Z_]{2,}%|@[A-Z][A-Z_]+@|__[A-Z][A-Z_]+__|\bXXX\b|(?<![A-Za-z])x{3,}(?![A-Za-z])|(?<=\d\.)(?:X{1,2}|xx|xy)\b|\bv?x\.y(?:\.z)?\b|\bv?X\.Y\.\d|\byour[_-][a-z][\w-]*|(?<!\$\{\w*|[$[])\[(?:[a-z]{3,}(?:[ _-][a-z]+)*|-{1,2}[A-Za-z][^\]\n]*)\]|(?<![\w$={./:@-])(?:[A-Z]+[_-]){0,2}(?:VERSION|RELEASE|TAG|BRANCH|CLUSTER|NAMESPACE|HOST|HOSTNAME|SERVER|NODE|POD|USER|USERNAME|NAME|ENV|ENVIRONMENT|REGION|BUCKET|PROJECT|COMMIT|SHA|SERVICE|APP|TICKET|NUMBER)(?![\w=(.:/-])/g;
const GAP_IN_DOCUMENT = /<[A-Za-z][\w .-]*>|\{\{\s*\w[\w. -]*\}\}|\b(?:YOUR|MY)_[A-Z][A-Z0-9_]*\b/g;

const SECRET = /token|password|passwd|secret|api.?key|credential/i;
