// The list of all findings in a dialog: each with its place, and below what the project has switched off and what is not known.
import { phaseOfStep, type Outline } from '../../contract/notebook/outline.js';
import { makeButton, makeElement } from '../page/element.js';
import { makeScrollArea } from '../page/scroll-area.js';
import type { Words } from '../page/words.js';
import type { FindingLook } from './finding-look.js';
import type { KnownRules } from './runbook-lint.js';

export interface ListedFinding {
  /** Id of the cell. */
  readonly id: string;
  readonly look: FindingLook;
}

export interface FindingsBodyParts {
  /** In the order of the notebook. */
  readonly findings: readonly ListedFinding[];
  /** False for a notebook that is no runbook, and while the rules have not looked. */
  readonly hasLooked: boolean;
  readonly rules: KnownRules;
  readonly outline: Outline;
  readonly words: Words;
  /** The person chose the finding with this index. */
  go(index: number): void;
}

/** The list, or a sentence that says why there is none. */
export function makeFindingsBody(parts: FindingsBodyParts): HTMLElement {
  const { findings, outline, words, go } = parts;
  const list = makeElement(
    'ol',
    { class: 'lb-FindingsDialog-list' },
    ...findings.map(({ id, look }, index) => {
      const button = makeButton(
        { class: 'lb-FindingsDialog-item' },
        () => go(index),
        makeElement('span', { class: 'lb-FindingsDialog-place', text: placeOf(id, look, outline, words) }),
        makeElement('span', { class: 'lb-FindingsDialog-message', text: look.message }),
        makeElement('span', { class: 'lb-FindingsDialog-fix', text: look.fix })
      );
      return makeElement(
        'li',
        { class: look.isSerious ? 'lb-mod-serious' : '' },
        button,
        makeElement('span', { class: 'lb-FindingsDialog-rule', text: look.rule })
      );
    })
  );
  return makeElement(
    'div',
    { class: 'lb-FindingsDialog-body' },
    ...(findings.length > 0
      ? [makeScrollArea('lb-FindingsDialog-area', words.__('Findings'), list)]
      : [makeElement('p', { text: emptyText(parts.hasLooked, words) })]),
    ...notesOf(parts.rules, words).map(text => makeElement('p', { class: 'lb-FindingsDialog-note', text }))
  );
}

function placeOf(id: string, { line }: FindingLook, outline: Outline, words: Words): string {
  const phase = outline.phases.find(each => each.id === id) ?? phaseOfStep(outline, id);
  const step = phase?.steps.find(each => each.id === id);
  return [phase?.title, step?.title, line > 0 ? words.__('line %1', line) : undefined]
    .filter(part => part !== undefined)
    .join(' › ');
}

function emptyText(hasLooked: boolean, words: Words): string {
  return hasLooked
    ? words.__('Nothing to fix: no rule finds anything in this runbook.')
    : words.__(
        'The rules look at runbooks: notebooks of the Launchbook kernel with a phase, which is a heading of level 2. This notebook has none, or findings are switched off.'
      );
}

/** What is switched off, with the reasons, and what cannot be known. */
function notesOf(rules: KnownRules, words: Words): string[] {
  if (rules.kind === 'unknown') {
    return [
      words.__(
        'No Launchbook kernel runs: rules that launchbook.yml switches off, and the names of its environments, are not known.'
      )
    ];
  }
  return rules.kind === 'known'
    ? Object.entries(rules.options.off ?? {}).map(([rule, reason]) =>
        words.__('%1 is switched off: %2', rule, reason)
      )
    : [];
}
