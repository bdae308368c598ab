// The archive was refused because a secret would have been committed.
import { LaunchbookError } from '../../contract/base/error.js';
import { formatCount } from '../../contract/base/format.js';
import type { SecretSearch } from '../secrets/find-secrets.js';

/** Names every place; never shows a secret. */
export class SecretsFoundError extends LaunchbookError {
  constructor(path: string, search: SecretSearch) {
    const { findings, files, secrets, forms } = search;
    const lines = findings.map(
      ({ file, line, place, what }) => `  - ${file} line ${line}, ${place}: ${what}`
    );
    const scope = `${formatCount(files, 'file')} searched for ${formatCount(secrets, 'known secret')} in up to ${forms} written forms each, and for the forms of credentials`;
    super(
      `Archiving ${path}: ${formatCount(findings.length, 'place')} with a secret (${scope})\n${lines.join('\n')}`,
      {
        code: 'archive.secrets',
        hint: 'Nothing was committed. Take the secret out of the cell or output; if it stands in the journal, revoke it: what was recorded is not rewritten.',
        fields: { findings: findings.map(finding => ({ ...finding })), files, secrets, forms }
      }
    );
  }
}
