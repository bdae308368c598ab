// Whether what Splunk says may mean that rows are missing: warnings, unless they are known to be about something else, and remarks of any
// level that say so.
import type { SplunkMessage } from './messages.js';

/** True for a message after which rows may be missing. `harmless`: parts of warnings that launchbook.yml says are about something else. */
export function tellsOfMissingRows({ type, text }: SplunkMessage, harmless: readonly string[]): boolean {
  const isRemark = /^(INFO|DEBUG)$/i.test(type);
  if (SAYS_MISSING.test(isRemark ? text.replace(QUOTED, '') : text)) {
    return true;
  }
  return !isRemark && !ABOUT_OTHER_THINGS.test(text) && !harmless.some(part => text.includes(part));
}

/** A remark may repeat the words of the search, which say nothing of its rows. */
const QUOTED = /"[^"]*"|'[^']*'|\blispy:.*/gs;

/** Words of Splunk for rows that are not there, whatever the level: `INFO` too tells of a search that was ended by a time limit. */
const SAYS_MISSING = new RegExp(
  [
    String.raw`\bincomplete\b`,
    String.raw`\bpartial\b`,
    String.raw`\btruncat`,
    String.raw`\bfinali[sz]ed\b`,
    String.raw`\btimed out\b`,
    String.raw`\btime-?out\b.*\b(?:reached|exceeded|expired|waiting)\b`,
    String.raw`\blimits?\b.*\b(?:reached|exceeded|hit)\b`,
    String.raw`\b(?:reached|exceed(?:s|ed|ing)?|hit)\b.*\b(?:limit|maximum|quota)\b`,
    String.raw`\bquota\b`,
    String.raw`\b(?:peers?|indexers?|search heads?)\b.*\b(?:down|unreachable|unavailable|not|failed|failure|error|unable|lost|timeout|quarantined)\b`,
    String.raw`\b(?:unable|failed|failure|could not|cannot|gave up|skipp(?:ed|ing))\b.*\b(?:peers?|indexers?|buckets?|search heads?|bundle)\b`,
    String.raw`\bended prematurely\b`,
    String.raw`\bterminated\b`,
    String.raw`\bcancel+ed\b`,
    String.raw`\b(?:rows|events|results|values)\b.*\b(?:missing|lost|dropped|discarded|ignored|omitted|skipped)\b(?! from results)`,
    String.raw`\b(?:only|not all)\b.*\b(?:rows|events|results)\b`
  ].join('|'),
  'i'
);

/** Warnings that say nothing of missing rows. */
const ABOUT_OTHER_THINGS =
  /sub-second order|took longer than expected|is unusually slow|is deprecated|large lookup file|licen[sc]e .*expir|certificate .*expir/i;
