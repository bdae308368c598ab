// The transcript as a text, and what it is compared by: for each act, person and place the sentences that are read there anew.
// Times, durations and ids differ from run to run and are no part of a sentence.

/** What a person reads anew in each place; NOTHING where something stood and nothing stands any more. */
export type Section = ReadonlyMap<string, readonly string[]>;

export const NOTHING = '(nothing any more)';

/** Sections by act and person. */
export type Acts = ReadonlyMap<string, ReadonlyMap<string, Section>>;

const TITLE = '# The night, as each person reads it';

export function textOf(acts: Acts): string {
  const parts = [...acts].flatMap(([act, sections]) => [
    `## ${act}`,
    ...[...sections]
      .filter(([, section]) => section.size > 0)
      .flatMap(([person, section]) => [
        `### ${person}`,
        ...[...section].map(([place, lines]) => [place, ...lines.map(line => `    ${line}`)].join('\n'))
      ])
  ]);
  return `${[TITLE, ...parts].join('\n\n')}\n`;
}

/** Reads what `textOf` has written. */
export function actsOf(text: string): Acts {
  const acts = new Map<string, Map<string, Map<string, string[]>>>();
  let sections = new Map<string, Map<string, string[]>>();
  let section = new Map<string, string[]>();
  let lines: string[] = [];
  for (const line of text.split('\n').slice(1)) {
    if (line.startsWith('## ')) {
      acts.set(line.slice(3), (sections = new Map()));
    } else if (line.startsWith('### ')) {
      sections.set(line.slice(4), (section = new Map()));
    } else if (line.startsWith('    ')) {
      lines.push(line.trim());
    } else if (line !== '') {
      section.set(line, (lines = []));
    }
  }
  return acts;
}

/** The sentences of a text, a line each, without what differs from run to run. Each is named once. */
export function sentencesOf(text: string): string[] {
  const lines = normalised(text)
    .split('\n')
    .map(line => line.trim().replace(/\s+/g, ' '))
    .filter(line => line !== '' && !ESTIMATE.test(line));
  return [...new Set(lines)];
}

/** Depends on how long things took. */
const ESTIMATE = /of work left|^expected|^about TIME/i;

function normalised(text: string): string {
  return text
    .replace(/\d{4}-\d\d-\d\d/g, 'DATE')
    .replace(/\d\d:\d\d(:\d\d)?/g, 'CLOCK')
    .replace(/DATE CLOCK/g, 'CLOCK')
    .replace(/(< )?\b\d+(\.\d+)? (ms|s|min|h)( \d+ (s|min))?(?![\w])/g, 'TIME')
    .replace(/ · started CLOCK/g, '')
    .replace(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b/g, 'ID')
    .replace(/\b[0-9a-f]{12,64}\b/g, 'HASH');
}
