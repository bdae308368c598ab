// Finds the SSH server that the tests run on loopback, and installs Debian's package when it is absent and that is permitted.
import { existsSync } from 'node:fs';
import { installWithApt } from './install-with-apt.mjs';
import { SetUpFault } from './set-up-fault.mjs';

const PATHS = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/opt/homebrew/sbin/sshd'];
/** The tests start a server of their own, on a port of their own. */
const UNITS = ['ssh.service', 'ssh.socket', 'sshd.service'];
const HINT =
  'Install it (Debian: sudo apt-get install openssh-server), or set LAUNCHBOOK_SSHD to its absolute path.';

/** The server's path. LAUNCHBOOK_SSHD overrides the search. */
export async function findSshd() {
  const named = process.env.LAUNCHBOOK_SSHD;
  if (named && !existsSync(named)) {
    throw new SetUpFault(`LAUNCHBOOK_SSHD names ${named}, which does not exist.`, 'Correct it or unset it.');
  }
  const found = named ?? search();
  if (found) {
    return found;
  }
  await installWithApt({ what: 'an SSH server', packages: ['openssh-server'], hint: HINT, units: UNITS });
  const installed = search();
  if (!installed) {
    throw new SetUpFault('The SSH server is still not found after its package was installed.', HINT);
  }
  return installed;
}

function search() {
  return PATHS.find(path => existsSync(path));
}
