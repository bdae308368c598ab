// What of a run no signature covers: a signed decision proves what was asked and what may run, not what came of it.
import { formatCount, formatFew } from '../../contract/base/format.js';
import { isCellStep } from '../../contract/notebook/outline.js';
import type { RunState } from '../../contract/state/state.js';

/** The parts, each continues “not covered by a signature: ”. */
export function notCovered({ approvals, steps, outline, driver }: RunState): string[] {
  const all = Object.values(approvals);
  const signed = all.filter(({ decisions }) => decisions.some(({ signature }) => signature !== undefined));
  const bindings = signed.flatMap(({ binding }) => binding ?? []);
  const bound = new Set(
    bindings.flatMap(each => [...each.cells, ...each.parameterCells]).map(({ id }) => id)
  );
  const ran = Object.values(steps).filter(({ id, attempts }) => attempts.length > 0 && isCellStep(id));
  const titles = new Map(outline.phases.flatMap(phase => phase.steps.map(({ id, title }) => [id, title])));
  const unbound = ran.filter(({ id }) => !bound.has(id)).map(({ id }) => `“${titles.get(id) ?? id}”`);
  const unsigned = all.flatMap(({ name, decisions, breakGlass }) => [
    ...decisions
      .filter(({ signature }) => signature === undefined)
      .map(({ by, decision }) => `“${name}” ${decision} by ${by.name || by.username}`),
    ...(breakGlass ? [`“${name}” released against the policy by ${breakGlass.by.name}`] : [])
  ]);
  return [
    ...(ran.length === 0 ? [] : [`the outcomes, outputs and times of ${formatCount(ran.length, 'step')}`]),
    ...(unbound.length === 0 ? [] : [`the text of ${formatFew(unbound, 'step')}`]),
    ...(driver === null && !all.some(({ request }) => request.rules?.fourEyes) ? [] : ['who drove']),
    ...(unsigned.length === 0 ? [] : [`what was not signed: ${unsigned.join(', ')}`])
  ];
}
