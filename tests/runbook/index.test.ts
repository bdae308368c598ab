import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import * as library from '../../runbook/index.js';
import type {
  BeforeAfterResult,
  Command,
  CommandResult,
  HttpResult,
  ScatterResult,
  SearchResult,
  StandardSchema
} from '../../runbook/index.js';

const entry = fileURLToPath(new URL('../../runbook/index.d.ts', import.meta.url));

/** Every declaration file that the type checker reads for `import … from "launchbook"`. */
function declarationsFrom(file: string, seen = new Set<string>()): Set<string> {
  if (!seen.has(file)) {
    seen.add(file);
    for (const [, specifier] of readFileSync(file, 'utf8').matchAll(
      /(?:from|import\()\s*['"](\.[^'"]+)['"]/g
    )) {
      declarationsFrom(join(dirname(file), specifier!.replace(/\.js$/, '.d.ts')), seen);
    }
  }
  return seen;
}

describe('the public surface', () => {
  test('is this list and nothing else', () => {
    expect(Object.keys(library).sort()).toEqual([
      '$',
      'CheckFailedError',
      'CommandFailedError',
      'GuardBreachedError',
      'HostsFailedError',
      'LaunchbookError',
      'RequestFailedError',
      'RollbackFailedError',
      'ScatterFailedError',
      'SearchFailedError',
      'SecretUnavailableError',
      'SlackFailedError',
      'UsageError',
      'WaitFailedError',
      'approval',
      'assign',
      'background',
      'checklist',
      'checkpoint',
      'display',
      'environment',
      'gather',
      'guard',
      'http',
      'isLaunchbookError',
      'note',
      'poll',
      'record',
      'rollback',
      'scatter',
      'secret',
      'slack',
      'soak',
      'splunk'
    ]);
  });

  test('its types come from our own files alone, so that type checking a cell reads no library', () => {
    const foreign = [...declarationsFrom(entry)].flatMap(file =>
      [...readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*['"]([^.'"][^'"]*)['"]/g)].map(
        match => `${relative(dirname(entry), file)}: ${match[1]}`
      )
    );
    expect(foreign).toEqual([]);
  });

  test('every exported function, class and constant of the library has a doc comment', () => {
    const files = readdirSync(dirname(entry), { recursive: true, encoding: 'utf8' }).filter(file =>
      file.endsWith('.d.ts')
    );
    const bare = files.flatMap(file => {
      const lines = readFileSync(join(dirname(entry), file), 'utf8').split('\n');
      return lines
        .filter(
          (line, index) =>
            /^export (declare |interface |type \w|const |function |class )/.test(line) &&
            !/\*\/\s*$/.test(lines[index - 1] ?? '')
        )
        .map(line => `${file}: ${line}`);
    });
    expect(
      bare.filter(line => !/^usage\/rules|^http\/options\.d\.ts: export declare const/.test(line))
    ).toEqual([]);
  });
});

describe('the types', () => {
  test('say what a helper gives', () => {
    const typed = (): void => {
      const command: Command = library.$`echo ${'a'} ${['b', 1]}`;
      const result: PromiseLike<CommandResult> = command;
      const lines: Promise<string[]> = library.$({ timeout: '5s' })`ls`.lines();
      const version: Promise<{ version: string }> = library.http.get('http://x').json<{ version: string }>();
      const awaited: Promise<HttpResult> = library.http
        .get('http://x')
        .until(reply => reply.status === 200, { timeout: '1s' });
      const rows: Promise<SearchResult> = library.splunk
        .search()
        .where({ a: { atLeast: 1 } })
        .run();
      const around: Promise<BeforeAfterResult> = library.splunk
        .search()
        .beforeAfter('Deploy', { length: '5m' })
        .run();
      const schema = {} as StandardSchema<{ version: string }>;
      const checked: Promise<{ version: string }> = library.http.get('http://x', { schema }).json();
      const spread: Promise<ScatterResult<string, number>> = library.scatter(
        ['a'],
        async host => host.length
      );
      void [result, lines, version, awaited, rows, around, checked, spread];
    };
    expect(typeof typed).toBe('function');
  });

  test('refuse wrong calls before they run', () => {
    const wrong = (): void => {
      // @ts-expect-error an object is no argument of a command
      void library.$`echo ${{ a: 1 }}`;
      // @ts-expect-error a misspelt option
      void library.$({ tiemout: '5s' });
      // @ts-expect-error until needs a time-out
      void library.http.get('http://x').until(() => true, {});
      // @ts-expect-error an unknown status
      library.display.status('done', 'x');
      // @ts-expect-error a comparison that does not exist
      library.splunk.search().where({ a: { bigger: 1 } });
      // @ts-expect-error a schema that is none
      void library.http.get('http://x', { schema: { parse: () => 1 } });
      // @ts-expect-error a way to stop that does not exist
      void library.splunk.search().run({ via: 'job', onStop: 'drop' });
      // @ts-expect-error the name of an item is a text
      void library.scatter([1], () => 1, { name: item => item });
      // @ts-expect-error the modes cannot be changed
      library.environment.mode = 'dry-run';
    };
    expect(typeof wrong).toBe('function');
  });
});
