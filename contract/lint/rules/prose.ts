// Phases that say nothing to the person who runs them.
import { textOf } from '../../notebook/outline.js';
import type { LintRule, Place } from './finding.js';

/** A phase without prose. */
export const PHASE_WITHOUT_PROSE: LintRule = {
  id: 'phase-without-prose',
  severity: 'warning',
  reason: 'Whoever runs it at night has to know what should happen and what to do when it does not.',
  fix: 'Write under the heading who does it, what should be seen, and what to do otherwise.',
  find: ({ cells, outline }) => {
    const headings = new Set(outline.phases.map(phase => phase.id));
    return outline.phases.flatMap((phase): Place[] => {
      const first = cells.findIndex(cell => cell.id === phase.id);
      if (first < 0) {
        return [];
      }
      const next = cells.findIndex((cell, index) => index > first && headings.has(cell.id ?? ''));
      const prose = cells
        .slice(first, next < 0 ? undefined : next)
        .filter(cell => cell.cell_type === 'markdown')
        .map(cell =>
          textOf(cell.source)
            .replace(/<!--[\s\S]*?-->/g, '')
            .replace(/^\s*#{1,6}\s.*$/gm, '')
        )
        .join('')
        .trim();
      return prose === ''
        ? [{ cell: phase.id, line: 1, message: `The phase “${phase.title}” has no prose.` }]
        : [];
    });
  }
};
