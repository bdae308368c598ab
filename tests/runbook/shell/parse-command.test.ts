import { describe, expect, test } from '@jest/globals';
import { parseCommand } from '../../../runbook/shell/parse-command.js';

const parse = (template: TemplateStringsArray, ...values: unknown[]): string[] =>
  parseCommand(template, values);
const list = ['a b', 'c'];
const name = 'x y';

describe('parseCommand', () => {
  test.each<[string, string[], string[]]>([
    [
      'splits at any white space',
      parse`  echo one
        two	three `,
      ['echo', 'one', 'two', 'three']
    ],
    ['keeps a value whole', parse`echo ${name}`, ['echo', 'x y']],
    ['joins a value with the text around it', parse`echo --name=${name}.txt`, ['echo', '--name=x y.txt']],
    ['joins values with each other', parse`echo ${1}${true}${2n}`, ['echo', '1true2']],
    ['spreads a list', parse`echo ${list} end`, ['echo', 'a b', 'c', 'end']],
    ['an empty list is no argument', parse`echo ${[]} end`, ['echo', 'end']],
    ['an empty text is an argument', parse`echo ${''} end`, ['echo', '', 'end']],
    ['an empty quotation is an argument', parse`echo "" ''`, ['echo', '', '']],
    [
      'quotes group',
      parse`git commit -m "my message" 'it is'`,
      ['git', 'commit', '-m', 'my message', 'it is']
    ],
    ['a value within quotes is a part of the argument', parse`echo "hello ${name}!"`, ['echo', 'hello x y!']],
    ['single quotes keep everything', parse`awk '{print $1 | "sort"}'`, ['awk', '{print $1 | "sort"}']],
    ['backslashes in single quotes stay', parse`sed 's/\./x/'`, ['sed', 's/\\./x/']],
    [
      'a backslash frees a blank, a quote and a sign',
      parse`echo a\ b \" \| \*`,
      ['echo', 'a b', '"', '|', '*']
    ],
    [
      'a backslash at the end of a line continues it',
      parse`echo one \
      two`,
      ['echo', 'one', 'two']
    ],
    [
      'double quotes know escaped quotes and backslashes',
      parse`echo "a \"b\" \\ \d"`,
      ['echo', 'a "b" \\ \\d']
    ],
    [
      'a dollar and a backtick can be written as JavaScript wants',
      parse`echo \${HOME} \``,
      ['echo', '${HOME}', '`']
    ],
    [
      'braces, equals, question marks and hashes are plain',
      parse`kubectl -o jsonpath={.items} a=b?c#d`,
      ['kubectl', '-o', 'jsonpath={.items}', 'a=b?c#d']
    ],
    ['a lone dollar is plain', parse`grep x$ file`, ['grep', 'x$', 'file']]
  ])('%s', (_, actual, expected) => {
    expect(actual).toEqual(expected);
  });

  test.each<[string, () => unknown, RegExp]>([
    ['a pipe', () => parse`ls | wc`, /The sign \| pipes/],
    ['a redirection', () => parse`ls > file`, /The sign > redirects output/],
    ['an input redirection', () => parse`cat < file`, /The sign < redirects input/],
    ['a separator', () => parse`a; b`, /The sign ; separates/],
    ['a conjunction', () => parse`a && b`, /The sign & separates/],
    ['a file pattern', () => parse`rm *.log`, /The sign \* is a pattern/],
    ['a shell variable', () => parse`echo $HOME`, /The sign \$ is a shell variable/],
    ['a substitution', () => parse`echo $(date)`, /The sign \$ is a shell variable/],
    ['the home folder', () => parse`ls ~/x`, /leading ~/],
    ['a variable before the program', () => parse`A=1 env`, /sets a variable; use the option env/],
    ['an open quotation', () => parse`echo "a`, /has no end/],
    ['an escape of JavaScript', () => parse`echo a\nb`, /\\n means something else/],
    ['no program', () => parse`  `, /has no program/],
    ['an empty program', () => parse`${''} x`, /has no program/],
    ['undefined', () => parse`rm -rf ${undefined}/`, /Value 1 is undefined/],
    ['null', () => parse`echo ${null}`, /Value 1 is null/],
    ['an object', () => parse`echo ${{ a: 1 }}`, /Value 1 is \{"a":1\} \(an object\)/],
    ['a promise', () => parse`echo ${Promise.resolve(1)}`, /a promise \(is an await missing\?\)/],
    ['a function', () => parse`echo ${() => 1}`, /Value 1 is a function/],
    ['an object in a list', () => parse`echo ${['a', {}]}`, /Value 1, item 2, is/],
    ['a list joined to text before it', () => parse`echo --x=${list}`, /must stand alone/],
    ['a list joined to text after it', () => parse`echo ${list}.txt`, /must stand alone/],
    ['a list joined to a value', () => parse`echo ${list}${'x'}`, /must stand alone/],
    ['a list in quotes', () => parse`echo "${list}"`, /must stand alone/],
    ['the character NUL', () => parse`echo ${'a\0b'}`, /character NUL/]
  ])('refuses %s', (_, call, message) => {
    expect(call).toThrow(message);
    expect(call).toThrow(expect.objectContaining({ code: 'usage.invalid' }));
  });

  test('lists every fault of a command at once', () => {
    expect(() => parse`a ${undefined} | b > c`).toThrow(
      /Value 1 is undefined[\s\S]*The sign \|[\s\S]*The sign >/
    );
  });
});
