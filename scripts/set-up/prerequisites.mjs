// What the machine must bring: Node 20.19, npm, git, Python 3.10 with its venv module. Everything else we install ourselves.
// Each fault names the missing thing and the command that fixes it; all are checked before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { SetUpFault } from './set-up-fault.mjs';

const PYTHON_MINOR = 10;

/** Checks git and Python; resolves with the Python to make the environment with. */
export function checkPrerequisites() {
  if (!succeeds('git', ['--version'])) {
    throw new SetUpFault('git is not installed.', fix('git', 'brew install git', 'winget install Git.Git'));
  }
  return findPython();
}

/** Throws when somebody listens on `port` of the loopback address. */
export function checkPort(port) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', error => {
      const reason =
        error.code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be used (${error.code})`;
      reject(
        new SetUpFault(`Port ${port} ${reason}.`, `Choose another: npm start -- --port ${nextPort(port)}`)
      );
    });
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      const chosen = server.address().port;
      server.close(() => resolve(chosen));
    });
  });
}

function findPython() {
  const python = ['python3', 'python', 'py'].find(name => succeeds(name, ['--version']));
  if (!python) {
    throw new SetUpFault(
      'Python is not installed; JupyterLab needs Python 3.10 or later.',
      fix('python3 python3-venv', 'brew install python', 'winget install Python.Python.3.13')
    );
  }
  const facts = factsOf(python);
  if (facts.major !== 3 || facts.minor < PYTHON_MINOR) {
    throw new SetUpFault(
      `${python} is Python ${facts.version}; JupyterLab needs 3.10 or later.`,
      fix('python3.11 python3.11-venv', 'brew install python', 'winget install Python.Python.3.13')
    );
  }
  if (!facts.hasVenv) {
    throw new SetUpFault(
      `${python} (Python ${facts.version}) lacks the venv module.`,
      fix(`python3.${facts.minor}-venv`, 'brew reinstall python', 'winget install Python.Python.3.13')
    );
  }
  return python;
}

function factsOf(python) {
  const code =
    'import json, sys, importlib.util as u; print(json.dumps([sys.version_info[0], sys.version_info[1],' +
    ' sys.version.split()[0], all(u.find_spec(name) is not None for name in ("venv", "ensurepip"))]))';
  const result = spawnSync(python, ['-c', code], { encoding: 'utf8' });
  try {
    const [major, minor, version, hasVenv] = JSON.parse(result.stdout);
    return { major, minor, version, hasVenv };
  } catch {
    throw new SetUpFault(
      `${python} does not work: ${(result.stderr || 'it printed nothing').trim()}`,
      'Reinstall Python.'
    );
  }
}

function succeeds(program, args) {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

/** The command for this machine: apt on Debian and its relatives, brew on macOS, winget on Windows. */
function fix(debianPackages, macCommand, windowsCommand) {
  if (process.platform === 'darwin') {
    return `Install it: ${macCommand}`;
  }
  if (process.platform === 'win32') {
    return `Install it: ${windowsCommand}`;
  }
  const sudo = process.getuid?.() === 0 ? '' : 'sudo ';
  const hasApt = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin'].some(folder =>
    existsSync(join(folder, 'apt-get'))
  );
  return hasApt
    ? `Install it: ${sudo}apt-get install ${debianPackages}`
    : `Install it with your package manager (Debian calls it ${debianPackages}).`;
}

function nextPort(port) {
  return port < 65_535 ? port + 1 : 8888;
}
