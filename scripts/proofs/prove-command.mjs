// The table of proofs. An unknown name is answered with exit code 2, never with success.
import { orExplain } from '../set-up/set-up-fault.mjs';
import { proveDecide } from './decide.mjs';
import { proveEvidence } from './evidence.mjs';
import { proveExtension } from './extension.mjs';
import { proveHelpers } from './helpers.mjs';
import { proveHolds } from './holds.mjs';
import { proveHouse } from './house.mjs';
import { proveImport } from './import.mjs';
import { proveJournal } from './journal.mjs';
import { proveKernel } from './kernel.mjs';
import { proveLifecycle } from './lifecycle.mjs';
import { proveMainJob } from './main-job.mjs';
import { proveNight } from './night.mjs';
import { chooseParts } from './prove-parts.mjs';
import { proveScale } from './scale.mjs';
import { proveShipping } from './shipping.mjs';
import { proveSteps } from './steps.mjs';
import { proveTrust } from './trust.mjs';

const PROOFS = {
  'main-job': {
    promise: 'a release runs, stops at an approval and leaves a readable archive',
    run: proveMainJob
  },
  kernel: {
    promise: 'the kernel follows the protocol, survives what cells and clients do, and loses no output',
    run: proveKernel
  },
  helpers: { promise: 'shell, HTTP and Splunk helpers are safe by default', run: proveHelpers },
  journal: { promise: 'a run survives the death of every process', run: proveJournal },
  holds: { promise: 'hold points cannot be passed by silence or by the wrong person', run: proveHolds },
  extension: {
    promise: 'JupyterLab for release managers, with a thousand cells',
    run: proveExtension
  },
  lifecycle: { promise: 'fresh copy, archive, verification and learning', run: proveLifecycle },
  trust: {
    promise:
      'what leaves is masked and escaped, what is an answer stays one, and no request, file or record ends a reader',
    run: proveTrust
  },
  decide: {
    promise: 'a person decides from anywhere, and everybody can verify it for ever',
    run: proveDecide
  },
  house: {
    promise: 'the code base is one house: rooms, sizes, names, and tests within their time',
    run: proveHouse
  },
  evidence: {
    promise: 'the record tells the whole story, and evidence knows when it is incomplete',
    run: proveEvidence
  },
  night: {
    promise: 'a release night without a snag: nothing in the way, one voice, and fewer acts',
    run: proveNight
  },
  shipping: {
    promise:
      'anyone can install it where it is supported, in each way and each front end, and take it away again',
    run: proveShipping
  },
  import: {
    promise:
      'documents that teams have become runbooks: nothing lost, no argument different, no guess untold',
    run: proveImport
  },
  scale: {
    promise: 'long histories, long chains of types and many watchers feel like the small case',
    run: proveScale
  },
  steps: {
    promise: 'a step ends when all of it has ended, runs where it is recorded, and goes on from where it was',
    run: proveSteps
  }
};

export async function prove(args) {
  const [name, ...words] = args;
  const proof = Object.hasOwn(PROOFS, name ?? '') ? PROOFS[name] : undefined;
  if (!proof) {
    const isHelp = name === '--help';
    console.error(listOfProofs(isHelp ? undefined : name));
    process.exitCode = isHelp ? 0 : 2;
    return;
  }
  console.log(`Proving: ${proof.promise}`);
  chooseParts(words);
  await orExplain('prove', async () => {
    const hasPassed = await proof.run();
    const what = words.length === 0 ? name : `of ${name} the parts with ${words.join(', ')}`;
    console.log(hasPassed ? `proved ${what}` : `not proved ${what}`);
    process.exitCode = hasPassed ? 0 : 1;
  });
}

function listOfProofs(unknown) {
  const lines = Object.entries(PROOFS).map(([name, proof]) => `  ${name.padEnd(10)} ${proof.promise}`);
  const complaint = unknown === undefined ? '' : `prove: there is no proof "${unknown}".\n\n`;
  return `${complaint}Usage: npm run prove -- NAME [WORD]...\n\nWith words, only the parts of the proof whose names have one of them.\n\n${lines.join('\n')}\n\nExamples:\n  npm run prove -- main-job\n  npm run prove -- shipping JupyterHub`;
}
