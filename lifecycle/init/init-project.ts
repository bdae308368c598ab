// Prepares a repository for runbooks: settings, a template, folders, and what git must know about notebooks and journals.
// Nothing that exists is overwritten; lists of lines are extended. Doing it again changes nothing.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { git } from '../git/git.js';
import { repositoryOf } from '../git/repository.js';
import { refuse } from '../refused-error.js';
import { notebookText } from '../notebook/notebook-text.js';
import {
  GIT_ATTRIBUTES,
  GIT_IGNORE,
  mergeSettings,
  NBDIME_CONFIG,
  NBDIME_GIT_SETTINGS,
  type GitSetting
} from './git-files.js';
import { STARTER_PROFILE } from './starter-profile.js';
import { STARTER_RUNBOOK } from './starter-runbook.js';

/** What happened to one file. */
export interface PreparedFile {
  /** Path in the folder, with forward slashes. */
  readonly path: string;
  /** `kept`: it was there and is as it was. `extended`: lines were added at its end. */
  readonly change: 'written' | 'extended' | 'kept';
}

/** A prepared folder. */
export interface PreparedProject {
  /** Absolute. */
  readonly folder: string;
  /** True when the folder was in no git repository, so that one was made. */
  readonly isNewRepository: boolean;
  readonly files: readonly PreparedFile[];
  /** What a person should know, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Prepares `folder`, which may be empty or an existing repository.
 *
 * @param folder - Made when it does not exist.
 * @param command - Program and arguments that start `launchbook`, for git to call where it is not on the PATH.
 * @throws RefusedError when it is a file or cannot be made.
 * @throws GitError when git is not installed or refuses.
 * @example
 * (await initProject('.')).files[0] // { path: 'launchbook.yml', change: 'written' }
 */
export async function initProject(folder: string, command: readonly string[] = []): Promise<PreparedProject> {
  const place = resolve(folder);
  makeFolder(place, folder);
  const isNewRepository = (await repositoryOf(place)) === null;
  if (isNewRepository) {
    await git(place, ['init', '--quiet', '--initial-branch=main']);
  }
  const files = [
    writeWhenAbsent(place, 'launchbook.yml', STARTER_PROFILE),
    writeWhenAbsent(place, 'release.ipynb', notebookText(STARTER_RUNBOOK)),
    writeWhenAbsent(place, 'runs/README.md', RUNS_README),
    writeWhenAbsent(place, 'nbdime_config.json', `${JSON.stringify(NBDIME_CONFIG, null, 2)}\n`),
    await extendAttributes(place),
    extend(place, '.gitignore', GIT_IGNORE)
  ];
  await configure(place, mergeSettings(lastingCommand(command)));
  const notes = await configureNbdime(place);
  return { folder: place, isNewRepository, files, notes };
}

function makeFolder(place: string, given: string): void {
  try {
    mkdirSync(place, { recursive: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const isFile = code === 'EEXIST' || code === 'ENOTDIR';
    const hint = 'Give the folder of the repository, or the name of one that is to be made.';
    refuse(
      'init.refused',
      `Preparing ${given}`,
      isFile ? 'it is a file, or in one, expected a folder' : message,
      hint
    );
  }
}

const RUNS_README = `# Runs

One folder a release and environment, made by \`launchbook new\`. A run is executed once, then archived with \`launchbook archive\`; its notebook is the record of what happened. Runs are not edited afterwards: \`launchbook verify\` would find it.
`;

function writeWhenAbsent(folder: string, path: string, text: string): PreparedFile {
  const file = join(folder, path);
  if (existsSync(file)) {
    return { path, change: 'kept' };
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { flag: 'wx' });
  return { path, change: 'written' };
}

/** Adds the lines that are not there yet, comments included. */
function extend(folder: string, path: string, lines: readonly string[]): PreparedFile {
  const file = join(folder, path);
  const before = existsSync(file) ? readFileSync(file, 'utf8') : null;
  const present = new Set(before?.split(/\r?\n/));
  const missing = lines.filter(line => !present.has(line));
  if (missing.every(line => line.startsWith('#'))) {
    return { path, change: 'kept' };
  }
  const gap = before === null || before === '' ? '' : before.endsWith('\n') ? '\n' : '\n\n';
  writeFileSync(file, `${before ?? ''}${gap}${missing.join('\n')}\n`);
  return { path, change: before === null ? 'written' : 'extended' };
}

/**
 * Of two lines of .gitattributes that name a file the last one counts: what another program has added behind ours, such as
 * `nbdime config-git --enable`, would merge notebooks and the record of runs its own way. Then ours are put behind it.
 */
async function extendAttributes(folder: string): Promise<PreparedFile> {
  const extended = extend(folder, '.gitattributes', GIT_ATTRIBUTES);
  if (await countsLast(folder)) {
    return extended;
  }
  const file = join(folder, '.gitattributes');
  const own = new Set(GIT_ATTRIBUTES);
  const others = readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .filter(line => !own.has(line));
  writeFileSync(file, `${others.join('\n').trim()}\n\n${GIT_ATTRIBUTES.join('\n')}\n`);
  return { path: '.gitattributes', change: 'extended' };
}

async function countsLast(folder: string): Promise<boolean> {
  const drivers = await git(folder, ['check-attr', '-z', 'merge', '--', 'x.ipynb', 'runs/x/x.ipynb']);
  return (
    drivers
      .split('\0')
      .filter((_, index) => index % 3 === 2)
      .join() === 'launchbook,unset'
  );
}

/** The plain word where that is enough: it goes on to work after an upgrade. */
function lastingCommand(command: readonly string[]): readonly string[] {
  return command.length === 0 || isOnPath('launchbook', isLasting) ? ['launchbook'] : command;
}

/** Without its programs on the PATH, git would fail at every difference of a notebook; then it shows them as text. */
async function configureNbdime(folder: string): Promise<string[]> {
  if (!isOnPath('git-nbdiffdriver')) {
    return [
      'nbdime is not installed, so git diff shows notebooks as text. With nbdime (pip install nbdime) it shows them cell by cell: install it and run init again.'
    ];
  }
  await configure(folder, NBDIME_GIT_SETTINGS);
  return [];
}

async function configure(folder: string, settings: readonly GitSetting[]): Promise<void> {
  for (const [name, value] of settings) {
    await git(folder, ['config', name, value]);
  }
}

/** npm puts its folders on the PATH for one call. */
function isLasting(folder: string): boolean {
  return !folder.includes('node_modules');
}

function isOnPath(program: string, counts: (folder: string) => boolean = () => true): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(counts);
  const names = process.platform === 'win32' ? [`${program}.exe`, `${program}.cmd`] : [program];
  return folders.some(folder => folder !== '' && names.some(name => existsSync(join(folder, name))));
}
