// The values that must not be in an archive: those of the environment's profile, those that launchbook.yml names, and those that
// the cells read or the kernel masked by name. A value that this process cannot read is reported, because it was not searched for.
import { dirname, resolve } from 'node:path';
import { profileDocument } from '../new/profile-document.js';
import { textOf } from '../../contract/notebook/outline.js';
import { readTextOfRun } from '../../record/files/read-file.js';
import { profileFileOf } from '../../record/profile/find-profile-file.js';
import { loadProfile } from '../../record/profile/load-profile.js';
import type { KnownSecret } from '../../runbook/masking/masker.js';
import { profileSecretsOf } from '../../runbook/masking/profile-secrets.js';
import { SHORTEST_SECRET } from '../../runbook/masking/secret-forms.js';
import type { SecretText } from '../../record/profile/profile-schema.js';
import type { RunFiles } from '../notebook/read-run.js';

/** What can be searched for, and the names of what cannot. */
export interface KnownSecrets {
  readonly secrets: readonly KnownSecret[];
  /** Secrets without a value here: `DEPLOY_TOKEN (no such environment variable)`. */
  readonly unreadable: readonly string[];
}

/** Collects them. `environment` is usually `process.env`; commands that print secrets are not run. */
export function knownSecrets(files: RunFiles, environment: NodeJS.ProcessEnv): KnownSecrets {
  const folder = dirname(resolve(files.path));
  const sources = declaredSources(folder, files.run);
  const named = new Map<string, SecretText>([
    ...[...namesIn(files)].map((name): [string, SecretText] => [name, { env: name }]),
    ...Object.entries(sources.secrets)
  ]);
  const secrets: KnownSecret[] = [];
  const unreadable: string[] = [];
  for (const [name, source] of named) {
    const value = readSource(source, sources.folder, environment);
    if (typeof value !== 'string') {
      unreadable.push(`${name} (${value.reason})`);
    } else if (value.length >= SHORTEST_SECRET) {
      secrets.push({ name, value });
    }
  }
  const profile = profileSecrets(folder, files, environment);
  return { secrets: [...profile.secrets, ...secrets], unreadable: [...profile.unreadable, ...unreadable] };
}

/** Names in `secret('NAME')` of the cells. */
function namesIn(files: RunFiles): Set<string> {
  const sources = files.notebook.cells
    .filter(cell => cell.cell_type === 'code')
    .map(cell => textOf(cell.source));
  return new Set(
    sources.flatMap(source =>
      [...source.matchAll(/\bsecret\s*\(\s*(['"`])([^'"`\n]+)\1/g)].map(match => match[2]!)
    )
  );
}

function declaredSources(
  folder: string,
  run: RunFiles['run']
): { readonly folder: string; readonly secrets: { readonly [name: string]: SecretText } } {
  const file = profileFileOf(folder, run?.runbook);
  if (file === null) {
    return { folder, secrets: {} };
  }
  const content = profileDocument(file) as ProfileText | null;
  const own = content?.environments?.[run?.environment ?? '']?.secrets;
  return { folder: dirname(file), secrets: { ...content?.secrets, ...own } };
}

interface ProfileText {
  readonly secrets?: { readonly [name: string]: SecretText };
  readonly environments?: {
    readonly [name: string]: { readonly secrets?: { readonly [name: string]: SecretText } };
  };
}

function readSource(
  source: SecretText,
  folder: string,
  environment: NodeJS.ProcessEnv
): string | { readonly reason: string } {
  if (source.env !== undefined) {
    return environment[source.env] ?? { reason: `no environment variable ${source.env}` };
  }
  if (source.file === undefined) {
    return { reason: 'printed by a command, which is not run for this' };
  }
  try {
    return readTextOfRun(resolve(folder, source.file), 'secret').replace(/\r?\n$/, '');
  } catch {
    return { reason: `no file ${source.file}` };
  }
}

/** Tokens of the environment; they come from variables that may be absent where a run is archived. */
function profileSecrets(folder: string, { run }: RunFiles, environment: NodeJS.ProcessEnv): KnownSecrets {
  try {
    const profile = loadProfile({ folder, run, environment });
    return { secrets: profileSecretsOf(profile), unreadable: [] };
  } catch (error) {
    const reason = (error as Error).message.replace(/\s+/g, ' ').replace(/\.$/, '');
    return { secrets: [], unreadable: [`tokens of the environment ${run?.environment ?? ''} (${reason})`] };
  }
}
