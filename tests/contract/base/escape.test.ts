// Each place that text goes to, judged by a reader of that place: what is shown is the text, and nothing of it is anything else.
import { describe, expect, test } from '@jest/globals';
import { Parser } from 'htmlparser2';
import { marked } from 'marked';
import {
  gitText,
  htmlText,
  logText,
  htmlAddress,
  markdownAddress,
  markdownCode,
  markdownText,
  slackText,
  terminalOutput,
  terminalText,
  visibleLine,
  visibleText
} from '../../../contract/base/escape.js';
import { ACTIVE_TEXTS, activeText, ACTS } from '../../active-texts.js';
import { rounds } from '../../proof.js';
import { makeRandom } from '../../random.js';

const random = makeRandom(16);
const TEXTS = [
  ...ACTIVE_TEXTS,
  ...Array.from({ length: rounds({ inTest: 400, inProof: 4_000 }) }, () => activeText(random))
];

/** Those of `texts` of which `isRight` does not hold. */
function wrong(isRight: (text: string) => boolean): string[] {
  return TEXTS.filter(text => !isRight(text));
}

/** Names of the elements and the visible text of HTML. */
function readHtml(html: string): { readonly tags: string[]; readonly text: string } {
  const tags: string[] = [];
  let text = '';
  const parser = new Parser({
    onopentag: (name, attributes) => tags.push([name, ...Object.keys(attributes)].join(' ')),
    oncomment: () => tags.push('comment'),
    onprocessinginstruction: name => tags.push(name),
    ontext: part => (text += part)
  });
  parser.end(html);
  return { tags, text };
}

describe('text that other people wrote', () => {
  test('acts on no terminal', () => {
    expect(wrong(text => !ACTS.test(terminalText(text)))).toEqual([]);
  });

  test('of one line has no break and no tab', () => {
    expect(visibleLine('a\tb \r\n c')).toBe('a b c');
    expect(wrong(text => !/[\t\r\n\u0085\u2028\u2029]/.test(visibleLine(text)))).toEqual([]);
  });

  test('of a program keeps its colours and nothing else', () => {
    expect(terminalOutput('\x1b[31mred\x1b[8mhidden\x1b[2J')).toBe(
      '\x1b[31mred\\u001b[8mhidden\\u001b[2J\x1b[0m'
    );
    expect(wrong(text => !ACTS.test(terminalOutput(text).replace(/\x1b\[[\d;]*m/g, '')))).toEqual([]);
    expect(wrong(text => !/\x1b\[(?:\d+;)*0?8[;m]/.test(terminalOutput(text)))).toEqual([]);
  });

  test('is one entry of a log', () => {
    expect(wrong(text => !ACTS.test(logText(text)) && !/\n(?! )/.test(logText(text)))).toEqual([]);
  });

  test('is one line of a commit', () => {
    expect(wrong(text => !ACTS.test(gitText(text)) && !gitText(text).includes('\n'))).toEqual([]);
  });

  test('is text in HTML and SVG', () => {
    const isRight = (text: string): boolean => {
      const { tags, text: shown } = readHtml(`<pre>${htmlText(text)}</pre>`);
      return tags.join() === 'pre' && shown === visibleText(text) && !ACTS.test(shown);
    };
    expect(wrong(isRight)).toEqual([]);
  });

  test.each([
    ['a paragraph', (text: string) => text, 'p'],
    ['an item of a list', (text: string) => `- ${text}`, 'ul,li'],
    ['a heading', (text: string) => `## ${text}`, 'h2'],
    ['a cell of a table', (text: string) => `| ${text} |\n|---|`, 'table,thead,tr,th']
  ])('is text in %s of Markdown', (_, around, tags) => {
    const isRight = (text: string): boolean => {
      const plain = visibleLine(text).trim();
      const html = readHtml(marked.parse(around(`x ${markdownText(text)} x`), { async: false }));
      const alone = readHtml(marked.parse(around(markdownText(text) || 'x'), { async: false }));
      return (
        html.tags.join() === tags &&
        alone.tags.join() === tags &&
        squeezed(html.text) === squeezed(`x ${plain} x`) &&
        !ACTS.test(html.text)
      );
    };
    expect(wrong(isRight)).toEqual([]);
  });

  test('is code in Markdown', () => {
    const isRight = (text: string): boolean => {
      const html = readHtml(marked.parse(`x ${markdownCode(text)} x`, { async: false }));
      const code = visibleLine(text).trim();
      return (
        code === '' || (html.tags.join() === 'p,code' && squeezed(html.text) === squeezed(`x ${code} x`))
      );
    };
    expect(wrong(isRight)).toEqual([]);
  });

  test('is an address in Markdown only as http and https', () => {
    const isRight = (text: string): boolean => {
      const link = `[x](${markdownAddress(text)}) [x](${markdownAddress(`https://splunk/${text}`)})`;
      const { tags, text: shown } = readHtml(marked.parse(link, { async: false }));
      return tags.join() === 'p,a href,a href' && shown.trim() === 'x x';
    };
    expect(wrong(isRight)).toEqual([]);
    expect(markdownAddress('javascript:alert(1)')).toBe('');
  });

  test('leaves an address of HTML and of Slack within its quotes and signs', () => {
    const isRight = (text: string): boolean => {
      const address = htmlAddress(`https://lab/${text}`);
      const { tags, text: shown } = readHtml(`<a href="${address}">x</a>`);
      return tags.join() === 'a href' && shown === 'x' && !/["<>|\s]/.test(address);
    };
    expect(wrong(isRight)).toEqual([]);
    expect(htmlAddress('https://lab/a?b=1&c=2')).toBe('https://lab/a?b=1&amp;c=2');
  });

  test('calls nobody in Slack, links nothing and formats nothing', () => {
    const isRight = (text: string): boolean => {
      const shown = slackText(text);
      const isPlain =
        !/[<>]|&(?!(?:amp|lt|gt);)|^&gt;|:[a-z][a-z_]*:|:\/\/|(?<!\u200b)[*_~`]|@\w|\bwww\.|\bmailto:/m.test(
          shown
        ) && !ACTS.test(shown.replaceAll('\u200b', ''));
      return isPlain && decoded(shown) === visibleText(text);
    };
    expect(wrong(isRight)).toEqual([]);
  });
});

test('a line of JSON stays what it is', () => {
  const isRight = (text: string): boolean => {
    const line = JSON.stringify({ text });
    return (JSON.parse(terminalText(line)) as { text: string }).text === text;
  };
  expect(wrong(isRight)).toEqual([]);
});

test('ordinary text stays as it is', () => {
  const text = 'Grüße, 密码 🔑 👩‍🚀 “QA” — 2.4.0: 5 %\n\tnext';
  expect([terminalText(text), logText('a'), htmlText('a "b"')]).toEqual([text, 'a', 'a "b"']);
  expect(markdownText('Release 2.4.0 in staging, 3.5 s')).toBe('Release 2.4.0 in staging, 3.5 s');
});

function squeezed(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function decoded(slack: string): string {
  return slack
    .replaceAll('\u200b', '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
