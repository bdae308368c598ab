// The example fleet's log search as a process of its own, over events that a test writes.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import type { EnvironmentProfile } from '../../../runbook/ports.js';
import { PROFILE } from '../fake-ports.js';
import { fixturePath } from '../fixture-path.js';
import { temporaryFolder } from '../temporary-folder.js';

/** Starts the search before the tests of the file; gives the profile that reaches it. */
export function serveLogSearch(events: readonly object[]): () => EnvironmentProfile {
  const folder = temporaryFolder();
  let child: ChildProcess;
  let port = '';
  beforeAll(async () => {
    const time = new Date(Date.now() - 60_000).toISOString();
    writeFileSync(
      join(folder, 'test.log'),
      events.map(event => `${JSON.stringify({ time, ...event })}\n`).join('')
    );
    child = spawn(process.execPath, [fixturePath('serve-log-search.mjs'), folder], {
      stdio: ['pipe', 'pipe', 'inherit']
    });
    port = String((await once(child.stdout!, 'data'))[0]).trim();
  });
  afterAll(async () => {
    child.stdin!.end();
    await once(child, 'exit');
  });
  return () => profileOf(`http://127.0.0.1:${port}`);
}

/** A profile whose searches go to `url`. */
export function profileOf(url: string, token = 'test-token'): EnvironmentProfile {
  return { ...PROFILE, splunk: { url, web: 'https://splunk.example', token, index: 'fleet', app: 'search' } };
}
