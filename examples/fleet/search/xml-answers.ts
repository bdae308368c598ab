// Answers in XML, which Splunk gives where no `output_mode` is asked for: Atom for jobs and the server's own data, `<results>` for rows,
// `<response>` for everything else. Splunk's client for Python reads states, ids and messages in no other form.
// https://docs.splunk.com/Documentation/Splunk/latest/RESTUM/RESTusing (Atom Feed response)
import type { Answer, Entry, Message, ResultRow } from './answer.ts';

/** `isEntity` for the state of one job, which Splunk does not wrap in a feed. */
export function asXml(answer: Answer, isEntity: boolean): string {
  const { entry, results, sid, sessionKey, messages = [] } = answer;
  const [first] = entry ?? [];
  if (first && isEntity) return DECLARATION + entryOf(first, NAMESPACES);
  if (entry) return `${DECLARATION}<feed ${NAMESPACES}>${entry.map(one => entryOf(one, '')).join('')}</feed>`;
  if (results) return DECLARATION + resultsOf(answer, results);
  const values = { sid, sessionKey };
  const named = Object.entries(values).map(([name, value]) =>
    value === undefined ? '' : `<${name}>${escapeXml(value)}</${name}>`
  );
  return `${DECLARATION}<response>${named.join('')}${messagesOf(messages)}</response>`;
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMESPACES = 'xmlns="http://www.w3.org/2005/Atom" xmlns:s="http://dev.splunk.com/ns/rest"';

function entryOf({ name, published = '', acl, content }: Entry, namespaces: string): string {
  const head = `<title>${escapeXml(name)}</title><published>${published}</published>`;
  const all = acl === undefined ? content : { ...content, 'eai:acl': acl };
  return `<entry ${namespaces}>${head}<content type="text/xml">${valueOf(all)}</content></entry>`;
}

function valueOf(value: unknown): string {
  if (Array.isArray(value)) {
    return `<s:list>${value.map(item => `<s:item>${valueOf(item)}</s:item>`).join('')}</s:list>`;
  }
  if (typeof value === 'object' && value !== null) {
    const keys = Object.entries(value).map(
      ([key, inner]) => `<s:key name="${escapeXml(key)}">${valueOf(inner)}</s:key>`
    );
    return `<s:dict>${keys.join('')}</s:dict>`;
  }
  return typeof value === 'boolean' ? String(Number(value)) : escapeXml(String(value));
}

function resultsOf(
  { fields = [], messages = [], init_offset: from = 0 }: Answer,
  rows: readonly ResultRow[]
): string {
  const order = fields.map(({ name }) => `<field>${escapeXml(name)}</field>`).join('');
  const lines = rows.map((row, index) => {
    const cells = Object.entries(row).map(([name, value]) => {
      const texts = [value].flat().map(text => `<value><text>${escapeXml(text)}</text></value>`);
      return `<field k="${escapeXml(name)}">${texts.join('')}</field>`;
    });
    return `<result offset="${from + index}">${cells.join('')}</result>\n`;
  });
  return `<results preview="0">\n<meta><fieldOrder>${order}</fieldOrder></meta>\n${messagesOf(messages)}\n${lines.join('')}</results>\n`;
}

function messagesOf(messages: readonly Message[]): string {
  const lines = messages.map(({ type, text }) => `<msg type="${escapeXml(type)}">${escapeXml(text)}</msg>`);
  return `<messages>${lines.join('')}</messages>`;
}

/** XML has no form at all for most control characters. */
function escapeXml(text: string): string {
  return text
    .replaceAll(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd')
    .toWellFormed()
    .replaceAll(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`);
}
