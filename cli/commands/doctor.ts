// `launchbook doctor`: what is installed, what Jupyter sees of it, and what is wrong.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { toErrorRecord } from '../../contract/base/error.js';
import { LAUNCHBOOK_VERSION } from '../../contract/base/version.js';
import { historyPath } from '../../kernel/host/process/history-path.js';
import { NODE_MAJOR } from '../../kernel/kernelspec/find-node.js';
import { seenExtensions, seenKernelspecs, type JupyterPaths } from '../../kernel/kernelspec/data-folders.js';
import { unsupportedSystem } from '../../kernel/host/process/supported-system.js';
import { findProfileFile } from '../../record/profile/find-profile-file.js';
import { missingVariables } from '../../record/profile/missing-variables.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Call, Terminal } from '../terminal.js';

/** One thing that was looked at. */
interface Finding {
  /** `fault`: something will not work. `note`: it works, and may not be what was meant. */
  readonly state: 'ok' | 'note' | 'fault';
  readonly what: string;
  readonly seen: string;
  /** What to do; null where nothing needs to be done. */
  readonly hint: string | null;
}

/** The longest that a program may take to tell its version. */
const MOST_MS = 30_000;

const GLYPHS = { ok: '✓', note: '!', fault: '✗' } as const;

export function addDoctorCommand(program: Command, { terminal, finish }: Call): void {
  program
    .command('doctor')
    .summary('tell what is installed, what Jupyter sees, and what is wrong')
    .description(
      'Looks at this installation, at the kernelspecs and extensions that the jupyter on PATH lists, at git and ssh-keygen, and at the project of this folder: its launchbook.yml, and the variables that its environments need, such as the token of Slack. Changes nothing.'
    )
    .option('--json', 'print one JSON object, for a report of a fault')
    .addHelpText(
      'after',
      `
Examples:
  launchbook doctor
  launchbook doctor --json | jq '.findings[] | select(.state == "fault")'

Exit codes: 0 nothing is wrong, 1 something will not work.`
    )
    .action((options: { readonly json?: boolean }) => finish(doctor(options.json === true, terminal)));
}

function doctor(asJson: boolean, terminal: Terminal): ExitCode {
  const findings = [...ownFindings(), ...jupyterFindings(), ...projectFindings()];
  const faults = findings.filter(({ state }) => state === 'fault').length;
  if (asJson) {
    terminal.say(JSON.stringify({ version: LAUNCHBOOK_VERSION, findings }));
  } else {
    for (const { state, what, seen, hint } of findings) {
      terminal.say(`${GLYPHS[state]} ${what}: ${seen}`, ...(hint === null ? [] : [`    ${hint}`]));
    }
    terminal.say(faults === 0 ? 'Nothing is wrong.' : `${faults} of ${findings.length} will not work.`);
  }
  return faults === 0 ? EXIT.passed : EXIT.failed;
}

function ownFindings(): Finding[] {
  const refusal = unsupportedSystem(process.platform);
  return [
    ok('launchbook', `${LAUNCHBOOK_VERSION} in ${productFolder()}`),
    refusal === null
      ? ok('system', `${process.platform} ${process.arch}`)
      : fault('system', `${process.platform} ${process.arch}`, refusal),
    Number(process.versions.node.split('.')[0]) === NODE_MAJOR
      ? ok('node', `${process.versions.node} at ${process.execPath}`)
      : note(
          'node',
          `${process.versions.node} at ${process.execPath}`,
          `The kernel is tested with Node ${NODE_MAJOR}.`
        ),
    ok('history of cells', historyPath(process.env) ?? 'off, by LAUNCHBOOK_HISTORY')
  ];
}

function jupyterFindings(): Finding[] {
  const jupyter = ownJupyter();
  const told = tell(jupyter, '--paths', '--json');
  const paths = told === null ? null : readPaths(told);
  if (paths === null) {
    return [
      fault(
        'jupyter',
        'no program of this name on PATH tells its folders',
        'Install JupyterLab ("pip install jupyterlab"), or activate the environment that has it.'
      )
    ];
  }
  const versions = (tell(jupyter, '--version') ?? '')
    .split('\n')
    .map(line => /^(jupyterlab|notebook|jupyter_server|jupyter_client)\s*:\s*(\S+)/.exec(line))
    .flatMap(match => (match === null || match[2] === 'not' ? [] : [`${match[1]} ${match[2]}`]));
  return [
    ok('jupyter', versions.join(', ') || 'found'),
    ...kernelFindings(paths),
    ...extensionFindings(paths)
  ];
}

function kernelFindings(paths: JupyterPaths): Finding[] {
  const [first, ...others] = seenKernelspecs(paths);
  if (first === undefined) {
    return [
      fault(
        'kernelspec',
        'jupyter does not list the kernel',
        'Run "launchbook install", or "launchbook install --prefix FOLDER" for one environment.'
      )
    ];
  }
  const { path, program, missing } = first;
  const counts =
    program === null || missing.length > 0
      ? fault(
          'kernelspec',
          program === null
            ? `${path} names no program`
            : `${path} starts ${missing.join(', ')}, which is gone`,
          'Run "launchbook install" again, or remove the folder.'
        )
      : ok('kernelspec', `${path} starts ${program}`);
  const hidden = others.map(other =>
    note('another kernelspec', other.path, 'It is hidden by the one above.')
  );
  return [counts, ...hidden];
}

function extensionFindings(paths: JupyterPaths): Finding[] {
  const [extension] = seenExtensions(paths);
  if (extension === undefined) {
    return [
      fault(
        'extension',
        'JupyterLab does not list it',
        'Run "launchbook install". Without it there are no phases, no approvals and no times in the page.'
      )
    ];
  }
  const { path, version, disabledBy } = extension;
  if (disabledBy !== null) {
    return [
      fault(
        'extension',
        `${path} is switched off in ${disabledBy}`,
        'Run "jupyter labextension enable launchbook".'
      )
    ];
  }
  return version === LAUNCHBOOK_VERSION
    ? [ok('extension', `${version} in ${path}`)]
    : [
        fault(
          'extension',
          `${version ?? 'no version'} in ${path}, expected ${LAUNCHBOOK_VERSION}`,
          'Kernel and extension must be of one version. Run "launchbook install" again.'
        )
      ];
}

function projectFindings(): Finding[] {
  const git = tell('git', '--version');
  const signer = spawnSync('ssh-keygen', ['-?'], { stdio: 'ignore', env: process.env }).error === undefined;
  const profile = findProfileFile(process.cwd());
  return [
    git === null
      ? fault('git', 'no program of this name', 'Runs are made and archived with git. Install it.')
      : ok('git', git.trim()),
    signer
      ? ok('ssh-keygen', 'found')
      : note('ssh-keygen', 'no program of this name', 'Signed approvals need it. Install OpenSSH.'),
    profile === null
      ? note('launchbook.yml', 'none above this folder', 'Run "launchbook init" in a repository.')
      : ok('launchbook.yml', profile),
    ...(profile === null ? [] : environmentFindings(profile)),
    ...mergeDriver(git !== null && profile !== null)
  ];
}

/** A run whose environment lacks a variable is refused, token of Slack included. */
function environmentFindings(profile: string): Finding[] {
  try {
    return missingVariables(profile, process.env).flatMap(({ name, missing, lacksChannel }) => {
      const what = `environment ${name}`;
      return [
        missing.length === 0
          ? ok(what, 'every variable that it needs is set')
          : note(
              what,
              missing.join(' '),
              'Set it where Jupyter is started, not only here. A run in this environment is refused without it.'
            ),
        ...(lacksChannel
          ? [
              note(
                what,
                "'slack' has a token and no channel",
                'Name the channel of the thread: slack: { token: ..., channel: "#releases" }.'
              )
            ]
          : [])
      ];
    });
  } catch (error) {
    return [
      fault('launchbook.yml', toErrorRecord(error).message, 'Mend the file: no run can begin with it.')
    ];
  }
}

function mergeDriver(isProject: boolean): Finding[] {
  if (!isProject) {
    return [];
  }
  const driver = tell('git', 'config', 'merge.launchbook.driver');
  const [, counting = ''] =
    /: merge: (\S+)/.exec(tell('git', 'check-attr', 'merge', '--', 'x.ipynb') ?? '') ?? [];
  if (driver !== null && counting !== 'launchbook') {
    const seen = `git merges them with "${counting}"`;
    const hint =
      'A line behind ours in .gitattributes or in .git/info/attributes counts, such as that of nbdime. Run "launchbook init" again.';
    return [fault('merges of notebooks', seen, hint)];
  }
  return [
    driver === null
      ? note(
          'merges of notebooks',
          'git merges them as text here',
          'Run "launchbook init" once in each clone.'
        )
      : ok('merges of notebooks', driver.trim())
  ];
}

/** What a program prints; null when it is absent or fails. */
function tell(program: string, ...args: string[]): string | null {
  const { status, stdout } = spawnSync(program, args, {
    encoding: 'utf8',
    timeout: MOST_MS,
    env: process.env
  });
  return status === 0 ? stdout : null;
}

function readPaths(text: string): JupyterPaths | null {
  try {
    const { data, config } = JSON.parse(text) as { data?: unknown; config?: unknown };
    const list = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);
    return { data: list(data), config: list(config) };
  } catch {
    return null;
  }
}

/** That of the Python environment which this command came with, else the one on PATH. */
function ownJupyter(): string {
  const beside = join(productFolder(), '..', '..', '..', '..', '..', 'bin', 'jupyter');
  return existsSync(beside) ? beside : 'jupyter';
}

function productFolder(): string {
  return dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
}

const ok = (what: string, seen: string): Finding => ({ state: 'ok', what, seen, hint: null });
const note = (what: string, seen: string, hint: string): Finding => ({ state: 'note', what, seen, hint });
const fault = (what: string, seen: string, hint: string): Finding => ({ state: 'fault', what, seen, hint });
