import { describe, expect, test } from '@jest/globals';
import {
  isSameOutline,
  outlineOf as outlineWith,
  phaseOfStep,
  type OutlineCell
} from '../../../contract/notebook/outline.js';
import type { FactsOf } from '../../../contract/notebook/source-facts.js';
import { sourceFactsOf } from '../../../record/source/source-facts.js';

const outlineOf = (cells: readonly OutlineCell[], level?: number, factsOf: FactsOf = sourceFactsOf) =>
  outlineWith(cells, factsOf, level);
const holdsOf = (source: string) => outlineOf([code('a', source)]).phases[0]!.steps[0]!.holds;

const markdown = (id: string, source: string | string[]): OutlineCell => ({
  id,
  cell_type: 'markdown',
  source
});
const code = (id: string, source: string | string[]): OutlineCell => ({ id, cell_type: 'code', source });

describe('outlineOf', () => {
  test('makes a phase of each level-2 heading and a step of each code cell', () => {
    const outline = outlineOf([
      markdown('t', '# Release 2.4.0'),
      markdown('a', ['## Prepare\n', 'Look around.']),
      code('a1', 'await $`fleetctl status`'),
      markdown('b', '## Deploy'),
      code('b1', '// Deploy the first batch\nawait $`x`'),
      code('b2', "await approval('QA sign-off', {})")
    ]);
    expect(outline).toEqual({
      title: 'Release 2.4.0',
      locks: 'outcome',
      phases: [
        { id: 'a', title: 'Prepare', steps: [{ id: 'a1', title: 'await $`fleetctl status`', holds: [] }] },
        {
          id: 'b',
          title: 'Deploy',
          steps: [
            { id: 'b1', title: 'Deploy the first batch', holds: [] },
            { id: 'b2', title: "await approval('QA sign-off', {})", holds: ['QA sign-off'] }
          ]
        }
      ]
    });
  });

  test('makes no step of an empty cell, and no phase of what stands alone in it', () => {
    const empty = ['', ' ', '\n\n', ' \t\n '].map((source, index) => code(`e${index}`, source));
    expect(outlineOf(empty).phases).toEqual([]);
    const cells = [
      markdown('a', '## Prepare'),
      ...empty,
      markdown('h', '### Look'),
      code('e', ''),
      code('x', '1')
    ];
    expect(outlineOf(cells).phases[0]!.steps.map(({ id, title }) => [id, title])).toEqual([['x', 'Look']]);
    expect(outlineOf([...cells, ...empty])).toEqual(
      outlineOf([cells[0]!, markdown('h', '### Look'), code('x', '1')])
    );
  });

  test.each([
    ['Deploy &amp; watch', 'Deploy & watch'],
    ['Deploy <b>orders</b><br/>', 'Deploy orders'],
    ['1 &lt; 2 &#8594; &#x2192; &unknown;', '1 < 2 → → &unknown;'],
    ['`snake_case` of `a*b` and <!-- not this --> **all**', 'snake_case of a*b and  all'],
    ['Keep `<b>` and a < b', 'Keep <b> and a < b'],
    ['[A `link`](https://x)', 'A link']
  ])('reads the heading %s as Jupyter shows it', (heading, title) => {
    expect(outlineOf([markdown('a', `## ${heading}`)]).phases[0]!.title).toBe(title);
  });

  test('puts code before the first heading into the phase `start` and leaves that out when it is empty', () => {
    expect(outlineOf([code('x', '1')]).phases.map(phase => phase.id)).toEqual(['start']);
    expect(outlineOf([markdown('a', '## A')]).phases.map(phase => phase.id)).toEqual(['a']);
  });

  test('takes the nearest deeper heading as the title of a step, once', () => {
    const outline = outlineOf([
      markdown('a', '## A'),
      markdown('h', '### Move the data'),
      code('1', 'one()'),
      code('2', 'two()')
    ]);
    expect(outline.phases[0]?.steps.map(step => step.title)).toEqual(['Move the data', 'two()']);
  });

  test('ignores headings inside fenced code and strips markup from titles', () => {
    const outline = outlineOf([
      markdown('a', '## The `real` *one* [here](x)\n```\n## not this\n```\n~~~~\n## nor this\n~~~~')
    ]);
    expect(outline.phases.map(phase => phase.title)).toEqual(['The real one here']);
  });

  test('names a step of an import by what it does, not by what it was guessed from', () => {
    const source = '// Guessed from “ls”: it has no language.\n// Guessed from “ls”: twice.\nawait $`ls`;';
    expect(outlineOf([code('a', source)]).phases[0]!.steps[0]!.title).toBe('await $`ls`;');
  });

  test('shortens a first line of more than 80 letters, and says so', () => {
    const titleOf = (source: string): string | undefined =>
      outlineOf([code('a', source)]).phases[0]?.steps[0]?.title;
    expect(titleOf(`// ${'x'.repeat(80)}`)).toBe('x'.repeat(80));
    expect(titleOf(`// ${'x'.repeat(81)}`)).toBe(`${'x'.repeat(79)}…`);
    expect(titleOf(`// ${'🫖'.repeat(90)}`)).toBe(`${'🫖'.repeat(79)}…`);
  });

  test('takes another heading level for phases', () => {
    expect(outlineOf([markdown('a', '### A'), code('1', 'x')], 3).phases[0]?.title).toBe('A');
  });

  test('finds the phase of a step', () => {
    const outline = outlineOf([markdown('a', '## A'), code('1', 'x')]);
    expect(phaseOfStep(outline, '1')?.id).toBe('a');
    expect(phaseOfStep(outline, '2')).toBeUndefined();
    expect(isSameOutline(outline, structuredClone(outline))).toBe(true);
    expect(isSameOutline(outline, outlineOf([]))).toBe(false);
  });
});

test('a step whose facts are not known is told as such, and one that cannot be parsed holds by its words', () => {
  const unknown = outlineOf([code('a', "await approval('Go')")], 2, () => null);
  expect(unknown.phases[0]!.steps[0]).toMatchObject({ holds: [], isUnknown: true });
  expect(holdsOf("await approval('Go')); (")).toEqual(['Go']);
});

describe('hold points of a cell', () => {
  test.each([
    ["await approval('QA sign-off')", ['QA sign-off']],
    ['await approval(`Go`, { question: "?" })', ['Go']],
    ["await approval( 'It\\'s fine' )", ["It's fine"]],
    ['await approval(name)', ['hold point']],
    ["approval('one'); approval('two')", ['one', 'two']],
    ["// await approval('no')", []],
    ["/* approval('no') */ 1", []],
    ["await myapproval('no')", []],
    ["await x.approval('no')", []],
    ["await http.get('https://x/y'); await approval('after a URL')", ['after a URL']]
  ])('%s', (source, names) => {
    expect(holdsOf(source)).toEqual(names);
    // In the middle of writing, when it cannot be parsed.
    expect(holdsOf(`${source}; (`)).toEqual(names);
  });
});
