// What the kernel says about its language, and what a fresh run carries already: a front end that finds the same text in the
// notebook has nothing to write when it opens it, so the file stays clean.

/** `language_info` of kernel_info_reply and of the notebook's metadata, in the order of the file. */
export const LANGUAGE_INFO = {
  codemirror_mode: 'typescript',
  file_extension: '.ts',
  mimetype: 'text/typescript',
  name: 'typescript',
  nbconvert_exporter: 'script',
  pygments_lexer: 'typescript',
  version: '7.0'
} as const;
