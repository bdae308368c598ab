// Opens a page in the person's browser. Machines without one are common, so a failure is not an error.
import { spawn } from 'node:child_process';

export function openBrowser(url) {
  const [program, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '""', url.replaceAll('&', '^&')]
        : ['xdg-open', url];
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.on('error', () => console.error('No browser could be opened; open the address yourself.'));
  child.unref();
}
