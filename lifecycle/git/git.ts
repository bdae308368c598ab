// Runs git, the one program that the life of a runbook needs. Arguments are a list and never a shell's text;
// git asks nobody anything, and its messages are in English, because some of them are read.
import { execFile } from 'node:child_process';
import { LaunchbookError } from '../../contract/base/error.js';

/** What a call of git may need beside its arguments. */
export interface GitOptions {
  /** Text for its standard input. */
  readonly input?: string;
  /** More variables, for example `GIT_INDEX_FILE`. */
  readonly environment?: { readonly [name: string]: string };
}

/** How a call ended. `code` is null when git could not be started at all. */
export interface GitAnswer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A call of git that had to succeed and did not. */
export class GitError extends LaunchbookError {
  constructor(folder: string, args: readonly string[], answer: GitAnswer) {
    const seen =
      answer.code === null
        ? 'git could not be started'
        : `exit code ${answer.code}: ${(answer.stderr || answer.stdout).trim() || 'no message'}`;
    super(`Running git ${args.join(' ')} in ${folder}: ${seen}`, {
      code: 'git.failed',
      hint: hintOf(answer),
      fields: { args: [...args], exitCode: answer.code }
    });
  }
}

function hintOf({ code, stderr }: GitAnswer): string {
  if (code === null) {
    return 'Install git and put it on the PATH.';
  }
  return /tell me who you are|unable to auto-detect email/i.test(stderr)
    ? 'Tell git who you are, then do it again: git config user.name "YOUR NAME" and git config user.email YOUR@ADDRESS.'
    : 'Run the command by hand to see more.';
}

/** The output of a call that has to succeed, without the last line feed. @throws {@link GitError} */
export async function git(
  folder: string,
  args: readonly string[],
  options: GitOptions = {}
): Promise<string> {
  const answer = await askGit(folder, args, options);
  if (answer.code !== 0) {
    throw new GitError(folder, args, answer);
  }
  return answer.stdout.replace(/\n$/, '');
}

/** The output of a call, or null when it failed for whatever reason. */
export async function tryGit(folder: string, args: readonly string[]): Promise<string | null> {
  const answer = await askGit(folder, args);
  return answer.code === 0 ? answer.stdout.replace(/\n$/, '') : null;
}

/** Runs git and tells how it ended; never throws. */
export function askGit(
  folder: string,
  args: readonly string[],
  options: GitOptions = {}
): Promise<GitAnswer> {
  return new Promise(resolve => {
    const child = execFile(
      'git',
      [...args],
      {
        cwd: folder,
        encoding: 'utf8',
        maxBuffer: 256 * 1024 ** 2,
        env: { ...process.env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', ...options.environment }
      },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
        resolve({ code, stdout, stderr });
      }
    );
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input ?? '');
  });
}

/** The bytes of the file at `path` in a commit, branch or tag; null when there is none. */
export function blobAt(folder: string, commit: string, path: string): Promise<Buffer | null> {
  return new Promise(resolve => {
    const options = { cwd: folder, encoding: 'buffer' as const, maxBuffer: 256 * 1024 ** 2 };
    execFile('git', ['cat-file', 'blob', `${commit}:${path}`], options, (error, stdout) =>
      resolve(error === null ? stdout : null)
    );
  });
}

/** The path of the notebook whose archive a tag of ours holds: the last line of its message, before a signature. */
export async function pathInTag(folder: string, tag: string): Promise<string> {
  const message = await tryGit(folder, ['for-each-ref', '--format=%(contents)', `refs/tags/${tag}`]);
  const [text = ''] = message?.split(/^-----BEGIN /m) ?? [];
  return text.trim().split('\n').at(-1) ?? '';
}
