import { beforeEach, describe, expect, test } from '@jest/globals';
import { checkpoint, environment, note, record } from '../../runbook/index.js';
import { installFakePorts, PROFILE, type FakePorts } from './fake-ports.js';

let ports: FakePorts;

beforeEach(() => {
  ports = installFakePorts();
});

describe('checkpoint and note', () => {
  test('are in the journal when they resolve', async () => {
    await checkpoint('schema updated');
    await note('slow start');
    expect(ports.entries).toEqual([
      { kind: 'checkpoint', name: 'schema updated' },
      { kind: 'note', text: 'slow start' }
    ]);
    expect(ports.written('stdout')).toBe('Noted: slow start\n');
  });

  test('refuse an empty text', async () => {
    await expect(checkpoint(' ')).rejects.toMatchObject({ code: 'usage.invalid' });
    await expect(note(undefined as never)).rejects.toThrow('The text is missing');
  });
});

describe('record', () => {
  test.each([
    ['a text', 'x'],
    ['a list', [1, null, { a: true }]],
    ['nothing', undefined]
  ])('gives back %s and records it', async (_, value) => {
    expect(await record('answer', () => value)).toEqual(value);
    expect(ports.entries).toMatchObject([
      { kind: 'effect-started', helper: 'record', label: 'answer' },
      { kind: 'effect-ended', outcome: 'passed', result: value ?? null }
    ]);
  });

  test('a throwing function is recorded as failed and throws on', async () => {
    const error = new Error('no');
    await expect(record('answer', () => Promise.reject(error))).rejects.toBe(error);
    expect(ports.entries[1]).toMatchObject({ outcome: 'failed', result: { error: { message: 'no' } } });
  });

  test.each<[string, () => unknown]>([
    ['a date', () => new Date(0)],
    ['a function', () => () => 1],
    ['a map', () => new Map()],
    ['NaN', () => NaN],
    ['a big integer', () => 1n],
    ['an answer with readers', () => Object.defineProperty({ status: 200 }, 'json', { value: () => 1 })],
    [
      'a circle',
      () => {
        const circle: unknown[] = [];
        circle.push(circle);
        return circle;
      }
    ]
  ])('%s is refused, because it would come back different', async (_, fn) => {
    await expect(record('answer', fn)).rejects.toMatchObject({ code: 'record.not_json' });
    expect(ports.entries[1]).toMatchObject({ outcome: 'failed' });
  });

  test('does not call the function when the start cannot be recorded', async () => {
    let isCalled = false;
    ports.refuseNext(new Error('disk full'));
    await expect(
      record('answer', () => {
        isCalled = true;
      })
    ).rejects.toThrow('disk full');
    expect(isCalled).toBe(false);
  });
});

describe('environment', () => {
  test('is the profile of the run', () => {
    expect([
      environment.name,
      environment.isProduction,
      environment.mode,
      environment.vars['ordersUrl'],
      environment.vars['shards']
    ]).toEqual(['staging', false, 'live', 'http://orders', 4]);
    installFakePorts({ profile: { ...PROFILE, name: 'production', isProduction: true } });
    expect([environment.name, environment.isProduction]).toEqual(['production', true]);
  });

  test('a misspelt variable is a usage error, not the text undefined', () => {
    expect(() => `${environment.vars['orderUrl']}/version`).toThrow(
      /has no variable 'orderUrl'\. Did you mean 'ordersUrl'\?/
    );
  });

  test('variables can be listed, printed and awaited', async () => {
    expect(Object.keys(environment.vars)).toEqual(['ordersUrl', 'shards']);
    expect(JSON.stringify(environment.vars)).toBe('{"ordersUrl":"http://orders","shards":4}');
    expect(await Promise.resolve(environment.vars)).toBe(environment.vars);
  });

  test('variables cannot be changed', () => {
    expect(() => {
      (environment.vars as { [name: string]: unknown })['shards'] = 5;
    }).toThrow(TypeError);
  });
});
