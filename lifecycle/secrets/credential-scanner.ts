// Finds credentials that nobody has named, by their form: secretlint's recommended rules (cloud keys, tokens of known services,
// private keys, passwords in addresses). The rule that lets a comment in a file switch the others off is left out.

/** A credential; what it is, never its text. */
export interface Credential {
  /** 1-based. */
  readonly line: number;
  /** In UTF-16 code units from the beginning. */
  readonly offset: number;
  readonly what: string;
}

/** Scans one text. The scanner is loaded at the first use. */
export async function scanForCredentials(text: string): Promise<Credential[]> {
  const { lintSource } = await import('@secretlint/core');
  const { creator } = await import('@secretlint/secretlint-rule-preset-recommend');
  const { messages } = await lintSource({
    source: { filePath: 'archive.txt', content: text, ext: '.txt', contentType: 'text' },
    options: {
      config: { rules: [{ id: PRESET, rule: creator, rules: [{ id: COMMENTS, disabled: true }] }] },
      maskSecrets: true,
      noPhysicFilePath: true
    }
  });
  return messages.map(({ range, ruleId, messageId }) => ({
    line: text.slice(0, range[0]).split('\n').length,
    offset: range[0],
    what: `${messageId} (${ruleId.replace('@secretlint/secretlint-rule-', 'rule ')})`
  }));
}

const PRESET = '@secretlint/secretlint-rule-preset-recommend';
const COMMENTS = '@secretlint/secretlint-rule-filter-comments';
