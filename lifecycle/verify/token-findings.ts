// Signed decisions as files beside the run. Those that counted are in the journal too, word for word; the manifest knows all of them.
import { statementIdOf } from '../../record/signature/statement-id.js';
import type { Manifest } from '../manifest/manifest.js';
import { sha256 } from '../../record/hash.js';
import type { TokenFile } from '../notebook/token-files.js';
import type { JudgedRecords } from '../../record/decisions/judged-records.js';
import type { ArchiveFiles, Finding } from '../findings/verification.js';

/** Files that are missing, changed or say another thing than the journal; and notes about those that never counted. */
export function tokenFindings(
  { names, tokens }: ArchiveFiles,
  signed: Pick<JudgedRecords, 'decisions' | 'acts'>,
  manifest: Manifest | null
): { readonly findings: readonly Finding[]; readonly notes: readonly string[] } {
  const listed = manifest?.tokens ?? [];
  const recorded = recordedTokens(signed);
  const missing = listed.filter(({ name }) => !tokens.some(file => file.name === name));
  const finding = (name: string, code: string, text: string): Finding => ({
    file: `${names.tokens}/${name}`,
    line: 1,
    code,
    text
  });
  const changed = tokens.flatMap(file => {
    const known = listed.find(({ name }) => name === file.name);
    if (known && known.sha256 !== sha256(file.bytes)) {
      return [finding(file.name, 'token.changed', 'is not the signed decision that was archived')];
    }
    const id = statementIdOf(textOf(file));
    const token = id === null ? undefined : recorded.get(id);
    return token === undefined || token === textOf(file)
      ? []
      : [finding(file.name, 'token.changed', 'is not the signed decision that the journal records')];
  });
  const uncounted = tokens.filter(file => !recorded.has(statementIdOf(textOf(file)) ?? ''));
  return {
    findings: [
      ...missing.map(({ name }) => finding(name, 'token.missing', 'is not there, but was archived')),
      ...changed
    ],
    notes: uncounted.map(
      ({ name }) => `The signed decision ${names.tokens}/${name} was not counted by the run.`
    )
  };
}

function recordedTokens({ decisions, acts }: Pick<JudgedRecords, 'decisions' | 'acts'>): Map<string, string> {
  const signatures = [
    ...decisions.flatMap(({ decision }) => decision.signature ?? []),
    ...acts.flatMap(({ signature }) => signature ?? [])
  ];
  return new Map(signatures.map(({ id, token }) => [id, token]));
}

function textOf({ bytes }: TokenFile): string {
  return bytes.toString('utf8').trim();
}
