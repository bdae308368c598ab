// Runs ssh-keygen with a list of arguments and text for its standard input. It belongs to OpenSSH 8.7 or newer.
import { spawn } from 'node:child_process';

/** How a call ended. `code` is null when the program could not be started. */
export interface KeygenAnswer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Never throws. With `isAsking` it may ask for the passphrase of a key in the terminal. */
export function runSshKeygen(
  args: readonly string[],
  input: string,
  isAsking = false
): Promise<KeygenAnswer> {
  return new Promise(resolve => {
    const environment = isAsking ? process.env : { ...process.env, SSH_ASKPASS_REQUIRE: 'never' };
    const child = spawn('ssh-keygen', [...args], { env: environment, stdio: ['pipe', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdin.on('error', () => undefined);
    child.on('error', error => resolve({ code: null, stdout, stderr: error.message }));
    child.on('close', code => resolve({ code: code ?? 1, stdout, stderr }));
    child.stdin.end(input);
  });
}
