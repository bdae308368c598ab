// A folder with a home of its own, in which a wheel is installed: nothing of this machine's Jupyter, Node or caches is seen.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

export class Place {
  constructor(folder) {
    this.folder = folder;
    mkdirSync(join(folder, 'home'), { recursive: true });
    this.env = {
      PATH: '/usr/local/bin:/usr/bin:/bin',
      HOME: join(folder, 'home'),
      LANG: 'C.UTF-8',
      PIP_DISABLE_PIP_VERSION_CHECK: '1',
      ...Object.fromEntries(
        Object.entries(process.env).filter(([name]) =>
          /^(PIP_|UV_|https?_proxy|no_proxy|SSL_|REQUESTS_CA)/i.test(name)
        )
      )
    };
  }

  path(...parts) {
    return join(this.folder, ...parts);
  }

  /** What a program prints; throws with its last lines when it fails. */
  run(program, args, { env = {}, uid } = {}) {
    const { status, stdout, stderr, error } = spawnSync(program, args, {
      cwd: this.path('home'),
      encoding: 'utf8',
      env: { ...this.env, ...env },
      ...(uid === undefined ? {} : { uid: Number(uid), gid: Number(uid) })
    });
    if (status !== 0) {
      const last = `${stdout ?? ''}\n${stderr ?? ''}`.trim().split('\n').slice(-6).join('\n    ');
      throw new Error(
        `${basename(program)} ${args.join(' ')} ended with ${status ?? error?.message}\n    ${last}`
      );
    }
    return stdout;
  }

  /** An environment with these packages; its Python. */
  venv(name, ...packages) {
    this.run('python3', ['-m', 'venv', this.path(name)]);
    const python = this.path(name, 'bin', 'python');
    if (packages.length > 0) {
      this.run(python, ['-m', 'pip', 'install', '--quiet', ...packages]);
    }
    return python;
  }

  /** The files of one of its folders, without what Python compiled and what Jupyter itself keeps; none when the folder is absent. */
  files(...parts) {
    const folder = this.path(...parts);
    const entries = filesUnder(folder);
    const kept = /__pycache__|\.pyc$|nbsignatures\.db$|notebook_secret$|share\/jupyter\/runtime\//;
    return entries.filter(file => !kept.test(file)).sort();
  }
}

function filesUnder(folder) {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => !entry.isDirectory())
      .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1));
  } catch (error) {
    if (error.code === 'ENOENT') {
      return [];
    }
    throw error;
  }
}
