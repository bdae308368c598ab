// Deno's kernel. Its npm package has the program in a package for the platform, so no install script is needed.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { benchFolder } from '../place.mjs';
import { installGlobally } from './install-globally.mjs';

const VERSION = '2.9.6';

export async function denoKernel() {
  const folder = await installGlobally('deno', VERSION);
  const program = findProgram(join(folder, 'node_modules', '@deno'));
  return {
    name: 'deno',
    version: VERSION,
    plan: {
      name: 'deno',
      language: 'typescript',
      argv: [program, 'jupyter', '--kernel', '--conn', '{connection_file}'],
      env: { DENO_DIR: join(benchFolder, 'deno-cache'), DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' }
    }
  };
}

function findProgram(folder) {
  const name = process.platform === 'win32' ? 'deno.exe' : 'deno';
  const platforms = existsSync(folder) ? readdirSync(folder) : [];
  const program = platforms.map(platform => join(folder, platform, name)).find(existsSync);
  if (!program) {
    throw new Error(`the package has no program for ${process.platform}-${process.arch}`);
  }
  return program;
}
