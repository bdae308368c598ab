// `launchbook approve`: shows what a run asks, and signs the decision with the approver's own SSH key. Without a decision it only shows.
import { homedir } from 'node:os';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { visibleLine } from '../../contract/base/escape.js';
import { approvalBundle } from '../../contract/holds/fallback.js';
import type { JsonObject } from '../../contract/base/json.js';
import { rulesOf } from '../../contract/holds/approval-rules.js';
import type { BoundCell } from '../../contract/holds/content-binding.js';
import type { ApprovalState } from '../../contract/holds/hold.js';
import { textOf } from '../../contract/notebook/outline.js';
import { findPendingHold, type PendingHold } from '../../lifecycle/approve/pending-hold.js';
import { commitToken, keepToken, signDecision } from '../../lifecycle/approve/sign-decision.js';
import { decisionLink } from '../../lifecycle/decide/decision-link.js';
import type { RunFiles } from '../../lifecycle/notebook/read-run.js';
import { questionOf } from '../../lifecycle/decide/page-data.js';
import { loadProfile } from '../../record/profile/load-profile.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Call, Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';

interface ApproveOptions {
  readonly approve?: boolean;
  readonly reject?: boolean;
  readonly comment: string;
  readonly set: readonly string[];
  readonly key?: string;
  readonly as?: string;
  readonly signers?: string;
  readonly write?: boolean;
  readonly commit?: boolean;
  readonly link?: string;
  readonly json?: boolean;
}

export function addApproveCommand(program: Command, { terminal, finish }: Call): void {
  program
    .command('approve')
    .summary('sign a decision on a hold point')
    .description(
      'Shows what a run asks its approvers. With --approve or --reject it signs the decision with your SSH key and prints a token, which counts for this run, hold point, content and time alone. Nothing is decided without one of the two.'
    )
    .argument('<run>', 'the notebook of the run')
    .argument('[hold]', 'name of the hold point (default: the only one that waits)')
    .option('--approve', 'sign that it is approved')
    .option('--reject', 'sign that it is rejected; needs --comment')
    .option('--comment <text>', 'what you checked, or why you reject', '')
    .option('--set <field=value>', 'an answer to the form; may be given again', collect, [])
    .option('--key <file>', 'your SSH key (default: ~/.ssh/id_ed25519, id_ecdsa or id_rsa)')
    .option('--as <name>', 'your name in allowed_signers (default: the one of your key)')
    .option('--signers <file>', 'the allowed_signers file (default: as launchbook.yml says)')
    .option('--write', 'write the token beside the run, where its kernel looks for it')
    .option('--commit', 'write it and commit it to the branch that is checked out')
    .option(
      '--link <page>',
      'print the link to the question on a page that launchbook board --decide-page has written'
    )
    .option('--json', 'print one object')
    .addHelpText(
      'after',
      `
Examples:
  launchbook approve runs/2.4.0-production/release.ipynb
  launchbook approve runs/2.4.0-production/release.ipynb "QA sign-off" --approve --comment "ordered a tea"
  launchbook approve runs/2.4.0-production/release.ipynb --reject --comment "checkout is slow" --commit
  launchbook approve runs/2.4.0-production/release.ipynb --link https://example.github.io/decide.html

Exit codes: 0 signed, 2 called wrongly or nothing waits, 3 shown and not decided.`
    )
    .action(async (run: string, hold: string | undefined, options: ApproveOptions) =>
      finish(await approve(run, hold, options, terminal))
    );
}

async function approve(
  path: string,
  name: string | undefined,
  options: ApproveOptions,
  terminal: Terminal
): Promise<ExitCode> {
  if (options.approve && options.reject) {
    throw new UsageError('launchbook approve cannot take both --approve and --reject.');
  }
  const hold = findPendingHold(path, name);
  if (options.link !== undefined) {
    terminal.say(decisionLink(options.link, questionOf(path, hold)));
    return EXIT.held;
  }
  show(hold, options, terminal);
  if (!options.approve && !options.reject) {
    return EXIT.held;
  }
  const token = await signDecision(hold, {
    decision: options.approve ? 'approved' : 'rejected',
    comment: options.comment,
    values: valuesOf(hold, options.set),
    key: options.key ?? defaultKey(),
    by: options.as ?? null,
    allowedSigners: options.signers ?? signersOf(path, hold)
  });
  const file = options.write || options.commit ? keepToken(path, token) : null;
  const word = options.approve ? 'Approve' : 'Reject';
  const branch = options.commit && file ? await commitToken(file, `${word} “${hold.approval.name}”`) : null;
  terminal.say(...(options.json ? [JSON.stringify({ token, file, branch })] : closing(token, file, branch)));
  return EXIT.passed;
}

/** The text goes to stderr, so that a script gets the token alone. */
function show({ run, approval, files }: PendingHold, options: ApproveOptions, terminal: Terminal): void {
  const { binding } = approval;
  // Only what is signed is shown: the parts that the content hash was taken over.
  const where = run
    ? `Run ${run.id}, release ${binding?.release ?? 'none'}, environment ${binding?.environment ?? 'none'}`
    : 'Scratch notebook';
  const parameters = Object.entries(binding?.parameters ?? {}).map(
    ([name, { text }]) => `    ${name}: ${text}`
  );
  const text = [
    where,
    ...(parameters.length === 0 ? [] : ['Parameters', ...parameters]),
    `Phase “${binding?.phase ?? approval.phase}”, and what it releases`,
    ...(binding?.cells ?? []).flatMap(cell => textOfCell(cell, files)),
    '',
    ...String(approvalBundle(asAsked(approval), null)['text/plain']).split('\n'),
    ...(approval.status === 'withdrawn'
      ? ['    Nobody could be asked where the run was: it takes the decision when it goes on.']
      : []),
    ''
  ];
  if (options.json) {
    text.forEach(line => terminal.note(visibleLine(line)));
  } else {
    terminal.say(...text);
  }
}

/** What a run without a front end has asked waits for people all the same. */
function asAsked(approval: ApprovalState): ApprovalState {
  const { closure, ...asked } = approval;
  return closure?.status === 'withdrawn' ? { ...asked, status: 'pending' } : approval;
}

/** A step by its title, and everything that its cell says: that is what is signed. */
function textOfCell({ id, title }: BoundCell, { notebook, outline }: RunFiles): string[] {
  const step = outline.phases.flatMap(phase => phase.steps).find(each => each.id === id);
  const cell = notebook.cells.find(each => each.id === id);
  const lines = cell === undefined ? [title] : textOf(cell.source).trim().split('\n');
  return [...(step === undefined ? [] : [`    ${step.title}`]), ...lines.map(line => `      ${line}`)];
}

function closing(token: string, file: string | null, branch: string | null): readonly string[] {
  const where =
    branch !== null
      ? `Committed to ${branch}: push it, and the run takes it.`
      : file !== null
        ? `Written to ${file}.`
        : 'Paste it where the run asks, or give it to the driver.';
  return [token, '', where];
}

function valuesOf({ approval }: PendingHold, set: readonly string[]): JsonObject {
  const { form } = rulesOf(approval.request);
  return Object.fromEntries(
    set.map(part => {
      const at = part.indexOf('=');
      const [name, value] = [part.slice(0, at), part.slice(at + 1)];
      if (at < 1) {
        throw new UsageError(`--set is “${part}”, expected FIELD=VALUE.`);
      }
      const type = form.find(field => field.name === name)?.type;
      return [name, type === 'number' ? Number(value) : type === 'boolean' ? value === 'true' : value];
    })
  );
}

function defaultKey(): string {
  const keys = ['id_ed25519', 'id_ecdsa', 'id_rsa'].map(name => join(homedir(), '.ssh', name));
  const found = keys.find(key => existsSync(key));
  if (!found) {
    throw new UsageError(
      `There is no SSH key at ${keys.join(', ')}. Name yours with --key; ssh-keygen -t ed25519 makes one, and its public part has to stand in allowed_signers.`
    );
  }
  return found;
}

/** A machine of an approver may lack the variables of the environment; then the name must be given. */
function signersOf(path: string, { run }: PendingHold): string | null {
  try {
    return loadProfile({ folder: dirname(resolve(path)), run, environment: process.env }).policy
      .allowedSigners;
  } catch {
    return null;
  }
}

function collect(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}
