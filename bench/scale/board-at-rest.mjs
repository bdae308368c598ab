// The board of a run while a page looks on and nothing happens: share of a core, and memory. From Linux's /proc.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { productNode, root } from '../../scripts/set-up/places.mjs';

/** The first look reads the whole journal. */
const FIRST_LOOK_MS = 15_000;
const WATCHED_MS = 10_000;

/** `{ percent, megabytes }` of the process that serves the run at `path`. */
export async function measureBoard(path, state) {
  const args = [join(root, 'lib/cli/main.js'), 'board', path, '--json'];
  const env = { ...process.env, XDG_STATE_HOME: state };
  const board = spawn(productNode(), args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const page = new AbortController();
  try {
    const [said] = await once(board.stdout, 'data');
    const { url } = JSON.parse(String(said));
    const { body } = await fetch(new URL('events', url), { signal: page.signal });
    void body.pipeTo(new WritableStream()).catch(() => undefined);
    await rest(FIRST_LOOK_MS);
    const before = processorMs(board.pid);
    await rest(WATCHED_MS);
    const percent = ((processorMs(board.pid) - before) / WATCHED_MS) * 100;
    const kilobytes = Number(
      /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${board.pid}/smaps_rollup`, 'utf8'))[1]
    );
    return { percent, megabytes: kilobytes / 1000 };
  } finally {
    page.abort();
    board.kill();
  }
}

function processorMs(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function rest(ms) {
  return new Promise(resolve => setTimeout(resolve, ms));
}
