// Loops that hide what a runbook should show: steps made in a loop, and retries written by hand.
import type { LintRule, LintedRunbook, Place } from './finding.js';
import { bodyBehind, bodyFrom, codeCells, codeOf, inBrackets, placeAt } from './source-text.js';
import { isChange, VERBS } from './changes.js';

const LOOP = /\b(?:for\s*(?:await\s*)?\(|while\s*\(|do\s*\{)|\.(?:forEach|map)\s*\(/g;
/** A call that is given what is done in each turn. */
const CALL = /^(?:\.|scatter)/;
const SCATTER = /\bscatter\s*\(/g;
const ASKS_PEOPLE = /\b(?:approval|checklist|gather)\s*\(/;
const ASKS_NETWORK = /\bfetch\s*\(|\bhttp\s*\.|\baxios\b|\$`\s*(?:curl|wget|ssh|nc)\b/;
const TRIES_AGAIN = /\bcatch\b|\bsetTimeout\b|\bsleep\s*\(|\bretr(?:y|ies)\b|\battempts?\b|\bdelay\b/i;

/** Steps that are made in a loop. */
export const STEPS_IN_LOOP: LintRule = {
  id: 'steps-in-loop',
  severity: 'error',
  reason:
    'A loop fails in the middle, and nobody can tell from the notebook which part is done or run one part again.',
  fix: 'Write one cell a part, or use one scatter(), which keeps the outcome of each; stops for people stand before or after it.',
  find: runbook => {
    const changing = changingFunctions(runbook);
    return [
      ...loops(
        runbook,
        LOOP,
        body =>
          isChange(body) ||
          ASKS_PEOPLE.test(body) ||
          /\bscatter\s*\(/.test(body) ||
          changing.some(name => name.test(body)),
        'A loop changes something or stops for people in each turn.'
      ),
      ...loops(
        runbook,
        SCATTER,
        body => ASKS_PEOPLE.test(body),
        'A scatter stops for people in each of its items, at the same time.'
      )
    ];
  }
};

/** Calls of functions that change something: declared in a cell with a change in it, or imported from a module under the name of one. */
function changingFunctions(runbook: LintedRunbook): RegExp[] {
  const names = codeCells(runbook).flatMap(cell => {
    const code = codeOf(cell);
    const declared = [...code.matchAll(FUNCTION)]
      .filter(({ index, 0: head }) => {
        const end = index + head.length;
        return isChange(head.endsWith('(') ? bodyBehind(code, end - 1) : bodyFrom(code, end));
      })
      .map(({ 1: name, 2: constant }) => name ?? constant!);
    const imported = [...code.matchAll(IMPORT)].flatMap(({ 1: list }) =>
      list!.split(',').map(part =>
        part
          .split(/\bas\b|:/)
          .at(-1)!
          .trim()
      )
    );
    return [...declared, ...imported.filter(name => NAMED_AS_CHANGE.test(name))];
  });
  return [...new Set(names)].map(name => new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}\\s*\\(`));
}

const FUNCTION =
  /\bfunction\s+([\w$]+)\s*\(|\b(?:const|let)\s+([\w$]+)\s*=\s*(?:async\s*)?\([^()]*\)[^={]*=>/g;
/** Of modules of one's own. */
const IMPORT = /\{([\w$\s,:]*)\}\s*(?:from\s*|=\s*await\s+import\s*\(\s*)['"][#.]/g;
const NAMED_AS_CHANGE = new RegExp(`^(?:${VERBS})(?:[A-Z_]\\w*)?$`);

/** Network calls that are tried again by hand. */
export const RAW_RETRY: LintRule = {
  id: 'raw-retry',
  severity: 'warning',
  reason: 'Retries by hand have no time limit, no journal and no way to interrupt them.',
  fix: "Use http.get(url).until(reply => …, { every: '5s', timeout: '2m' }) or poll().",
  find: runbook =>
    loops(
      runbook,
      LOOP,
      body => ASKS_NETWORK.test(body) && TRIES_AGAIN.test(body),
      'A loop asks the network again until it answers.'
    )
};

function loops(
  runbook: LintedRunbook,
  pattern: RegExp,
  isBad: (body: string) => boolean,
  message: string
): Place[] {
  return codeCells(runbook).flatMap(cell => {
    const code = codeOf(cell);
    const found = [...code.matchAll(pattern)].find(({ index, 0: head }) => {
      const open = index + head.length - 1;
      const isWhole = CALL.test(head) || head.endsWith('{');
      return isBad(isWhole ? inBrackets(code, open) : bodyBehind(code, open));
    });
    return found ? [placeAt(cell, code, found.index, message)] : [];
  });
}
