// What an enrolment page says: the pages that launchbook.yml names for passkeys, and the file that their lines belong into.
import { basename, dirname, relative, resolve } from 'node:path';
import type { EnrolmentPageData } from '../../contract/decide/decision-page.js';
import { LaunchbookError } from '../../contract/base/error.js';
import { findProfileFile } from '../../record/profile/find-profile-file.js';
import type { VoucherPlace } from './voucher.js';
import { loadPolicy } from '../../record/profile/load-profile.js';

/**
 * For the launchbook.yml nearest to `folder`.
 *
 * @throws LaunchbookError `decide.no_pages` when it names no pages for passkeys; ProfileError with its faults.
 */
export function enrolmentData(folder: string): EnrolmentPageData {
  const { file, policy } = decidePolicy(folder);
  const { rpId, origins } = policy.decide;
  const signers =
    policy.allowedSigners === null ? 'allowed_signers' : inFolder(dirname(file), policy.allowedSigners);
  return { version: 1, rpId, origins, signers };
}

/** Where the voucher is named. @throws as {@link enrolmentData} */
export function voucherPlace(folder: string): VoucherPlace {
  const { decide, allowedSigners } = decidePolicy(folder).policy;
  return { name: decide.voucher, allowedSigners };
}

function decidePolicy(folder: string) {
  const file = findProfileFile(resolve(folder));
  const policy = file === null ? null : loadPolicy(file, null);
  if (!policy?.decide || file === null) {
    throw new LaunchbookError(
      `${file === null ? `There is no launchbook.yml in ${folder} or above it` : `${file} says nothing under decide`}, so no passkey can decide.`,
      {
        code: 'decide.no_pages',
        hint: 'Name the host and the addresses of the pages: decide: { rpId: launchbook.example.com, origins: ["https://launchbook.example.com"] }.'
      }
    );
  }
  return { file, policy: { ...policy, decide: policy.decide } };
}

/** The page may be read by anybody: it names no folder outside. */
function inFolder(folder: string, path: string): string {
  const inside = relative(folder, path);
  return inside.startsWith('..') ? basename(path) : inside;
}
