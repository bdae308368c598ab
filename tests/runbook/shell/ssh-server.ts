// A real sshd on loopback with a port, keys and configuration of its own, and a client configuration that names it twice.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { userInfo } from 'node:os';
import { join } from 'node:path';

/** A server that runs. */
export interface SshServer {
  /** Client configuration with the hosts `web-1`, `web-2` (both this server) and `web-3` (nobody listens). */
  readonly configFile: string;
  readonly process: ChildProcess;
}

/** Starts it in `folder`. @throws when there is no sshd: the tests need it. */
export async function startSshServer(folder: string): Promise<SshServer> {
  const program = process.env['LAUNCHBOOK_SSHD'] ?? '/usr/sbin/sshd';
  if (!existsSync(program)) {
    throw new Error(`There is no SSH server at ${program}. Install openssh-server, or set LAUNCHBOOK_SSHD.`);
  }
  if (process.getuid?.() === 0) {
    mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  }
  const path = (name: string): string => join(folder, name);
  const [port, unused] = [await freePort(), await freePort()];
  for (const name of ['host_key', 'user_key']) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path(name)]);
  }
  writeFileSync(path('authorized_keys'), readFileSync(path('user_key.pub')), { mode: 0o600 });
  writeFileSync(path('known_hosts'), `[127.0.0.1]:${port} ${readFileSync(path('host_key.pub'), 'utf8')}`);
  writeFileSync(
    path('sshd_config'),
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${path('host_key')}`,
      `AuthorizedKeysFile ${path('authorized_keys')}`,
      'PidFile none',
      'StrictModes no',
      'UsePAM no',
      'PasswordAuthentication no',
      'PermitRootLogin yes'
    ].join('\n')
  );
  writeFileSync(
    path('ssh_config'),
    [
      'Host web-1 web-2',
      `  Port ${port}`,
      'Host web-3',
      `  Port ${unused}`,
      'Host *',
      '  HostName 127.0.0.1',
      `  User ${userInfo().username}`,
      `  IdentityFile ${path('user_key')}`,
      '  IdentitiesOnly yes',
      `  UserKnownHostsFile ${path('known_hosts')}`,
      '  StrictHostKeyChecking yes'
    ].join('\n')
  );
  const server = spawn(program, ['-D', '-e', '-f', path('sshd_config')], {
    stdio: ['ignore', 'ignore', 'pipe']
  });
  let said = '';
  while (!said.includes('listening on')) {
    const [chunk] = await Promise.race([
      once(server.stderr, 'data'),
      once(server, 'exit').then(() => {
        throw new Error(`sshd ended: ${said}`);
      })
    ]);
    said += String(chunk);
  }
  server.stderr.resume();
  return { configFile: path('ssh_config'), process: server };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}
