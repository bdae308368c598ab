// The address of the repository, which a copy of this project cannot know beforehand, is written into the packages when they are released:
// their metadata, and the README as registries show it, whose pictures and links must be whole addresses there.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetUpFault } from '../set-up/set-up-fault.mjs';

/** Stamps package.json, pyproject.toml and README.md of a checkout. `address`: `https://HOST/OWNER/NAME`. */
export function stampRepository(folder, address) {
  if (!/^https:\/\/[\w.-]+\/[\w.-]+\/[\w.-]+$/.test(address)) {
    throw new SetUpFault(`"${address}" is no address of a repository.`, 'Expected https://HOST/OWNER/NAME.');
  }
  const change = (path, write) =>
    writeFileSync(join(folder, path), write(readFileSync(join(folder, path), 'utf8')));
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  change('package.json', text => npmManifest(text, address));
  change('pyproject.toml', text => pythonManifest(text, address));
  change('README.md', text =>
    registryReadme(text, `${address}/raw/v${version}`, `${address}/blob/v${version}`, address)
  );
  return `package.json, pyproject.toml and README.md name ${address}`;
}

function npmManifest(text, address) {
  const manifest = JSON.parse(text);
  const more = {
    repository: { type: 'git', url: `git+${address}.git` },
    homepage: `${address}#readme`,
    bugs: { url: `${address}/issues` }
  };
  return `${JSON.stringify({ ...manifest, ...more }, null, 2)}\n`;
}

/** PyPI and JupyterLab's extension manager know these labels. */
function pythonManifest(text, address) {
  const urls = {
    Homepage: address,
    Documentation: `${address}/tree/main/docs`,
    'Source Code': address,
    'Bug Tracker': `${address}/issues`,
    Changelog: `${address}/blob/main/CHANGELOG.md`
  };
  const table = `[project.urls]\n${Object.entries(urls)
    .map(([name, url]) => `"${name}" = "${url}"\n`)
    .join('')}\n`;
  return text
    .replace(/\[project\.urls\]\n(?:.+\n)*\n/, '')
    .replace('[project.scripts]', `${table}[project.scripts]`);
}

/** Badges that are true where the README is read then, and whole addresses. */
function registryReadme(text, raw, blob, address) {
  const badges = [
    `[![PyPI](https://img.shields.io/pypi/v/launchbook)](https://pypi.org/project/launchbook/)`,
    `[![npm](https://img.shields.io/npm/v/launchbook)](https://www.npmjs.com/package/launchbook)`,
    `[![CI](${address}/actions/workflows/ci.yml/badge.svg)](${address}/actions/workflows/ci.yml)`
  ].join(' ');
  return text
    .replace(/^(# .+\n)(?!\n\[!\[PyPI)/, `$1\n${badges}\n`)
    .replace(
      /(!?)\[([^\]]*)\]\((?!\w+:|#)([^)]+)\)/g,
      (_, picture, words, path) => `${picture}[${words}](${picture ? raw : blob}/${path})`
    );
}
