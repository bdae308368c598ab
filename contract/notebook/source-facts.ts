// What the text of a cell says about helpers, found in its syntax tree. The finder stands in record/source/; a page is told what it found.

/** A call of a helper. Lines are 1-based, offsets are UTF-16 code units of the cell's text. */
export interface HelperCall {
  /** As it is written, without arguments: `approval`, `http.get`, `$`. */
  readonly helper: string;
  /** The first argument, when it is a plain text. */
  readonly name: string | null;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** What one text says. */
export interface SourceFacts {
  /** False: the text cannot be parsed. What it would ask is then unknown. */
  readonly isReadable: boolean;
  /** Calls of `approval`, `checklist` and `gather` that the step itself makes: it waits for people. In the order of the text. Of a text that cannot be parsed, what looks like one: it locks what comes after it, although it cannot run. */
  readonly holds: readonly HelperCall[];
  /** Calls whose end nobody awaits: the step would be told as passed while they still run. */
  readonly unawaited: readonly HelperCall[];
  /** Calls that change the world: commands, requests that are not mere questions, functions of one's own. */
  readonly changes: readonly HelperCall[];
  /** Places where a name that asks people is used in another way than by calling it: nobody can tell whether the step asks. */
  readonly indirect: readonly HelperCall[];
  /** Names that ask people and that the cell declares as something of its own: later steps that call them would ask nobody. */
  readonly redeclared: readonly HelperCall[];
  /** People and groups whom approvals name as plain texts, each as the `name` of a call. */
  readonly approvers: readonly HelperCall[];
}

/** Finds the facts of a text. Null: they are not known yet. */
export type FactsOf = (text: string) => SourceFacts | null;

/** Of a text without a helper. */
export const NO_FACTS: SourceFacts = {
  isReadable: true,
  holds: [],
  unawaited: [],
  changes: [],
  indirect: [],
  redeclared: [],
  approvers: []
};
