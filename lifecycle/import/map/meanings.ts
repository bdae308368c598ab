// What words of a heading or a sentence are taken for. Each is a guess and told as one; approvers, owners and ways back are never made up.

/** What a section is about. */
export type Meaning = 'approval' | 'way-back' | 'optional';

const MEANINGS: readonly (readonly [meaning: Meaning, words: RegExp])[] = [
  ['way-back', /\b(?:roll(?:ing)?[ -]?back|back[ -]?out|revert(?:ing)?|way back|undo(?:ing)?)\b/i],
  ['approval', /\bapprovals?\b|\bapproved? by\b|\bsign[ -]?offs?\b|\bgo[ -/]*no[ -]?go\b|\bgreen light\b/i],
  [
    'optional',
    /\(optional\)|^optional\b|^if (?:the|a|an|this|something|anything|it)\b|\bonly (?:if|when|for)\b|\btroubleshooting\b/i
  ]
];

/** The meaning of a heading, or null for plain steps. */
export function meaningOfHeading(text: string): Meaning | null {
  return MEANINGS.find(([, words]) => words.test(text))?.[0] ?? null;
}

/** True for a sentence that stops everybody: “STOP STOP STOP”, “Wait for the go from …”. */
export function isStop(text: string): boolean {
  return text.length < 400 && (/^\W*STOP\b/.test(text) || WAIT.test(text));
}

const WAIT =
  /^\W*(?:\w+\W{1,4})?(?:please )?(?:wait|do not (?:continue|proceed)\b.{0,30}\b(?:until|without|before)) .{0,40}\b(?:go(?:-ahead)?|approval|approved|sign[ -]?off|green light|confirm\w*)\b/i;

/** Sentences that ask for something that no step does: each with what may be written for it. */
const UNDONE: readonly (readonly [words: RegExp, advice: string])[] = [
  [
    /\bwait (?:for )?(?:about |at least )?\d+ ?(?:s|sec|seconds?|m|min|minutes?|h|hours?)\b/i,
    'no step waits: soak() or poll() with this time'
  ],
  [
    /\b(?:wait|watch)(?: [a-z]+){0,4} (?:until|till)\b|\bwait for (?:all|it|them|every\w*|each)\b/i,
    'no step waits: poll() with what is expected'
  ],
  [
    /\b(?:abort|stop|do not proceed|don't proceed) (?:if|when|unless|in case)\b/i,
    'no check stands behind this sentence: check(), soak() or guard()'
  ],
  [/\bscreenshots?\b/i, 'a picture is asked for: nobody is reminded of it'],
  [
    /\bfor (?:each|every) (?:host|node|server|service|PR|pull request|region|cluster|pod)\b/i,
    'scatter() does the same for a list'
  ],
  [
    /\b(?:owner|responsible|technician|release manager)\s*:\s*\S/i,
    'a person or role is named: assign() gives people their tasks'
  ]
];

/** What the sentences of a paragraph ask for without a step. */
export function adviceFor(text: string): string[] {
  return UNDONE.filter(([words]) => words.test(text)).map(([, advice]) => advice);
}

/** Who owns a box, by its beginning: `@ann`, `RM:`, `Release manager:`. */
export function ownerOf(text: string): string | null {
  return (
    /^@[\w-]+|^(?!TODO|NOTE|FYI|NB|WARN)[A-Z]{2,6}(?=:\s)|^(?:\w+ ){0,2}(?:[Oo]wner|[Mm]anager|[Ll]ead|[Ee]ngineer|[Tt]echnician|[Rr]eviewer|[Cc]ommander|[Dd]river|[Oo]n-?[Cc]all|[Tt]eam)(?=:\s)/.exec(
      text
    )?.[0] ?? null
  );
}
