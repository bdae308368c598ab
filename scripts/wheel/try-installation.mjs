// What an installation of the wheel must do: its command, its kernelspec, its extension, its kernel, and a run with a hold point that is
// approved in a browser and archived.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const SMOKE = join(import.meta.dirname, 'smoke.py');
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
  const lists = [
    ['the extension', ['labextension', 'list'], /launchbook v\S+ .*enabled.*OK/],
    ['the server extension', ['server', 'extension', 'list'], /^ *launchbook \S*enabled/m]
  ];
  for (const [what, args, pattern] of lists) {
    const settings = { encoding: 'utf8', env: { ...place.env, ...env } };
    const { stdout, stderr } = spawnSync(python, ['-m', 'jupyter', ...args], settings);
    if (!pattern.test(stdout + stderr)) {
      faults.push(`${what}: ${(stdout + stderr).trim()}`);
    }
  }
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
