// What a team has that begins: a repository of its own with the template of `launchbook init`, and a run of it.
import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes the repository in `folder` with the command in `bin`; returns the path of its run. `uid`: the user who does it. `policy`: what
 * every approval in staging asks for, as YAML. `settings`: more of launchbook.yml. `signers`: the text of allowed_signers. `mode`: that of the
 * run.
 */
export function makeRun(bin, folder, env, { uid, policy, settings, signers, mode = 'rehearsal' } = {}) {
  const command = join(bin, 'launchbook');
  const said = (program, ...args) => outputOf(program, args, { cwd: folder, env, uid });
  outputOf('mkdir', ['-p', folder], { cwd: '/', env, uid });
  said('git', 'init', '--quiet');
  said('git', 'config', 'user.name', 'Ann Lee');
  said('git', 'config', 'user.email', 'ann@example.org');
  said(command, 'init');
  if (policy !== undefined) {
    const file = join(folder, 'launchbook.yml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('  staging:\n', `  staging:\n    policy: { approvals: ${policy} }\n`));
  }
  if (settings !== undefined) {
    appendFileSync(join(folder, 'launchbook.yml'), settings);
  }
  if (signers !== undefined) {
    writeFileSync(join(folder, 'allowed_signers'), signers);
  }
  said('git', 'add', '--all');
  said('git', 'commit', '--quiet', '--message', 'Begin');
  const words = ['new', 'release.ipynb', '--release', '2.4.0', '--env', 'staging', '--mode', mode, '--json'];
  return JSON.parse(said(command, ...words)).path;
}

/** Archives a run that has ended and verifies the archive; throws when either refuses. */
export function archive(bin, run, options) {
  outputOf(join(bin, 'launchbook'), ['archive', run], options);
  outputOf(join(bin, 'launchbook'), ['verify', run], options);
}

/** What a program prints; throws with what it says when it fails. */
function outputOf(program, args, { cwd, env, uid }) {
  const user = uid === undefined ? {} : { uid, gid: uid };
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, env, encoding: 'utf8', ...user });
  if (status !== 0) {
    throw new Error(
      `${program} ${args.join(' ')} ended with ${status ?? error?.message}: ${stdout}${stderr}`
    );
  }
  return stdout;
}
