import { beforeEach, describe, expect, test } from '@jest/globals';
import { splunk, type Search } from '../../../runbook/index.js';
import { installFakePorts } from '../fake-ports.js';
import { profileOf } from './log-search.js';

beforeEach(() => {
  installFakePorts({ profile: profileOf('http://search') });
});

const fleet = () => splunk.search().index('fleet');

describe('the text of a search', () => {
  test.each<[string, () => { toSpl(): string }, string]>([
    ['the index of the profile is the default', () => splunk.search(), 'search index=fleet'],
    [
      'several indexes are alternatives',
      () => splunk.search().index('a', 'b*'),
      'search (index=a OR index=b*)'
    ],
    ['a value', () => fleet().where({ level: 'ERROR' }), 'search index=fleet level="ERROR"'],
    [
      'numbers and booleans',
      () => fleet().where({ status: 500, ok: true }),
      'search index=fleet status=500 ok="true"'
    ],
    [
      'a list is one of them',
      () => fleet().where({ level: ['ERROR', 'FATAL'] }),
      'search index=fleet (level="ERROR" OR level="FATAL")'
    ],
    [
      'not one of a list',
      () => fleet().where({ level: { not: ['INFO', 'DEBUG'] } }),
      'search index=fleet (level!="INFO" AND level!="DEBUG")'
    ],
    [
      'comparisons',
      () => fleet().where({ ms: { atLeast: 10, below: 20 } }),
      'search index=fleet ms>=10 ms<20'
    ],
    [
      'wildcards are asked for',
      () => fleet().where({ path: { like: '/orders/*' } }),
      'search index=fleet path="/orders/*"'
    ],
    [
      'a star as a value is no wildcard',
      () => fleet().where({ path: '*' }),
      'search index=fleet | where path="*"'
    ],
    [
      'a star together with others',
      () =>
        fleet()
          .where({ a: 'x' })
          .where({ b: '*', c: { like: 'y*%' } }),
      'search index=fleet a="x" | where b="*" AND like(c, "y%\\\\%")'
    ],
    ['free text', () => fleet().contains('time out'), 'search index=fleet "time out"'],
    [
      'quotes and backslashes',
      () => fleet().where({ msg: 'say "hi" \\ | delete' }),
      'search index=fleet msg="say \\"hi\\" \\\\ | delete"'
    ],
    [
      'field names that need quotes',
      () => fleet().where({ 'response time': 1, AND: 2 }),
      'search index=fleet "response time"=1 "AND"=2'
    ],
    [
      'stats',
      () => fleet().stats({ errors: 'count()', slowest: 'max(durationMs)' }, { by: ['service', 'host'] }),
      'search index=fleet | stats count AS errors, max(durationMs) AS slowest BY service host'
    ],
    [
      'a filter after stats',
      () =>
        fleet()
          .stats({ n: 'count()' })
          .where({ n: { above: 5 } }),
      'search index=fleet | stats count AS n | search n>5'
    ],
    [
      'eval',
      () => fleet().eval({ seconds: 'durationMs / 1000', 'a b': '\'c d\' . "|"' }),
      'search index=fleet | eval seconds=durationMs / 1000 | eval "a b"=\'c d\' . "|"'
    ],
    [
      'timechart',
      () => fleet().timechart({ n: 'count()' }, { span: '1m', by: 'service' }),
      'search index=fleet | timechart span=1m count AS n BY service'
    ],
    [
      'sort, head and table',
      () => fleet().sort('-n', 'service').head(3).table('service', 'n'),
      'search index=fleet | sort 0 -n, +service | head 3 | table service n'
    ],
    [
      'raw, with or without its pipe',
      () => fleet().raw('| top limit=3 service').raw('head 1'),
      'search index=fleet | top limit=3 service | head 1'
    ],
    [
      'percentiles',
      () => fleet().stats({ p95: 'perc95(durationMs)', p50: 'p50(a.b)' }),
      'search index=fleet | stats perc95(durationMs) AS p95, p50(a.b) AS p50'
    ]
  ])('%s', (_, build, spl) => {
    expect(build().toSpl()).toBe(spl);
  });

  test('no method changes the search it is called on', () => {
    const base = fleet().where({ level: 'ERROR' });
    base.head(1);
    base.earliest('-1h');
    expect([base.toSpl(), new URL(base.link()).searchParams.get('earliest')]).toEqual([
      'search index=fleet level="ERROR"',
      '-15m'
    ]);
  });

  test('a search is not thenable', async () => {
    const search = fleet();
    expect(await Promise.resolve(search)).toBe(search);
  });
});

describe('the link', () => {
  test('opens the search with its time range', () => {
    const link = new URL(
      fleet().where({ msg: 'a & b' }).earliest('-1h@h').latest(new Date('2026-11-22T07:50:03Z')).link()
    );
    expect(`${link.origin}${link.pathname}`).toBe('https://splunk.example/app/search/search');
    expect(Object.fromEntries(link.searchParams)).toEqual({
      q: 'search index=fleet msg="a & b"',
      earliest: '-1h@h',
      latest: '1795333803.000'
    });
  });

  test('needs a profile', () => {
    installFakePorts();
    expect(() => splunk.search().link()).toThrow(expect.objectContaining({ code: 'splunk.not_configured' }));
  });
});

describe('times', () => {
  test.each([
    '-15m',
    '-1h@h',
    '@d',
    '@w0',
    'now',
    '0',
    '-7d@d+2h',
    1_795_333_803,
    '2026-11-22T07:50:03Z',
    '2026-11-22T07:50:03+01:00'
  ])('%s is a time', time => {
    expect(() => fleet().earliest(time)).not.toThrow();
  });

  test.each([
    '',
    'yesterday',
    '-15',
    '15m',
    '-1h | delete',
    '2026-11-22',
    '2026-11-22T07:50:03',
    -1,
    NaN,
    null,
    new Date(NaN)
  ])('%p is none', time => {
    expect(() => fleet().earliest(time as never)).toThrow(expect.objectContaining({ code: 'usage.invalid' }));
  });
});

describe('what no search can have is refused at once', () => {
  test.each<[string, () => unknown, RegExp]>([
    ['an index with signs', () => splunk.search().index('a | delete'), /expected the name of an index/],
    ['no index', () => splunk.search().index(), /An index is missing/],
    ['no conditions', () => fleet().where({}), /expected fields and their values/],
    [
      'undefined as a value',
      () => fleet().where({ a: undefined } as never),
      /A value of a search is undefined/
    ],
    ['an empty list', () => fleet().where({ a: [] }), /empty list/],
    [
      'an unknown comparison',
      () => fleet().where({ a: { bigger: 1 } } as never),
      /compared by 'bigger', expected not, above/
    ],
    ['a time range as a field', () => fleet().where({ earliest: '0' }), /sets the time range/],
    ['a field with a quote', () => fleet().where({ 'a"b': 1 }), /holds the character "/],
    ['an unknown function', () => fleet().stats({ a: 'evil(x)' }), /expected a function over a field/],
    [
      'a function with more after it',
      () => fleet().stats({ a: 'count() | delete' }),
      /expected a function over a field/
    ],
    ['a function without its field', () => fleet().stats({ a: 'max()' }), /expected a function over a field/],
    ['a pipe in an expression', () => fleet().eval({ a: '1 | delete' }), /the character \| outside quotes/],
    [
      'a subsearch in an expression',
      () => fleet().eval({ a: '[search x]' }),
      /the character \[ outside quotes/
    ],
    ['a macro in an expression', () => fleet().eval({ a: '`m`' }), /the character ` outside quotes/],
    ['an open text in an expression', () => fleet().eval({ a: '"x' }), /the character " outside quotes/],
    ['parentheses that cross', () => fleet().eval({ a: ')(' }), /parentheses that do not match/],
    [
      'a span with more in it',
      () => fleet().timechart({ n: 'count()' }, { span: '1m | delete' }),
      /expected a span/
    ],
    [
      'a misspelt option',
      () => fleet().stats({ n: 'count()' }, { bye: ['a'] } as never),
      /Did you mean 'by'\?/
    ],
    ['no field to sort by', () => fleet().sort(), /A field is missing/],
    ['half a row', () => fleet().head(0.5), /expected a whole number from 1/]
  ])('%s', (_, build, message) => {
    expect(build).toThrow(message);
    expect(build).toThrow(expect.objectContaining({ name: 'UsageError' }));
  });
});

describe('every fault of one call is listed, with value and type', () => {
  const search = (): Search => splunk.search();
  test.each<[string, () => unknown, readonly string[]]>([
    [
      '.where()',
      () =>
        search().where({
          a: { over: 1 } as never,
          latest: 'now',
          b: [undefined as never, {} as never],
          c: []
        }),
      [
        `'a' is compared by 'over', expected not, above, atLeast, below, atMost, like; it is {"over":1} (an object).`,
        "The field 'latest' sets the time range of a search. Use .earliest() and .latest().",
        "'b': A value of a search is undefined, expected a text, a number, true or false.",
        "'b': A value of a search is {} (an object), expected a text, a number, true or false.",
        "'c' has an empty list, which nothing can match."
      ]
    ],
    [
      '.stats()',
      () => search().stats({ a: 5 as never, b: 'delete(x)' }),
      ["'a' is 5 (a number), expected a function", "'b' is 'delete(x)' (a string), expected a function"]
    ],
    [
      '.eval()',
      () => search().eval({ a: 'x | delete', b: '(', c: '' }),
      [
        "'a' has the character | outside quotes",
        "'b' has parentheses that do not match",
        "'c' is '' (a string)"
      ]
    ],
    ['.eval()', () => search().eval(5 as never), ['The list of fields is 5 (a number), expected an object']]
  ])('%s', (method, call, faults) => {
    expect(call).toThrow(`${method} cannot be called like this:`);
    for (const fault of faults) {
      expect(call).toThrow(fault);
    }
  });
});
