// A place in which the commands of a page are typed: an empty folder, a home of its own, and `launchbook` on the PATH.
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { root } from '../root.js';

/** What commands have printed, both streams in one. */
export interface Typed {
  readonly code: number | null;
  readonly shown: string;
}

/** The folder of one page. */
export interface FreshRepository {
  readonly folder: string;
  readonly home: string;
  /** A file in the folder, or in the folder of programs when it begins with `bin/`. */
  write(path: string, content: string): void;
  /** Sets a variable for what is typed from here on. */
  set(name: string, value: string): void;
  /** Types the lines into a shell, which ends at the first one that fails. */
  type(lines: string): Promise<Typed>;
  remove(): void;
}

/** Makes it; nothing is in it. */
export function freshRepository(): FreshRepository {
  const place = realpathSync(mkdtempSync(join(tmpdir(), 'launchbook-page-')));
  const [folder, home, bin] = ['releases', 'home', 'bin'].map(name => join(place, name)) as [
    string,
    string,
    string
  ];
  [folder, home, bin].forEach(each => mkdirSync(each));
  writeFileSync(join(home, '.gitconfig'), '[user]\n\tname = Ann Lee\n\temail = ann@example.com\n');
  const variables: NodeJS.ProcessEnv = {
    ...process.env,
    HOME: home,
    USER: 'ann',
    GIT_CONFIG_NOSYSTEM: '1',
    PATH: `${bin}${delimiter}${process.env['PATH']}`
  };
  const write = (path: string, content: string): void => {
    const file = path.startsWith('bin/') ? join(place, path) : join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    chmodSync(file, path.startsWith('bin/') ? 0o755 : 0o644);
  };
  write('bin/launchbook', `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'lib/cli/main.js')}' "$@"\n`);
  return {
    folder,
    home,
    write,
    set: (name, value) => void (variables[name] = value),
    async type(lines) {
      const shell = spawn('bash', ['-euo', 'pipefail', '-c', lines], {
        cwd: folder,
        env: variables,
        stdio: ['ignore', 'pipe', 'pipe']
      });
      const ended = new Promise<number | null>(resolve => shell.on('close', resolve));
      const [out, err, code] = await Promise.all([text(shell.stdout), text(shell.stderr), ended]);
      return { code, shown: out + err };
    },
    remove: () => rmSync(place, { recursive: true, force: true })
  };
}
