// Ends an executor and its commands when the kernel is gone, however it went: a process of its own, because a killed kernel can do nothing
// and a stopped executor hears nothing. It is a shell that waits on a pipe which only the kernel holds open.
import { spawn, type ChildProcess } from 'node:child_process';

// Process groups are named on the pipe as `+ PID` and `- PID`. When the pipe ends, those that are left are woken, asked to end, and
// killed after 3 s.
const SCRIPT = `
pids=$1
while read -r sign pid; do
  case $sign in
    +) pids="$pids $pid" ;;
    -) left=; for p in $pids; do [ "$p" = "$pid" ] || left="$left $p"; done; pids=$left ;;
  esac
done
for p in $pids; do kill -s TERM -- -$p; kill -s CONT -- -$p; done 2>/dev/null
n=0
while [ $n -lt 30 ]; do
  alive=
  for p in $pids; do kill -s 0 -- -$p 2>/dev/null && alive=1; done
  [ -n "$alive" ] || exit 0
  sleep 0.1
  n=$((n + 1))
done
for p in $pids; do kill -s KILL -- -$p; done 2>/dev/null
`;

/** Watches over the process group that `pid` leads, and over those that are added. */
export class Guardian {
  readonly #shell: ChildProcess;
  readonly #pid: number;

  constructor(pid: number) {
    this.#pid = pid;
    this.#shell = spawn('sh', ['-c', SCRIPT, 'launchbook-guardian', String(pid)], {
      cwd: '/',
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore']
    });
    this.#shell.on('error', () => undefined);
    this.#shell.stdin?.on('error', () => undefined);
    this.#shell.unref();
    (this.#shell.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  }

  add(pid: number): void {
    this.#shell.stdin?.write(`+ ${pid}\n`);
  }

  remove(pid: number): void {
    this.#shell.stdin?.write(`- ${pid}\n`);
  }

  /** The executor has ended; what is left of its commands ends now. */
  end(): void {
    this.#shell.stdin?.end(`- ${this.#pid}\n`);
  }
}
