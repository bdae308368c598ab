// A process that imports the files it is given without writing, and tells for each how it ended, how long it took and how much memory the
// process that read it and this one have taken at most.
import { readdirSync, readFileSync } from 'node:fs';
import { importFile } from '../../../lifecycle/import/file/import-file.js';

let mostKib = 0;
setInterval(() => (mostKib = Math.max(mostKib, ...childrenKib())), 20).unref();

for (const file of process.argv.slice(2)) {
  const start = performance.now();
  mostKib = 0;
  let code = 'imported';
  try {
    await importFile({ file, format: null, out: null, force: false, check: true });
  } catch (error) {
    code = (error as { code?: string }).code ?? String(error);
    if (code === 'import.unproven' || !code.startsWith('import.')) {
      console.error(file, error);
    }
  }
  const mib = (mostKibOf('self') + mostKib) / 1024;
  console.log(JSON.stringify({ file, code, ms: performance.now() - start, mib }));
}

/** The most memory that each child has had, in KiB; the system keeps it until the child is gone. */
function childrenKib(): number[] {
  return readdirSync('/proc/self/task').flatMap(task => {
    const children = textOf(`/proc/self/task/${task}/children`).split(' ').filter(Boolean);
    return children.map(mostKibOf);
  });
}

/** `maxRSS` of `resourceUsage()` counts what the process had before that started this one. */
function mostKibOf(pid: string): number {
  return Number(/VmHWM:\s+(\d+)/.exec(textOf(`/proc/${pid}/status`))?.[1] ?? 0);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // It has ended meanwhile.
  }
}
