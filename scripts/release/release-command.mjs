// The table of release steps. Each can be run by hand; none of them publishes anything.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../set-up/places.mjs';
import { orExplain, SetUpFault } from '../set-up/set-up-fault.mjs';
import { checkVersion } from './check-version.mjs';
import { checkWorkflows } from './check-workflows.mjs';
import { packNpm } from './pack-npm.mjs';
import { billOfMaterials, partsLicences } from './parts-list.mjs';
import { stampRepository } from './stamp-repository.mjs';

const STEPS = {
  check: {
    takes: 'TAG',
    does: 'the tag is the version of every file, and CHANGELOG.md tells of it',
    run: checkVersion
  },
  stamp: {
    takes: 'ADDRESS',
    does: 'writes the address of the repository into the packages and the README, here in this checkout',
    run: address => stampRepository(root, address)
  },
  pack: {
    takes: '',
    does: 'builds the npm package in dist/ and checks what is in it',
    run: () => packNpm(join(root, 'dist'))
  },
  parts: {
    takes: '',
    does: 'writes the bill of materials and the licences of all parts into dist/',
    run: writeParts
  },
  workflows: {
    takes: '',
    does: 'checks the workflow files: schema, weaknesses, pinned actions',
    run: checkWorkflows
  },
  sums: { takes: '', does: 'writes the checksums of the files in dist/', run: writeSums }
};

const HELP = `Usage: npm run release -- STEP [ARGUMENT]

${Object.entries(STEPS)
  .map(([name, { takes, does }]) => `  ${`${name} ${takes}`.padEnd(15)} ${does}`)
  .join('\n')}

Examples:
  npm run release -- check v0.1.0
  npm run release -- pack`;

export async function release([name, argument]) {
  const step = Object.hasOwn(STEPS, name ?? '') ? STEPS[name] : undefined;
  if (!step || (step.takes !== '' && argument === undefined)) {
    console.error(HELP);
    process.exitCode = name === '--help' ? 0 : 2;
    return;
  }
  await orExplain('release', async () => console.log(await step.run(argument)));
}

function writeParts() {
  const dist = join(root, 'dist');
  mkdirSync(dist, { recursive: true });
  writeFileSync(join(dist, 'launchbook.cdx.json'), billOfMaterials(null));
  writeFileSync(join(dist, 'THIRD_PARTY_LICENSES'), partsLicences(null, root));
  return 'dist/launchbook.cdx.json and dist/THIRD_PARTY_LICENSES';
}

function writeSums() {
  const dist = join(root, 'dist');
  const names = readdirSync(dist).filter(name => /\.(whl|tgz|json)$|^THIRD_PARTY/.test(name));
  if (names.length === 0) {
    throw new SetUpFault(
      'There is nothing in dist/ to sum up.',
      'Build the wheels and the npm package first.'
    );
  }
  const lines = names.sort().map(name => {
    const digest = createHash('sha256')
      .update(readFileSync(join(dist, name)))
      .digest('hex');
    return `${digest}  ${name}\n`;
  });
  writeFileSync(join(dist, 'SHA256SUMS'), lines.join(''));
  return `dist/SHA256SUMS: ${names.length} files`;
}
