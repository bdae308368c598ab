// Proof of deciding from anywhere: what a passkey signs counts when a person whom the device verified signed it on the page that the policy
// names, for ever and by everybody's ssh-keygen; whatever else is signed, changed, copied or recorded does not. A login of JupyterHub or Slack counts
// by the seal of a voucher, as less.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../set-up/places.mjs';
import { findChromium } from '../set-up/find-chromium.mjs';
import { runBrowserTests } from '../test-parts/browser.mjs';
import { runConformanceTests } from '../test-parts/conformance.mjs';
import { runJestTests } from '../test-parts/jest.mjs';
import { isClean, proveParts } from './prove-parts.mjs';

/** What a passkey signs, what ssh-keygen leaves open, and which policy asks for it. */
const SIGNING = [
  'tests/contract/signature',
  'tests/contract/holds/(decision-proves|policy-change|unmet-policy)',
  'tests/record/(profile/decide|policy)',
  'tests/run/holds/(passkey-decisions|signed-decisions|vouched-decisions)'
];

/** The record of it: changed decisions, and an archive that was made once. */
const FOR_EVER = [
  'tests/forgery/mutated-passkeys',
  'tests/lifecycle/(verify/passkey|signers/decide-pages)',
  'tests/record/decisions/notes-on-keys'
];

/** Logins: what the Jupyter server and JupyterHub say, and clicks in Slack. */
const LOGINS = ['tests/lifecycle/slack-thread', 'tests/runbook/slack', 'tests/run/people'];

/** The pages and Slack: their server, and a phone with a passkey. */
const PAGES = ['tests/lifecycle/decide', 'tests/run/holds/signed-acts', 'tests/cli/board'];
const ON_A_PHONE = [
  'decide/decision-page.spec',
  'decide/list-page.spec',
  'decide/other-hosts.spec',
  'decide/archive.spec',
  'decide/story.spec'
];

export function proveDecide() {
  process.env.LAUNCHBOOK_PROOF = '1';
  return proveParts({
    'what ssh-keygen leaves open is asked for: presence, verification, page, frame, device, means':
      async () => isClean(await runJestTests({ patterns: SIGNING, unitOnly: false })),
    'a page is posted tokens and nothing else, each verified before it is written': async () =>
      isClean(await runJestTests({ patterns: PAGES, unitOnly: false })),
    'the server, JupyterHub and Slack are believed what they can know, and nobody in their place': async () =>
      isClean(await runJestTests({ patterns: LOGINS, unitOnly: false })) &&
      isClean(await runConformanceTests(['test_vouching.py'])),
    'from the link to counted on a phone, and everything that can happen on the way': async () =>
      isClean(await runBrowserTests(await findChromium(), ON_A_PHONE)),
    '5,000 changed decisions, and an archive that verifies in 2046 with git and ssh-keygen alone': async () =>
      isClean(await runJestTests({ patterns: FOR_EVER, unitOnly: false })),
    'a real JupyterHub, two people on one server: four eyes are met by the service, and refused without it':
      async () =>
        spawnSync(process.execPath, [join(root, 'scripts', 'wheel.mjs')], { stdio: 'inherit' }).status ===
          0 && (await (await import('../shipping/hub-voucher.mjs')).proveHubVoucher())
  });
}
