// What the kernel says about itself in kernel_info_reply.
import { LAUNCHBOOK_VERSION } from '../../contract/version.js';

/** Language and banner; the core adds the protocol's own fields. */
export const KERNEL_INFO = {
  implementation: 'launchbook',
  implementation_version: LAUNCHBOOK_VERSION,
  language_info: {
    name: 'typescript',
    version: '7.0',
    mimetype: 'text/typescript',
    file_extension: '.ts',
    codemirror_mode: 'typescript',
    pygments_lexer: 'typescript',
    nbconvert_exporter: 'script'
  },
  banner: `Launchbook ${LAUNCHBOOK_VERSION}: TypeScript cells, type-checked before they run.`,
  help_links: []
} as const;
