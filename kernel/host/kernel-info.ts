// What the kernel says about itself in kernel_info_reply.
import { LANGUAGE_INFO } from '../../contract/language-info.js';
import { LAUNCHBOOK_VERSION } from '../../contract/version.js';

/** Language and banner; the core adds the protocol's own fields. */
export const KERNEL_INFO = {
  implementation: 'launchbook',
  implementation_version: LAUNCHBOOK_VERSION,
  language_info: LANGUAGE_INFO,
  banner: `Launchbook ${LAUNCHBOOK_VERSION}: TypeScript cells, type-checked before they run.`,
  help_links: []
} as const;
