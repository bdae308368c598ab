// One version everywhere: the tag, both packages, the source, and the change log, which must not say "unreleased" any more. What a
// released version wrote is kept for every later one.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../set-up/places.mjs';
import { SetUpFault } from '../set-up/set-up-fault.mjs';

/** The version, when `tag` is `v` and the version of every file. */
export function checkVersion(tag, folder = root) {
  const read = path => readFileSync(join(folder, path), 'utf8');
  const heading = /^## (.+)$/m.exec(read('CHANGELOG.md'))?.[1] ?? '';
  const seen = {
    'the tag': tag.replace(/^v/, ''),
    'package.json': JSON.parse(read('package.json')).version,
    'pyproject.toml': /^version = "(.+)"$/m.exec(read('pyproject.toml'))?.[1],
    'contract/base/version.ts': /'(\d[^']*)'/.exec(read('contract/base/version.ts'))?.[1],
    'CHANGELOG.md': heading
  };
  const version = seen['package.json'];
  const faults = [
    ...(/^v\d/.test(tag) ? [] : [`the tag is ${tag}, expected v${version}`]),
    ...Object.entries(seen)
      .filter(([, other]) => other !== version)
      .map(([place, other]) => `${place} says ${other}, expected ${version}`),
    ...(existsSync(join(folder, 'tests', 'replay', version))
      ? []
      : [`tests/replay/${version} is not there: what this version writes must stay readable`])
  ];
  if (faults.length > 0) {
    throw new SetUpFault('This is not ready to be released.', faults.join('\n'));
  }
  return version;
}
