// What a kernel has found in texts of this page. It depends on the text alone, so it holds for every notebook of the page.
import { Signal, type ISignal } from '@lumino/signaling';
import type { FactsOf, SourceFacts } from '../../contract/notebook/source-facts.js';

/** More than the cells of any notebook. */
const MOST_KNOWN = 20_000;
const known = new Map<string, SourceFacts>();
const learned = new Signal<object, void>({});

/** The facts of a text, or null as long as no kernel has told them. */
export const knownFacts: FactsOf = text => known.get(text) ?? null;

/** Facts have become known. */
export const factsLearned: ISignal<object, void> = learned;

export function learnFacts(texts: readonly string[], facts: readonly SourceFacts[]): void {
  texts.forEach((text, index) => {
    if (facts[index] !== undefined) {
      known.set(text, facts[index]);
    }
  });
  while (known.size > MOST_KNOWN) {
    known.delete(known.keys().next().value!);
  }
  learned.emit();
}
