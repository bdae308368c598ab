// What an installation of the wheel must do: its command, its kernelspec, its extension, its kernel, and a run with a hold point that is
// approved in a browser and archived.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const SMOKE = join(import.meta.dirname, 'smoke.py');
/** Those that a server starts with; `jupyter server extension list` leaves out the folders of a user's own packages. */
const SERVER_EXTENSIONS = `
from jupyter_core.paths import jupyter_config_path
from jupyter_server.extension.config import ExtensionConfigManager
print(ExtensionConfigManager(read_config_path=jupyter_config_path()).get_jpserver_extensions())
`;
const PURGE = ['uninstall', '--purge'];

/** Faults of an installation with its programs in `bin`, seen with the variables `extra`. Cache and history are removed at the end. */
export async function tryInstallation(place, { bin, extra = {}, python = join(bin, 'python'), story }) {
  const env = { ...extra, PATH: `${bin}:${extra.PATH ?? place.env.PATH}` };
  const faults = [];
  const expect = (what, program, args, pattern) => {
    const seen = place.run(program, args, { env });
    if (!pattern.test(seen)) {
      faults.push(`${what}: ${seen.trim()}`);
    }
  };
  expect('the version', join(bin, 'launchbook'), ['--version'], /^\d+\.\d+\.\d+\n$/);
  expect('the kernelspec', python, ['-m', 'jupyter', 'kernelspec', 'list'], /launchbook/);
  const settings = { encoding: 'utf8', env: { ...place.env, ...env } };
  const { stdout, stderr } = spawnSync(python, ['-m', 'jupyter', 'labextension', 'list'], settings);
  if (!/launchbook v\S+ .*enabled.*OK/.test(stdout + stderr)) {
    faults.push(`the extension: ${(stdout + stderr).trim()}`);
  }
  expect('the server extension', python, ['-c', SERVER_EXTENSIONS], /'launchbook': True/);
  const kernelspec = /"what":"kernelspec","seen":"[^"]*launchbook-kernel/;
  expect('doctor', join(bin, 'launchbook'), ['doctor', '--json'], kernelspec);
  faults.push(...smoke(place, python, env));
  await story?.({ bin, python, folder: place.path('repository'), env: { ...place.env, ...env } });
  place.run(join(bin, 'launchbook'), PURGE, { env });
  return faults;
}

/** Faults of the kernel, as Jupyter's own client sees them. */
export function smoke(place, python, env, uid) {
  const said = place.run(python, [SMOKE], { env, uid }).trim();
  return said.endsWith('held') ? [] : [said];
}
