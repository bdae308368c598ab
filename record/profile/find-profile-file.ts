// Where a notebook's launchbook.yml is: in its folder or above, no higher than the root of its git repository. For a run the template's
// folder is what counts: a file that stands nearer to the run than to its template would replace the rules under which it was reviewed.
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { doubledProfile, misplacedProfile } from '../errors/misplaced-profile.js';
import { repositoryAround } from '../files/repository-around.js';

/** Names of the file; the first one that is there counts. */
export const PROFILE_FILES = ['launchbook.yml', 'launchbook.yaml'] as const;

/**
 * Path of the launchbook.yml that counts for a notebook in `folder`, or null. Without git only `folder` itself counts.
 *
 * @param runbook - Of a run: the template's path in the repository. @default the notebook is no run, and the nearest file counts
 * @throws ProfileError when another one stands between a run and its template, or two stand in one folder.
 */
export function findProfileFile(folder: string, runbook?: string): string | null {
  const counted = profileFileOf(folder, runbook);
  const between = runbook === undefined ? [] : filesBetween(folder, runbook);
  if (between.length > 0) {
    throw misplacedProfile(between, counted, runbook!);
  }
  const both = counted === null ? [] : filesIn(dirname(counted));
  if (both.length > 1) {
    throw doubledProfile(both);
  }
  return counted;
}

/** The same without a look at other files: for who only tells what was. */
export function profileFileOf(folder: string, runbook?: string): string | null {
  const root = repositoryAround(resolve(folder));
  const from = root === null || runbook === undefined ? resolve(folder) : templateFolder(root, runbook);
  for (const current of root === null ? [from] : foldersUpTo(root, from)) {
    const [file] = filesIn(current);
    if (file !== undefined) {
      return file;
    }
  }
  return null;
}

/** Files in folders above the run that are not above its template too. */
function filesBetween(folder: string, runbook: string): string[] {
  const root = repositoryAround(resolve(folder));
  if (root === null) {
    return [];
  }
  const ofTemplate = new Set(foldersUpTo(root, templateFolder(root, runbook)));
  return foldersUpTo(root, resolve(folder))
    .filter(each => !ofTemplate.has(each))
    .flatMap(filesIn);
}

/** The template may have been moved since; a path that leads out of the repository names none of it. */
function templateFolder(root: string, runbook: string): string {
  const folder = dirname(resolve(root, runbook));
  return relative(root, folder).startsWith('..') ? root : folder;
}

function foldersUpTo(root: string, folder: string): string[] {
  return folder === root || dirname(folder) === folder
    ? [folder]
    : [folder, ...foldersUpTo(root, dirname(folder))];
}

function filesIn(folder: string): string[] {
  return PROFILE_FILES.map(name => join(folder, name)).filter(file => existsSync(file));
}
