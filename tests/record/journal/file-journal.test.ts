import { appendFile, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from '@jest/globals';
import { FileJournal } from '../../../record/journal/file-journal.js';
import { foldFile } from '../../../record/journal/folding/fold-file.js';
import { readJournal } from '../../../record/journal/read-journal.js';
import { compiledModule, fixturePath } from '../../runbook/fixture-path.js';
import { temporaryFolder } from '../../runbook/temporary-folder.js';
import { checkpoint, FIRST, ticking } from './records.js';

const folder = temporaryFolder();
const opened: FileJournal[] = [];
const children: ChildProcess[] = [];
let count = 0;

afterEach(async () => {
  await Promise.all(opened.splice(0).map(journal => journal.close()));
  children.splice(0).forEach(child => child.kill('SIGKILL'));
});

function freshPath(): string {
  return join(folder, `run-${++count}.journal.jsonl`);
}

async function openJournal(path: string): Promise<FileJournal> {
  const journal = await FileJournal.open(path, { first: FIRST, now: ticking() });
  opened.push(journal);
  return journal;
}

describe('a new journal', () => {
  test('begins with its first record and is readable by its owner alone', async () => {
    const path = freshPath();
    const journal = await openJournal(path);
    expect(journal.initialRecords).toMatchObject([
      { seq: 1, kind: 'journal-opened', at: '2026-11-22T00:00:00.001Z' }
    ]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test('leaves nothing but itself when closed', async () => {
    const path = freshPath();
    await (await openJournal(path)).close();
    expect((await readdir(folder)).filter(name => name.startsWith(`run-${count}.`))).toEqual([
      `run-${count}.journal.jsonl`
    ]);
  });

  test('an existing empty file is taken as new', async () => {
    const path = freshPath();
    await writeFile(path, '');
    expect((await openJournal(path)).initialRecords).toMatchObject([{ seq: 1, kind: 'journal-opened' }]);
  });
});

describe('a file that is read otherwise', () => {
  async function written(): Promise<string> {
    const path = freshPath();
    const journal = await openJournal(path);
    for (const name of ['one', 'two', 'three']) {
      await journal.append(checkpoint(name));
    }
    await journal.close();
    return path;
  }

  async function reopened(path: string): Promise<FileJournal> {
    const read = async (file: string, bytes: number) => {
      const { folded, ...start } = foldFile(file, bytes);
      return { ...start, records: folded.kept };
    };
    const journal = await FileJournal.open(path, { first: FIRST, now: ticking(), read });
    opened.push(journal);
    return journal;
  }

  test('goes on where it ended, and has the records that were kept', async () => {
    const journal = await reopened(await written());
    expect(journal.initialRecords.map(({ kind }) => kind)).toEqual(['journal-opened']);
    expect((await journal.append(checkpoint('four'))).seq).toBe(5);
    expect(readJournal(await readFile(journal.path, 'utf8'))).toMatchObject({ fault: null, end: { seq: 5 } });
  });

  test('tells a broken line with its number', async () => {
    const path = await written();
    await writeFile(path, (await readFile(path, 'utf8')).replace('"two"', '"TWO"'));
    await expect(reopened(path)).rejects.toMatchObject({ fields: { line: 4 } });
  });

  test('has its torn line set aside', async () => {
    const path = await written();
    await appendFile(path, '{"seq":5,"a');
    const journal = await reopened(path);
    expect(journal.torn).toEqual({ path: `${path}.torn-5`, bytes: 11 });
    expect((await journal.append(checkpoint('four'))).seq).toBe(5);
  });
});

describe('append', () => {
  test('a record is in the file when the promise resolves', async () => {
    const path = freshPath();
    const journal = await openJournal(path);
    const record = await journal.append(checkpoint('schema updated'));
    expect(readJournal(await readFile(path, 'utf8')).records.at(-1)).toEqual(record);
  });

  test('500 appends at once keep the order of the calls and an unbroken chain', async () => {
    const path = freshPath();
    const journal = await openJournal(path);
    const records = await Promise.all(
      Array.from({ length: 500 }, (_, index) => journal.append(checkpoint(String(index))))
    );
    expect(records.map(record => record.seq)).toEqual(Array.from({ length: 500 }, (_, index) => index + 2));
    const reading = readJournal(await readFile(path, 'utf8'));
    expect(reading.fault).toBeNull();
    expect(reading.records.slice(1)).toEqual(records);
    expect(reading.records.slice(1).map(record => record.kind === 'checkpoint' && record.name)).toEqual(
      records.map((_, index) => String(index))
    );
  });

  test('a body that changes after the call is recorded as it was', async () => {
    const journal = await openJournal(freshPath());
    const body = { kind: 'checkpoint' as const, name: 'before', step: 'a1' };
    const promise = journal.append(body);
    body.name = 'after';
    expect(await promise).toMatchObject({ name: 'before' });
  });

  test('line feeds and markup in texts stay within their line', async () => {
    const path = freshPath();
    const journal = await openJournal(path);
    await journal.append(checkpoint('a\nb\r\n{"seq":99}\u2028'));
    expect(readJournal(await readFile(path, 'utf8'))).toMatchObject({
      fault: null,
      records: [{}, { name: 'a\nb\r\n{"seq":99}\u2028' }]
    });
  });

  test('a closed journal refuses', async () => {
    const journal = await openJournal(freshPath());
    await journal.close();
    await expect(journal.append(checkpoint('late'))).rejects.toMatchObject({ code: 'journal.closed' });
  });

  test('close waits for what is queued', async () => {
    const path = freshPath();
    const journal = await openJournal(path);
    const appends = Promise.all([journal.append(checkpoint('1')), journal.append(checkpoint('2'))]);
    await journal.close();
    await appends;
    expect(readJournal(await readFile(path, 'utf8')).records).toHaveLength(3);
  });
});

describe('reopening', () => {
  test('gives the records back and continues the chain', async () => {
    const path = freshPath();
    const before = await openJournal(path);
    await before.append(checkpoint('one'));
    await before.close();
    const after = await openJournal(path);
    expect(after.initialRecords.map(record => record.kind)).toEqual(['journal-opened', 'checkpoint']);
    expect(await after.append(checkpoint('two'))).toMatchObject({ seq: 3 });
    expect(readJournal(await readFile(path, 'utf8')).fault).toBeNull();
  });

  test('a torn last line is moved aside byte for byte and the journal goes on', async () => {
    const path = freshPath();
    await (await openJournal(path)).close();
    const torn = Buffer.concat([Buffer.from('{"seq":2,"at":"☑').subarray(0, -1)]);
    await appendFile(path, torn);
    const journal = await openJournal(path);
    expect(journal.torn).toEqual({ path: `${path}.torn-2`, bytes: torn.length });
    expect(await readFile(`${path}.torn-2`)).toEqual(torn);
    await journal.append(checkpoint('on'));
    expect(readJournal(await readFile(path, 'utf8'))).toMatchObject({
      fault: null,
      torn: null,
      end: { seq: 2 }
    });
  });

  test('a broken link is refused with its line, and the file is left as it is', async () => {
    const path = freshPath();
    const journal = await openJournal(path);
    await journal.append(checkpoint('one'));
    await journal.append(checkpoint('two'));
    await journal.close();
    const forged = (await readFile(path, 'utf8')).replace('"one"', '"1ne"');
    await writeFile(path, forged);
    await expect(openJournal(path)).rejects.toMatchObject({
      name: 'JournalBrokenError',
      code: 'journal.broken',
      line: 3
    });
    expect(await readFile(path, 'utf8')).toBe(forged);
    await expect(stat(`${path}.lock`)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('the lock', () => {
  test('a second writer is refused and told who holds it', async () => {
    const path = freshPath();
    await openJournal(path);
    await expect(openJournal(path)).rejects.toMatchObject({
      code: 'journal.locked',
      holder: { pid: process.pid },
      message: expect.stringContaining(`process ${process.pid}`) as unknown
    });
  });

  test('another process is refused while the first lives, and takes over after it was killed', async () => {
    const path = freshPath();
    const holder = spawn(
      process.execPath,
      [fixturePath('hold-journal.mjs'), path, compiledModule('record/journal/file-journal.js')],
      { stdio: ['ignore', 'pipe', 'inherit'] }
    );
    children.push(holder);
    await once(holder.stdout, 'data');
    await expect(openJournal(path)).rejects.toMatchObject({
      code: 'journal.locked',
      holder: { pid: holder.pid }
    });
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect((await openJournal(path)).initialRecords).toHaveLength(1);
  });

  test('of many that find a dead holder at once, one gets it', async () => {
    const path = freshPath();
    await (await openJournal(path)).close();
    await writeFile(
      `${path}.lock`,
      JSON.stringify({
        pid: process.pid,
        host: (await import('node:os')).hostname(),
        since: 'x',
        started: '1',
        token: 't'
      })
    );
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => openJournal(path)));
    expect(results.filter(result => result.status === 'fulfilled')).toHaveLength(1);
  });

  test('the lock of another machine is never taken over', async () => {
    const path = freshPath();
    await writeFile(
      `${path}.lock`,
      JSON.stringify({
        pid: 1,
        host: 'elsewhere',
        since: '2026-11-22T00:00:00.000Z',
        started: null,
        token: 't'
      })
    );
    await expect(openJournal(path)).rejects.toMatchObject({
      code: 'journal.locked',
      message: expect.stringContaining('elsewhere') as unknown
    });
  });
});

describe('when somebody touches the file while it is open', () => {
  test('a deleted file is put back with every record, and the journal goes on', async () => {
    const path = freshPath();
    const journal = await openJournal(path);
    await journal.append(checkpoint('before'));
    await rm(path);
    await journal.append(checkpoint('after'));
    const { records, fault } = readJournal(await readFile(path, 'utf8'));
    expect(fault).toBeNull();
    expect(records.map(record => record.kind === 'checkpoint' && record.name)).toEqual([
      false,
      'before',
      'after'
    ]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test('a file that was moved, or whose folder was, takes no further record until it is back', async () => {
    const home = join(folder, `home-${++count}`);
    mkdirSync(home);
    const path = join(home, 'run.journal.jsonl');
    const journal = await openJournal(path);
    await rename(home, `${home}-moved`);
    await expect(journal.append(checkpoint('lost'))).rejects.toMatchObject({ code: 'journal.moved' });
    await rename(`${home}-moved`, home);
    await journal.append(checkpoint('kept'));
    expect(readJournal(await readFile(path, 'utf8'))).toMatchObject({ fault: null, records: { length: 2 } });
  });

  test('a file in its place, as git puts it there, takes no record of this run', async () => {
    const path = freshPath();
    const journal = await openJournal(path);
    await writeFile(`${path}.new`, await readFile(path));
    await rename(`${path}.new`, path);
    await expect(journal.append(checkpoint('lost'))).rejects.toMatchObject({ code: 'journal.replaced' });
    expect(readJournal(await readFile(path, 'utf8')).records).toHaveLength(1);
  });

  test.each([
    ['cut', (text: string) => text.slice(0, text.indexOf('\n') + 1)],
    ['longer', (text: string) => `${text}{"seq":3,"of":"another"}\n`]
  ])('a file that another program made %s is left as it is', async (_, change) => {
    const path = freshPath();
    const journal = await openJournal(path);
    await journal.append(checkpoint('before'));
    const changed = change(await readFile(path, 'utf8'));
    await writeFile(path, changed);
    for (const name of ['one', 'two']) {
      await expect(journal.append(checkpoint(name))).rejects.toMatchObject({ code: 'journal.changed' });
    }
    expect(await readFile(path, 'utf8')).toBe(changed);
  });
});

describe('when the disk refuses', () => {
  const run = promisify(execFile);

  test('a full disk rejects, what was half written is cut off, and the journal stays valid', async () => {
    const path = freshPath();
    const command = `ulimit -f 8; exec "$0" "$@"`;
    const args = [
      '-c',
      command,
      process.execPath,
      fixturePath('append-under-limits.mjs'),
      path,
      compiledModule('record/journal/file-journal.js'),
      'full'
    ];
    const report = JSON.parse((await run('sh', args)).stdout) as { appended: number; codes: string[] };
    expect(report.codes).toEqual(['journal.disk_full', 'journal.disk_full']);
    expect(report.appended).toBeGreaterThan(3);
    const reading = readJournal(await readFile(path, 'utf8'));
    expect(reading).toMatchObject({ fault: null, torn: null });
    expect(reading.records).toHaveLength(report.appended + 1);
  });

  test('a read-only folder is refused with a clear code', async () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0o555);
    chmodSync(folder, 0o755);
    const args = [
      fixturePath('append-under-limits.mjs'),
      join(closed, 'x.journal.jsonl'),
      compiledModule('record/journal/file-journal.js'),
      'nobody'
    ];
    const report = JSON.parse((await run(process.execPath, args)).stdout) as {
      codes: string[];
      message: string;
    };
    expect(report.codes).toEqual(['journal.read_only']);
    expect(report.message).toContain('writing is not allowed');
  });
});
