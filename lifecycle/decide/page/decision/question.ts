// What is decided on, drawn: the question, the evidence as it is bound, what it releases, four words to compare. All of it is text.
import type { DecisionPageData } from '../../../../contract/decide/decision-page.js';
import { decisionWords } from '../../../../contract/decide/decision-words.js';
import { formatUtc } from '../../../../contract/base/format.js';
import { describePerson } from '../../../../contract/base/person.js';
import { visibleText } from '../../../../contract/base/escape.js';
import type { ApprovalState } from '../../../../contract/holds/hold.js';
import { make } from '../parts/element.js';
import { askedSentences } from './standing-text.js';

/** The head of the page. */
export function drawHead({ approval, run }: DecisionPageData): Node[] {
  const { binding } = approval;
  const where = run
    ? [`Release ${binding?.release ?? 'none'}`, binding?.environment ?? 'no environment']
    : ['Scratch notebook'];
  return [
    make('p', { class: 'run', text: visibleText(where.join(' · ')) }),
    make('h1', { text: visibleText(approval.name) }),
    ...(run ? [make('p', { class: 'faint', text: visibleText(`Run ${run}`) })] : [])
  ];
}

/** The question and everything that belongs to it. */
export function drawQuestion({ approval }: DecisionPageData, content: string): Node[] {
  const { request, binding, phase } = approval;
  return [
    make('p', { class: 'question', text: visibleText(request.question) }),
    ...request.evidence.map(({ label, text }, index) =>
      make(
        'div',
        {},
        make('h2', { id: `evidence-${index}`, text: visibleText(label) }),
        // It scrolls, so it has to be reached by the keyboard.
        make('pre', {
          tabindex: '0',
          role: 'region',
          'aria-labelledby': `evidence-${index}`,
          text: visibleText(text)
        })
      )
    ),
    make(
      'details',
      {},
      make('summary', {
        text: `What it releases: ${binding?.cells.length ?? 0} cells from “${visibleText(phase)}” on`
      }),
      make('ol', {}, ...(binding?.cells ?? []).map(({ title }) => make('li', { text: visibleText(title) }))),
      ...Object.entries(binding?.parameters ?? {}).map(([name, { text }]) =>
        make('p', { text: visibleText(`${name}: ${text}`) })
      )
    ),
    make(
      'p',
      { class: 'words' },
      make('span', { text: 'Whoever has the notebook open sees the same four words: ' }),
      make('strong', { text: decisionWords(content) })
    ),
    make('p', { class: 'faint', text: `Content ${content.slice(0, 12)}` })
  ];
}

/** Who is asked and who has decided. It is drawn anew when that changes. */
export function drawStanding(approval: ApprovalState): Node[] {
  return [
    make('h2', { text: 'Who decides' }),
    make('ul', {}, ...askedSentences(approval).map(text => make('li', { text: visibleText(text) }))),
    ...approval.decisions.map(({ decision, by, at, comment }) =>
      make('p', {
        text: visibleText(
          `${decision === 'approved' ? '✓ Approved' : '✗ Rejected'} by ${describePerson(by)} at ${formatUtc(at)}${comment === '' ? '' : `: ${comment}`}`
        )
      })
    )
  ];
}
