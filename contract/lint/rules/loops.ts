// Loops that hide what a runbook should show: steps made in a loop, and retries written by hand.
import type { LintRule, LintedRunbook, Place } from '../finding.js';
import { bodyFrom, codeCells, codeOf, placeAt } from '../source-text.js';
import { isChange } from './changes.js';

const LOOP = /\b(?:for\s*(?:await\s*)?\(|while\s*\(|do\s*\{)|\.(?:forEach|map)\s*\(/g;
const ASKS_NETWORK = /\bfetch\s*\(|\bhttp\s*\.|\baxios\b|\$`\s*(?:curl|wget|ssh|nc)\b/;
const TRIES_AGAIN = /\bcatch\b|\bsetTimeout\b|\bsleep\s*\(|\bretr(?:y|ies)\b|\battempts?\b|\bdelay\b/i;

/** Steps that are made in a loop. */
export const STEPS_IN_LOOP: LintRule = {
  id: 'steps-in-loop',
  severity: 'error',
  reason:
    'A loop fails in the middle, and nobody can tell from the notebook which part is done or run one part again.',
  fix: 'Write one cell a part, or use scatter(), which keeps the outcome of each.',
  find: runbook =>
    loops(
      runbook,
      body => isChange(body) || /\b(?:approval|checklist)\s*\(/.test(body),
      'A loop changes something or stops for people in each turn.'
    )
};

/** Network calls that are tried again by hand. */
export const RAW_RETRY: LintRule = {
  id: 'raw-retry',
  severity: 'warning',
  reason: 'Retries by hand have no time limit, no journal and no way to interrupt them.',
  fix: "Use http.get(url).until(reply => …, { every: '5s', timeout: '2m' }) or poll().",
  find: runbook =>
    loops(
      runbook,
      body => ASKS_NETWORK.test(body) && TRIES_AGAIN.test(body),
      'A loop asks the network again until it answers.'
    )
};

function loops(runbook: LintedRunbook, isBad: (body: string) => boolean, message: string): Place[] {
  return codeCells(runbook).flatMap(cell => {
    const code = codeOf(cell);
    const found = [...code.matchAll(LOOP)].find(loop =>
      isBad(bodyFrom(code, loop.index + loop[0].length - 1))
    );
    return found ? [placeAt(cell, code, found.index, message)] : [];
  });
}
