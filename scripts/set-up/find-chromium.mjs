// Finds Chromium for the browser tests, and installs Debian's package when it is absent and that is permitted.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installWithApt } from './install-with-apt.mjs';
import { SetUpFault } from './set-up-fault.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC_PATHS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
];
const PACKAGES = ['chromium', 'fonts-dejavu-core'];

/** The browser's path. LAUNCHBOOK_CHROMIUM overrides the search. */
export async function findChromium() {
  const named = process.env.LAUNCHBOOK_CHROMIUM;
  if (named && !existsSync(named)) {
    throw new SetUpFault(
      `LAUNCHBOOK_CHROMIUM names ${named}, which does not exist.`,
      'Correct it or unset it.'
    );
  }
  const found = named ?? search();
  if (found) {
    return found;
  }
  await installWithApt({ what: 'Chromium', packages: PACKAGES, hint: hint() });
  const installed = search();
  if (!installed) {
    throw new SetUpFault('Chromium is still not found after its package was installed.', hint());
  }
  return installed;
}

function search() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = folders.flatMap(folder => NAMES.map(name => join(folder, name)));
  return [...candidates, ...MAC_PATHS].find(path => existsSync(path));
}

function hint() {
  return `Install it (Debian: sudo apt-get install ${PACKAGES.join(' ')}), or set LAUNCHBOOK_CHROMIUM to a Chromium or Chrome.`;
}
