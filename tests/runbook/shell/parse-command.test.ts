import { describe, expect, test } from '@jest/globals';
import { parseCommand } from '../../../runbook/shell/parse-command.js';

const parse = (template: TemplateStringsArray, ...values: unknown[]): string[] =>
  parseCommand(template, values);
const list = ['a b', 'c'];
const name = 'x y';

describe('parseCommand', () => {
  test.each<[string, string[], string[]]>([
    [
      'splits at spaces and tabs; lines before and after it are nothing',
      parse`
        echo one  two	three
      `,
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
      'a dollar and a backtick in single quotes are written as JavaScript wants',
      parse`echo '\${HOME} \`'`,
      ['echo', '${HOME} `']
    ],
    ['an escaped dollar is plain', parse`echo \$HOME "\$HOME"`, ['echo', '$HOME', '$HOME']],
    ['a backslash in single quotes stays before a dollar', parse`grep '\$HOME'`, ['grep', '\\$HOME']],
    [
      'braces without a comma, equals, and hashes in a word are plain',
      parse`find -exec {} stash@{0} jsonpath={.items} a=b#d HEAD^ HEAD~2 a! !=`,
      ['find', '-exec', '{}', 'stash@{0}', 'jsonpath={.items}', 'a=b#d', 'HEAD^', 'HEAD~2', 'a!', '!=']
    ],
    ['a bracket alone is plain', parse`[ -f x ]`, ['[', '-f', 'x', ']']],
    [
      'quotes keep what bash keeps in them',
      parse`echo '* ? [a] {a,b} ~ $HOME # ; & – “x” \u00a0' "* ? [a] {a,b} ~ # ! ; & ‘x’"`,
      ['echo', '* ? [a] {a,b} ~ $HOME # ; & – “x” \\u00a0', '* ? [a] {a,b} ~ # ! ; & ‘x’']
    ],
    [
      'values are data, whatever they hold',
      parse`echo ${'* ? # ~ $(x) `y` “z” – \u00a0 \n'} a${'#'} ${['!', '{a,b}']}`,
      ['echo', '* ? # ~ $(x) `y` “z” – \u00a0 \n', 'a#', '!', '{a,b}']
    ],
    [
      'a list may end a line that is continued',
      parse`echo ${list} \
      end`,
      ['echo', 'a b', 'c', 'end']
    ],
    ['a lone dollar is plain', parse`grep x$ file`, ['grep', 'x$', 'file']]
  ])('%s', (_, actual, expected) => {
    expect(actual).toEqual(expected);
  });

  test.each<[string, () => unknown, RegExp]>([
    ['a pipe', () => parse`ls | wc`, /The character \| pipes/],
    ['a redirection', () => parse`ls > file`, /The character > redirects output/],
    ['an input redirection', () => parse`cat < file`, /The character < redirects input/],
    ['a separator', () => parse`a; b`, /The character ; separates/],
    ['a conjunction', () => parse`a && b`, /The characters && separates/],
    ['a file pattern', () => parse`rm *.log`, /The character \* is a pattern/],
    ['a shell variable', () => parse`echo $HOME`, /The character \$ is a shell variable/],
    ['a substitution', () => parse`echo $(date)`, /The character \$ is a shell variable/],
    [
      'a substitution with backticks',
      () => parse`echo \`date\``,
      /The character ` takes in what a command prints/
    ],
    ['backticks in double quotes', () => parse`echo "\`date\`"`, /The character `/],
    ['a variable in braces', () => parse`echo \${HOME} "\${HOME}"`, /The character \$ is a shell variable/],
    ['a variable in double quotes', () => parse`echo "$HOME"`, /The character \$ is a shell variable/],
    ['a special variable', () => parse`kill $$`, /The character \$ is a shell variable/],
    ['a quotation of bash alone', () => parse`echo $'a'`, /The character \$ is a shell variable/],
    ['the home folder', () => parse`ls ~/x`, /leading ~/],
    ['the home folder of another person', () => parse`ls ~deploy/x`, /leading ~/],
    ['the home folder in something like a variable', () => parse`make PREFIX=~/x`, /leading ~/],
    [
      'a comment',
      () => parse`echo deploy orders # the canary doesn't (go)`,
      /^[^]*The character # begins a comment[^\n]*$/
    ],
    ['a pattern of one character', () => parse`ls a?.log`, /The character \? is a pattern/],
    ['a pattern of some characters', () => parse`ls a[bc].log`, /The characters \[…\] are a pattern/],
    ['several words in braces', () => parse`touch {a,b}.txt`, /The characters \{…\} stand for several words/],
    ['a range in braces', () => parse`touch {1..3}`, /The characters \{…\} stand for several words/],
    ['a group', () => parse`( echo a )`, /The character \( begins a group[^]*The character \) ends/],
    ['an earlier command', () => parse`sudo !!`, /A leading ! recalls an earlier command/],
    ['a word of an earlier command', () => parse`ls !$`, /A leading ! recalls/],
    ['an earlier command by its number', () => parse`!-2`, /A leading ! recalls/],
    ['an earlier command by its beginning', () => parse`!deploy`, /A leading ! recalls/],
    ['a negation', () => parse`! grep x file`, /The word ! turns/],
    ['a here-document', () => parse`cat <<EOF`, /The characters << begins a here-document/],
    ['a here-text', () => parse`cat <<< x`, /The characters <<< gives text/],
    ['a command as a file', () => parse`diff <(a) b`, /The characters <\( gives the output/],
    ['a forced redirection', () => parse`ls >| x`, /The characters >\| redirects output/],
    ['a redirection of errors', () => parse`ls 2>&1`, /The characters >& redirects output/],
    ['an alternative', () => parse`a || b`, /The characters \|\| runs a command when/],
    ['a background', () => parse`sleep 5 &`, /The character & runs a command in the background/],
    [
      'a line break',
      () => parse`echo a
      echo b`,
      /A line break ends a command/
    ],
    ['a no-break space', () => parse`echo a b`, /The character U\+00A0 is a space that separates nothing/],
    ['an invisible character', () => parse`echo a​b`, /The character U\+200B is invisible/],
    [
      'typographic quotes',
      () => parse`echo “a b”`,
      /The character “ \(U\+201C\) is a typographic quotation mark/
    ],
    ['a typographic dash', () => parse`ls –l`, /The character – \(U\+2013\) is a typographic dash/],
    ['a word of the shell', () => parse`if true`, /'if' belongs to the language of the shell/],
    [
      'a command of the shell',
      () => parse`cd /srv`,
      /'cd' is a command of the shell itself; use the option cwd/
    ],
    [
      'a variable for later',
      () => parse`export A=1`,
      /'export' is a command of the shell itself; use the option env/
    ],
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
      /Value 1 is undefined[\s\S]*The character \|[\s\S]*The character >/
    );
  });
});
