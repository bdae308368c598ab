// Ways to write a hold point, and texts that look like one: each is drawn from a grammar, with what must become of it.

/** What a step is. */
export type Form =
  /** It asks people itself: nothing behind it runs before they have answered. */
  | 'asks'
  /** It would ask people where nobody can see it: it is refused, and nothing behind it runs. */
  | 'hides'
  /** It holds a call that is not reached this time: it passes, and what follows is locked until somebody leaves it out by name. */
  | 'passes by'
  /** It only looks like one: what follows runs. */
  | 'looks like';

/** A step. `before` are cells that it uses; `module` is a file `gates.ts` beside the notebook. */
export interface WrittenStep {
  readonly form: Form;
  readonly text: string;
  readonly before: string;
}

/** The module that hides a question. */
export const GATES = `import { approval } from 'launchbook';
export { approval as ask, approval } from 'launchbook';
export const gate = async (name: string) => { await approval(name); };
export const gates = { go: gate };
`;

type Pick = <T>(list: readonly T[]) => T;

/** Draws a step; the same numbers draw the same one. */
export function drawStep(random: () => number): WrittenStep {
  const pick: Pick = list => list[Math.floor(random() * list.length)]!;
  const form = pick([
    'asks',
    'asks',
    'asks',
    'hides',
    'hides',
    'passes by',
    'looks like',
    'looks like'
  ] as const);
  const { text, before = '' } = FORMS[form](pick);
  return { form, text: `${noise(pick)}${text}${noise(pick)}`, before };
}

interface Drawn {
  readonly text: string;
  readonly before?: string;
}

const FORMS: { readonly [F in Form]: (pick: Pick) => Drawn } = {
  asks: pick => ({ text: placed(pick)(`await ${call(pick)}`) }),
  hides: pick => pick(HIDDEN)(pick),
  'passes by': pick => ({ text: pick(UNTAKEN)(`await ${call(pick)}`) }),
  'looks like': pick => ({ text: pick(LOOK_ALIKES)(call(pick)) })
};

/** What stands around: signs that a pattern takes for a comment, a text or an end. */
function noise(pick: Pick): string {
  return pick([
    '',
    '\n',
    ";\n{ const logs = '/var/log/*'; }\n",
    ";\n{ const cron = '*/5 * * * *'; }\n",
    ';\n{ const site = `https://example.org/${1}//x`; }\n',
    ';\n{ const slash = /[/*]+\\/\\//.source; }\n',
    '// the end */\n',
    ';\n/* it\'s `quoted" */\n',
    '\n// approval(\n',
    ';\n{ const half = `${"`"}`; }\n'
  ]);
}

function name(pick: Pick): string {
  return pick([
    "'Go'",
    '"Go or no-go"',
    '`Go`',
    '`Go ${1 + 1}`',
    "'Go' + 1",
    '["Go"].join()',
    "'it\\'s on'",
    "'/* Go */'"
  ]);
}

/** A call of the injected name, as the language allows to spell it. */
function call(pick: Pick): string {
  const word = pick([
    'approval',
    'approval',
    '(approval)',
    '((approval))',
    'approval!',
    '(approval as any)',
    '(approval satisfies unknown as any)',
    'appro\\u0076al',
    '\\u{61}pproval',
    'approval /* ( */',
    'approval // (\n'
  ]);
  const open = pick(['(', '(', ' (', '\n(', '?.(']);
  const options = pick(['', '', ', {}', ", { question: 'May it?' }"]);
  return `${word}${open}${name(pick)}${options})${pick(['', '', '.then(answer => answer)'])}`;
}

/** Where it may stand so that it is reached. */
function placed(pick: Pick): (statement: string) => string {
  return pick<(statement: string) => string>([
    statement => `${statement};`,
    statement => `const answer = ${statement};`,
    statement => `{ ${statement}; }`,
    statement => `if (true) { ${statement}; }`,
    statement => `for (const each of [1]) { ${statement}; }`,
    statement => `await (async () => { ${statement}; })();`,
    statement => `async function gate() { ${statement}; }\nawait gate();`,
    statement => `const gate = async () => { ${statement}; };\nawait gate();`,
    statement => `class Gate { async go() { ${statement}; } }\nawait new Gate().go();`,
    statement => `class Gate { answer = (async () => { ${statement}; })(); }\nawait new Gate().answer;`,
    statement => `const gates = { go: async () => { ${statement}; } };\nawait gates.go();`,
    statement => `const inner = async () => { ${statement}; };\nconst outer = () => inner();\nawait outer();`,
    statement => `await Promise.all([1].map(async () => { ${statement}; }));`,
    statement => `await scatter(['one'], async () => { ${statement}; });`,
    statement => `try { ${statement}; } finally { void 0; }`,
    statement =>
      `const generic = async <T,>(of: T) => { ${statement}; return of; };\nawait generic<number>(1);`,
    statement => `switch (1) { case 1: ${statement}; }`,
    statement => `label: while (true) { ${statement}; break label; }`
  ]);
}

const HIDDEN: readonly ((pick: Pick) => Drawn)[] = [
  pick => ({ text: `const ask = approval;\nawait ask(${name(pick)});` }),
  pick => ({ text: `const { ask } = { ask: approval };\nawait ask(${name(pick)});` }),
  pick => ({ text: `await approval.call(null, ${name(pick)});` }),
  pick => ({ text: `await approval.bind(null)(${name(pick)});` }),
  pick => ({ text: `await (0, approval)(${name(pick)});` }),
  pick => ({ text: `await (true ? approval : checklist)(${name(pick)});` }),
  pick => ({ text: `await [approval][0]!(${name(pick)});` }),
  pick => ({ text: `await Reflect.apply(approval, null, [${name(pick)}]);` }),
  pick => ({ text: `const all = { approval };\nawait all.approval(${name(pick)});` }),
  pick => ({ text: `await globalThis.approval(${name(pick)});` }),
  pick => ({ text: `await (globalThis as any)['appro' + 'val'](${name(pick)});` }),
  pick => ({ text: `await (0, eval)('approval')(${name(pick)});` }),
  pick => ({ text: `await new Function('name', 'return approval(name)')(${name(pick)});` }),
  pick => ({ text: `import * as launchbook from 'launchbook';\nawait launchbook.approval(${name(pick)});` }),
  pick => ({ text: `const { approval: ask } = await import('launchbook');\nawait ask(${name(pick)});` }),
  pick => ({ text: `import { ask } from './gates.ts';\nawait ask(${name(pick)});` }),
  pick => ({ text: `import { gate } from './gates.ts';\nawait gate(${name(pick)});` }),
  pick => ({
    text: `import { gates } from './gates.ts';\nawait gates.go(${name(pick)}).catch(() => undefined);`
  }),
  pick => ({
    before: `const gate = async (name: string) => { await approval(name); };`,
    text: `await gate(${name(pick)});`
  }),
  pick => ({
    before: `async function gate(name: string) { return await approval(name); }`,
    text: `try { await gate(${name(pick)}); } catch { console.log('never mind'); }`
  }),
  pick => ({
    before: `class Gates { async go(name: string) { await approval(name); } }`,
    text: `await new Gates().go(${name(pick)});`
  }),
  pick => ({
    before: `const keep: any = { ask: null };\nkeep.run = (name: string) => keep.ask(name);`,
    text: `keep.ask = approval;\nawait keep.run(${name(pick)});`
  }),
  pick => ({
    before: `let later: any = null;\nconst runLater = (name: string) => later(name);`,
    text: `later = async (name: string) => { await approval(name); };\nawait runLater(${name(pick)});`
  }),
  pick => ({ text: `const approval = async (name: string) => name;\nawait approval(${name(pick)});` }),
  pick => ({ text: `import { ask as approval } from './gates.ts';\nawait approval(${name(pick)});` })
];

const UNTAKEN: readonly ((statement: string) => string)[] = [
  statement => `if (1 > 2) { ${statement}; }`,
  statement => `for (const each of [] as number[]) { ${statement}; }`,
  statement => `const isNeeded = false;\nisNeeded && (${statement});`,
  statement => `const gate = async () => { ${statement}; };\nif (1 > 2) { await gate(); }`,
  statement => `switch (2 as number) { case 1: ${statement}; }`,
  statement => `await Promise.all(([] as number[]).map(async () => { ${statement}; }));`
];

const LOOK_ALIKES: readonly ((call: string) => string)[] = [
  call => `// await ${call.replace(/\n/g, ' ')}`,
  call => `/* await ${call.replaceAll('*/', '')} */`,
  call => `console.log(${JSON.stringify(`await ${call}`)});`,
  call => `console.log(String.raw\`await ${call.replace(/[`$\\]/g, '')}\`);`,
  call => `async function gate() { await ${call}; }`,
  call => `const gate = async () => { await ${call}; };`,
  call => `const gates = { go: async () => { await ${call}; } };`,
  call => `class Gates { async go() { await ${call}; } }`,
  call => `class Gates { answer = ${call}; }`,
  call => `export const gate = async () => { await ${call}; };`,
  call =>
    `async function gate(turns: number): Promise<void> { if (turns > 0) { await gate(turns - 1); } await ${call}; }`,
  call => `const inner = async () => { await ${call}; };\nconst outer = async () => { await inner(); };`,
  () => `const people = { approval: (name: string) => name };\npeople.approval('Go');`,
  () => `const note1 = { approval: 1, checklist: 2 };`,
  () => `type Ask = typeof approval;\ninterface Gate { approval(name: string): void }`,
  () => `const one = ((approval: (name: string) => string) => approval('Go'))(name => name);`,
  () => `{ const approval = (name: string) => name; approval('Go'); }`,
  () => `console.log(/approval\\('Go'\\)/.source);`,
  () => `const approvals = ['Go'];\nconst myapproval = (name: string) => name;\nmyapproval('Go');`
];
