// One case of the matrix: the text of a step with one act in it, which ends in one way.
import { isHold, isMark, type Helper, type MatrixCase, type Place } from './outcomes.js';

/** What the acts of a case write. */
export function tokensOf({ helper }: MatrixCase): readonly string[] {
  return helper === 'scatter' ? ['act-a', 'act-b'] : ['act'];
}

/** The step's text. The act waits for the file `go` where it is cut off, and fails where it is to fail. */
export function sourceOf(each: MatrixCase, url: string): string {
  const isHeld = isCutOff(each) || each.place === 'beside a failing sibling';
  // Beside a failing sibling the act is cut off, however it would have ended.
  const isFailing = each.ending === 'fails' && each.place !== 'beside a failing sibling';
  const act = isMark(each.helper)
    ? markOf(each.helper, isHeld, isFailing)
    : isHold(each.helper)
      ? holdOf(each.helper)
      : actOf(each.helper, url, isHeld, isFailing);
  // A call that stands alone is found in the text.
  const isBare = isHold(each.helper) && each.place === 'not awaited';
  return `${PRELUDE}\n${isBare ? `null as unknown;\n${act};` : placed(each.place, act)}\nfinished = true;`;
}

/** Something happens to the step while the act goes on. */
export function isCutOff({ ending }: MatrixCase): boolean {
  return ending !== 'passes' && ending !== 'fails';
}

const PRELUDE = `let finished = false;
let begun = false;
let looked = false;
const { appendFileSync, existsSync } = await import('node:fs');
const pause = (ms: number) => new Promise<void>(later => { setTimeout(later, ms); });
const until = async (file: string) => { while (!existsSync(file)) await pause(10); };
const act = () => `;

const shell = (token: string, isHeld: boolean, isFailing: boolean): string =>
  `$({ changes: true })\`sh -c \${'echo ${token} >> log; ${isHeld ? 'while ! test -e go; do sleep 0.02; done; ' : ''}exit ${isFailing ? 1 : 0}'}\``;

/** What is cut off or fails is what comes after the mark. */
const markOf = (helper: Helper, isHeld: boolean, isFailing: boolean): string =>
  `${helper}('act').then(async () => { ${isHeld ? "await until('go'); " : ''}${isFailing ? "throw new Error('no');" : ''} })`;

const holdOf = (helper: Helper): string =>
  helper === 'approval' ? `approval('act')` : `checklist('act', ['Look at it'])`;

function actOf(helper: Helper, url: string, isHeld: boolean, isFailing: boolean): string {
  switch (helper) {
    case 'shell':
      return shell('act', isHeld, isFailing);
    case 'pipe':
      return `${shell('act', isHeld, isFailing)}.pipe\`cat\``;
    case 'http':
      return `http.post('${url}/act?${isHeld ? 'held' : ''}${isFailing ? 'failing' : ''}')`;
    case 'record':
      return `record('act', async () => { appendFileSync('log', 'act\\n'); ${isHeld ? "await until('go'); " : ''}${isFailing ? "throw new Error('no'); " : ''}return 1; })`;
    case 'scatter':
      return `scatter(['act-a', 'act-b'], token => $({ changes: true })\`sh -c \${'echo ' + token + ' >> log; ${isHeld ? 'while ! test -e go; do sleep 0.02; done; ' : ''}exit ${isFailing ? 1 : 0}'}\`)`;
    case 'poll':
      return `poll(async () => { if (!looked) { looked = true; await ${shell('act', isHeld, isFailing)}; } return true; }, { every: '20ms' })`;
    case 'soak':
      return `soak('50ms', { every: '20ms', check: async () => { if (!looked) { looked = true; await ${shell('act', isHeld, isFailing)}; } return true; } })`;
    case 'background':
      return `background('act', () => ${shell('act', isHeld, isFailing)})`;
    default:
      return `guard('watched', () => ${shell('act', isHeld, isFailing)}, { while: () => true, every: '20ms' })`;
  }
}

function placed(place: Place, act: string): string {
  const once = `if (!begun) { begun = true; await act(); } return true;`;
  const code: { readonly [P in Place]: string } = {
    awaited: 'await act();',
    'not awaited': 'act();',
    'beside a failing sibling': `await Promise.all([act(), until('sibling').then(() => { if (!existsSync('go')) throw new Error('sibling'); })]);`,
    'in a timer': 'setTimeout(() => { void act().catch(() => undefined); }, 100);',
    'in poll': `await poll(async () => { ${once} }, { every: '20ms' });`,
    'in soak': `await soak('60ms', { every: '20ms', check: async () => { ${once} } });`,
    'in scatter': `await scatter(['one'], () => act());`,
    'in record': `await record('outer', async () => { await act(); return 1; });`,
    'in gather': `await gather(await assign('tasks', [{ task: 'Look at it', owner: 'ann', check: async () => { ${once} } }]));`
  };
  return `${act};\n${code[place]}`;
}
