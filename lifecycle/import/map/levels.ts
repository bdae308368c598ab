// Which headings are phases: level 2 where one level-1 heading is the title, else the highest level there is.
import type { Block } from './blocks.js';

type Heading = Extract<Block, { kind: 'heading' }>;

/** The heading that is the title, or null; and the level of phases. */
export interface Levels {
  readonly title: Heading | null;
  readonly phase: number;
}

/** The levels of a document. */
export function levelsOf(blocks: readonly Block[]): Levels {
  const headings = blocks.filter(block => block.kind === 'heading');
  const depths = [...new Set(headings.map(({ depth }) => depth))].sort();
  const [first] = headings;
  const top = headings.filter(({ depth }) => depth === depths[0]);
  const isTitle =
    first !== undefined && top.length === 1 && top[0] === first && (depths.length > 1 || first.depth === 1);
  return isTitle
    ? { title: first, phase: depths[1] ?? first.depth + 1 }
    : { title: null, phase: depths[0] ?? 2 };
}
