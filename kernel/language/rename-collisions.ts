// Gives a name its other name wherever the cell uses it as a value. See bindings.ts for when a name needs one.
import type { Analysis } from './analysis.js';
import type { Edits } from './edits.js';

/** Renames every occurrence. Import statements are not among them: they are written anew. */
export function renameCollisions(
  edits: Edits,
  analysis: Analysis,
  renames: ReadonlyMap<string, string>
): void {
  for (const { name, start, end, isType, isShorthand } of analysis.occurrences) {
    const other = renames.get(name);
    if (other !== undefined && !isType) {
      edits.replace(start, end, isShorthand ? `${name}: ${other}` : other);
    }
  }
}
