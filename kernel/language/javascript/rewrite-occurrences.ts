// Gives names what they are called in V8. A name that differs from the author's (see bindings.ts) is renamed wherever the cell uses it.
// What a function reads goes through an object with an accessor for each name of the notebook, so that an undo step that runs late finds
// the values that it was registered with (docs/decisions/0044): `service` in a function becomes `__launchbookNames.service`. V8 inlines
// the accessor. What a function calls stays as it is, marked by a comment, for which function it is counts at the time of the call.
import { CALLED_MARK, NAMES_OBJECT } from '../../../contract/notebook/names-object.js';
import type { Analysis, Occurrence } from '../../../record/source/analysis.js';
import type { Edits } from './edits.js';

/**
 * Renames every occurrence in `edits`. Import statements are not among them: they are written again. `names` says what V8 calls each
 * name of the notebook. Returns the names that functions read, with what V8 calls them.
 */
export function renameNames(
  edits: Edits,
  { occurrences }: Analysis,
  names: ReadonlyMap<string, string>
): Map<string, string> {
  const later = new Map<string, string>();
  for (const occurrence of occurrences) {
    const { name, start, end, isType, isShorthand } = occurrence;
    const jsName = names.get(name);
    if (jsName === undefined || isType) {
      continue;
    }
    const text = writtenAs(occurrence, jsName);
    if (occurrence.isLater) {
      later.set(name, jsName);
    }
    if (text !== name) {
      edits.replace(start, end, isShorthand ? `${name}: ${text}` : text);
    }
  }
  return later;
}

function writtenAs({ isLater, isCalled }: Occurrence, jsName: string): string {
  return !isLater ? jsName : isCalled ? `${jsName}${CALLED_MARK}` : `${NAMES_OBJECT}.${jsName}`;
}
