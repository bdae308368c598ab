// Text that other people wrote, on its way to a place that gives some signs a meaning: one function for each place. In all of them
// characters that nobody sees or that reorder what is seen (controls, bidi overrides, tags, halves of pairs) are shown as their code.

const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\p{Cs}\u{e0000}-\u{e0fff}]/gu;

/** Line breaks of every kind, with the blanks around them. */
const LINE_BREAKS = /\s*[\r\n\u0085\u2028\u2029]\s*/g;

/** Colours and weights of a terminal; not the one that hides what follows. */
const STYLES = /\x1b\[(?!(?:\d+;)*0?8(?:;|m))[\d;]*m/;

/**
 * Text of several lines in which every character can be seen. Line feeds and tabs stay.
 *
 * @example
 * visibleText('a\x1b[2Jb') // 'a\\u001b[2Jb'
 */
export function visibleText(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(UNSEEN, codeOf);
}

/** The same on one line: line breaks of every kind become one blank, and so does a tab. */
export function visibleLine(text: string): string {
  return visibleText(text.replace(LINE_BREAKS, ' ').replaceAll('\t', ' '));
}

/** For a terminal: what the command says. Its own colours are added afterwards. */
export function terminalText(text: string): string {
  return visibleText(text);
}

/** For a terminal that shows colours: what a program has printed. Colours stay and end with the text; nothing else acts on the terminal. */
export function terminalOutput(text: string): string {
  const parts = text.split(new RegExp(`(${STYLES.source})`));
  const shown = parts.map((part, index) => (index % 2 === 1 ? part : visibleText(part))).join('');
  return parts.length > 1 ? `${shown}\x1b[0m` : shown;
}

/** For a log: a line after the first is indented, so that it is not taken for an entry. */
export function logText(text: string): string {
  return visibleText(text).replaceAll('\n', '\n  ');
}

/** For the message of a commit or a tag: its first line. */
export function gitText(text: string): string {
  return visibleLine(text).trim();
}

/** For the content of an HTML or SVG element. The only attribute that is written is {@link htmlAddress}. */
export function htmlText(text: string): string {
  return entities(visibleText(text));
}

/**
 * For a line or a table cell of Markdown: no markup, no link, no mention, no formula.
 *
 * @example
 * markdownText('**a** <b> https://x') // '\\*\\*a\\*\\* &lt;b&gt; https&#58;//x'
 */
export function markdownText(text: string): string {
  return entities(
    visibleLine(text)
      .trim()
      .replace(/[\\`*_[\]|~#]/g, '\\$&')
  )
    .replaceAll('$', '&#36;')
    .replaceAll('://', '&#58;//')
    .replace(/(www)\./gi, '$1&#46;')
    .replace(/(mailto|xmpp):/gi, '$1&#58;')
    .replaceAll('@', '&#64;')
    .replace(/^[-+=]/, '\\$&')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
}

/** For a piece of code in a line of Markdown, with its marks. */
export function markdownCode(text: string): string {
  const code = visibleLine(text).trim();
  const longest = Math.max(0, ...(code.match(/`+/g) ?? []).map(({ length }) => length));
  const marks = '`'.repeat(longest + 1);
  return longest === 0 ? `${marks}${code}${marks}` : `${marks} ${code} ${marks}`;
}

/** For the address of a link in Markdown; empty for anything but http and https. */
export function markdownAddress(url: string): string {
  return /^https?:\/\//i.test(url)
    ? url.toWellFormed().replace(/[^\w\-.~:/?#@!$&'*+,;=%]/gu, sign => encoded(sign))
    : '';
}

/** For the address of a link in HTML, in double quotes, and of one in Slack; empty for anything but http and https. */
export function htmlAddress(url: string): string {
  return entities(markdownAddress(url));
}

/**
 * For a Slack message (mrkdwn): no mention, no link, no call of everybody in the channel, no formatting, no emoji that looks like a status.
 * https://docs.slack.dev/messaging/formatting-message-text
 *
 * @example
 * slackText('<!channel> a < b') // '&lt;!channel&gt; a &lt; b'
 */
export function slackText(text: string): string {
  return entities(visibleText(text))
    .replace(/^&gt;/gm, `${BREAK}$&`)
    .replace(/:(?=[a-z+-][\w+-]*:)/gi, `:${BREAK}`)
    .replace(/[*_~`]/g, `${BREAK}$&`)
    .replaceAll('://', `:${BREAK}//`)
    .replace(/(mailto|tel):/gi, `$1${BREAK}:`)
    .replace(/(www)\./gi, `$1${BREAK}.`)
    .replace(/@(?=\w)/g, `@${BREAK}`);
}

/** A blank without width: what stands on both sides is no longer one word for Slack. */
const BREAK = '\u200b';

function entities(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Parentheses too, which `encodeURIComponent` leaves. */
function encoded(sign: string): string {
  return sign === '(' ? '%28' : sign === ')' ? '%29' : encodeURIComponent(sign);
}

/** As JSON writes it, so that a line of JSON stays what it is. */
function codeOf(sign: string): string {
  return Array.from(
    { length: sign.length },
    (_, at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, '0')}`
  ).join('');
}
