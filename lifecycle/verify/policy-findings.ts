// Is the policy of a run the one of the commit that its record names? launchbook.yml of that commit is read again, and each rule compared:
// who writes the journal anew cannot call another file, or other rules, the reviewed ones.
import { posix } from 'node:path';
import { policyChange } from '../../contract/holds/policy-change.js';
import type { JournalRecord } from '../../contract/journal/journal.js';
import type { RunInfo } from '../../contract/base/run.js';
import { policyOfText } from '../../record/profile/recorded-policy.js';
import type { Finding } from '../findings/verification.js';
import { tryGit } from '../git/git.js';
import { profileAt } from '../git/profile-at.js';

/** What is checked, in git. */
export interface CommitPlace {
  readonly repository: string;
  /** The commit that holds what is checked. */
  readonly commit: string;
}

/** What was found about the policies of a run. */
export interface PolicyFindings {
  readonly findings: readonly Finding[];
  /** What nobody can compare, one sentence each. */
  readonly notes: readonly string[];
}

type Read = Extract<JournalRecord, { kind: 'policy-read' }>;
type Fault = Pick<Finding, 'code' | 'text'>;

/** Compares each policy that the journal records with the commit that it names. `place` is null outside of git. */
export async function policyFindings(
  journal: string,
  records: readonly JournalRecord[],
  run: RunInfo | null,
  place: CommitPlace | null
): Promise<PolicyFindings> {
  if (run === null || place === null) {
    return { findings: [], notes: [] };
  }
  const findings: Finding[] = [];
  const notes = new Set<string>();
  const template = await lookForTemplate(run, place);
  findings.push(...template.faults.map(fault => ({ file: journal, line: 1, ...fault })));
  template.notes.forEach(note => notes.add(note));
  for (const [index, record] of records.entries()) {
    if (record.kind === 'policy-read') {
      const found = await comparePolicy(record, run, place);
      findings.push(...found.faults.map(fault => ({ file: journal, line: index + 1, ...fault })));
      found.notes.forEach(note => notes.add(note));
    }
  }
  return { findings, notes: [...notes] };
}

interface Compared {
  readonly faults: readonly Fault[];
  readonly notes: readonly string[];
}

/** Which launchbook.yml counts depends on where the template stands, so that is looked for where the run says it was. */
async function lookForTemplate({ runbook, commit }: RunInfo, { repository }: CommitPlace): Promise<Compared> {
  // That no commit had it is a deviation of the run; a commit that is not here is told of the policy.
  if (commit === null || !(await isCommit(repository, commit))) {
    return noted(null);
  }
  return (await tryGit(repository, ['cat-file', '-e', `${commit}:${runbook}`])) === null
    ? fault(
        'run.other_template',
        `names ${runbook} at commit ${commit.slice(0, 12)} as the template of the run, which that commit does not have`
      )
    : noted(null);
}

async function isCommit(repository: string, commit: string): Promise<boolean> {
  return (
    /^[0-9a-f]{40,64}$/.test(commit) &&
    (await tryGit(repository, ['cat-file', '-e', `${commit}^{commit}`])) !== null
  );
}

async function comparePolicy(
  record: Read,
  run: RunInfo,
  { repository, commit: head }: CommitPlace
): Promise<Compared> {
  const { file } = record;
  if (file === undefined || file.commit === null) {
    // Earlier versions named no file.
    const isTold = file !== undefined || run.policy !== undefined;
    return noted(
      isTold
        ? `The policy of the run is that of ${file?.path ?? 'a launchbook.yml'} as no commit had it, so nobody can compare it.`
        : null
    );
  }
  const short = file.commit.slice(0, 12);
  if (!(await isCommit(repository, file.commit))) {
    return noted(
      `The policy of the run is that of ${file.path} at commit ${short}, which is not in this repository, so nobody can compare it.`
    );
  }
  const counted = await profileAt(repository, file.commit, posix.dirname(run.runbook));
  if (counted?.path !== file.path) {
    return fault(
      'policy.other_file',
      `names ${file.path} at commit ${short} as the policy; there ${counted?.path ?? 'no launchbook.yml'} counts for ${run.runbook}`
    );
  }
  const isBefore = (await tryGit(repository, ['merge-base', '--is-ancestor', file.commit, head])) !== null;
  const notes = isBefore
    ? []
    : [
        `The policy of the run is that of commit ${short}, which is not in the history of what is checked: see who has made it.`
      ];
  return compareText(record, counted.text, run.environment, `${file.path} at commit ${short}`, notes);
}

function compareText(
  { policy }: Read,
  text: string,
  environment: string,
  where: string,
  notes: readonly string[]
): Compared {
  try {
    const { weaker, stricter } = policyChange(policyOfText(text, environment), policy);
    const different = [...weaker, ...stricter];
    return different.length === 0
      ? { faults: [], notes }
      : {
          ...fault(
            'policy.other_than_committed',
            `records another policy than ${where} has: ${different.join(' ').replace(/\.$/, '')}`
          ),
          notes
        };
  } catch {
    return {
      faults: [],
      notes: [
        ...notes,
        `The policy of the run is that of ${where}, which this version cannot read, so nobody can compare it.`
      ]
    };
  }
}

function fault(code: string, text: string): Compared {
  return { faults: [{ code, text }], notes: [] };
}

function noted(note: string | null): Compared {
  return { faults: [], notes: note === null ? [] : [note] };
}
