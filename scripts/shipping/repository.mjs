// What a team has that begins: a repository of its own with the template of `launchbook init`, and a run of it.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** What the installed `launchbook` prints; throws with what it says when it does not end with `expected`. */
export function launchbook(bin, args, { cwd, env = process.env, expected = 0 }) {
  const { status, stdout, stderr } = spawnSync(join(bin, 'launchbook'), args, { cwd, env, encoding: 'utf8' });
  if (status !== expected) {
    throw new Error(`launchbook ${args.join(' ')} ended with ${status}: ${stdout}${stderr}`);
  }
  return stdout;
}

/** Makes the repository in `folder` with the command in `bin`; returns the path of its run. */
export function makeRun(bin, folder, env = process.env) {
  mkdirSync(folder, { recursive: true });
  git(folder, ['init', '--quiet'], env);
  git(folder, ['config', 'user.name', 'Ann Lee'], env);
  git(folder, ['config', 'user.email', 'ann@example.org'], env);
  launchbook(bin, ['init'], { cwd: folder, env });
  git(folder, ['add', '--all'], env);
  git(folder, ['commit', '--quiet', '--message', 'Begin'], env);
  const made = launchbook(bin, ['new', 'release.ipynb', '--release', '2.4.0', '--env', 'staging', '--json'], {
    cwd: folder,
    env
  });
  return JSON.parse(made).path;
}

function git(cwd, args, env) {
  const { status, stderr } = spawnSync('git', args, { cwd, env, encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`git ${args.join(' ')} ended with ${status}: ${stderr}`);
  }
}

/** Archives a run that has ended and verifies the archive; throws when either refuses. */
export function archive(bin, run, { cwd, env = process.env }) {
  launchbook(bin, ['archive', run], { cwd, env });
  launchbook(bin, ['verify', run], { cwd, env });
}
