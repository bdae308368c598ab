// Everything of a run that is about people, put together: hold points, the driver, the guard, and what people may ask for.
import { existsSync } from 'node:fs';
import { DRIVER_VANISHED_MS } from '../../contract/state/driver.js';
import { tokenFolderOf } from '../../contract/notebook/notebook.js';
import { readFileIfPresent } from '../../record/files/read-file.js';
import { policyFileOf } from '../../lifecycle/git/policy-file.js';
import { placeOfJournal } from '../../record/journal/find-journal.js';
import { SignatureChecks, type AllowedSigners } from '../../record/decisions/signature-checks.js';
import type { PeoplePolicy } from '../../runbook/hold/policy.js';
import type { OutputSink, StdinPort } from '../ports.js';
import { Approvals } from '../holds/approvals.js';
import { TaskLists } from '../holds/task-lists.js';
import { Checklists } from '../holds/checklists.js';
import { Presence } from '../people/presence.js';
import { PolicyInForce } from '../profile/policy-in-force.js';
import { ProductionGuard } from '../gate/production-guard.js';
import { Rehearsals } from '../gate/rehearsals.js';
import type { RulesOf } from '../profile/rehearsal-rules.js';
import type { KnownRun } from '../profile/known-run.js';
import type { ActParts } from '../acts/act.js';
import { askFor } from '../acts/ask-for.js';
import type { KeptRun } from './compose-keeper.js';
import type { ComposedResume } from './compose-resume.js';
import { SignedActs } from '../holds/signed-acts.js';
import { SignedDecisions } from '../holds/signed-decisions.js';
import { StandingApprovals } from '../holds/standing-approvals.js';
import { StdinFallback } from '../holds/stdin-fallback.js';
import { SecondRuns } from '../gate/second-runs.js';
import { StepOrder } from '../gate/step-order.js';
import { Wheel } from '../gate/wheel.js';

/** What they are made from. */
export interface PeopleParts extends Pick<KeptRun, 'keeper' | 'notebook' | 'outline' | 'people' | 'masking'> {
  readonly outputs: OutputSink;
  readonly stdin: StdinPort;
  readonly known: Pick<KnownRun, 'mode' | 'environment' | 'profile' | 'settle'>;
  /** What launchbook.yml asks of rehearsals. */
  readonly rehearsalRules: RulesOf;
  /** Where the kernel was started. */
  readonly folder: string;
  /** What acts of going on and going back work with. */
  readonly resume: ComposedResume['acts'];
}

/** The parts of a run that know people. */
export interface ComposedPeople {
  readonly approvals: Approvals;
  readonly checklists: Checklists;
  readonly taskLists: TaskLists;
  readonly signed: SignedDecisions;
  readonly presence: Presence;
  readonly wheel: Wheel;
  readonly guard: ProductionGuard;
  readonly standing: StandingApprovals;
  readonly rehearsals: Rehearsals;
  readonly order: StepOrder;
  readonly secondRuns: SecondRuns;
  readonly policy: PolicyInForce;
  readonly acts: ActParts;
  /** After how many milliseconds without a sign the driver may be replaced. */
  readonly driverVanishedMs: () => number;
  /** True for a run whose environment is one of production, or may be. */
  readonly mayBeInProduction: () => boolean;
  readonly stdin: StdinFallback;
}

export function composePeople(parts: PeopleParts): ComposedPeople {
  const { keeper, notebook, outline, people, masking, outputs } = parts;
  const { profile } = parts.known;
  const policyInForce = new PolicyInForce({
    source: () => profile.policy,
    keeper,
    people,
    file: () => policyFileOf(parts.folder, run()?.runbook),
    isProduction: () => profile.isProduction,
    isRun: () => run() !== null
  });
  const policy = (): PeoplePolicy => policyInForce.current();
  const run = () => keeper.state.run ?? notebook?.read().run ?? null;
  const driverVanishedMs = (): number => policyInForce.last?.driverVanishedMs ?? DRIVER_VANISHED_MS;
  const notePolicy = (): Promise<void> => policyInForce.note();
  const approvals = new Approvals({ keeper, notebook, outline, masking, outputs, policy, notePolicy });
  const checklists = new Checklists({ keeper, outline, outputs });
  const taskLists = new TaskLists({ keeper, outline, outputs, policy });
  const signing = {
    keeper,
    policy,
    masking,
    get folder() {
      return notebook === null ? null : tokenFolderOf(notebook.path);
    },
    now: () => Date.now()
  };
  const signedActs = new SignedActs(Object.assign(signing, { checklists, taskLists }));
  const signed = new SignedDecisions(Object.assign(signing, { approvals, acts: signedActs, run }));
  const presence = new Presence(session => people.of(session));
  const wheel = new Wheel({
    keeper,
    people,
    present: () => presence.people(),
    vanished: username => presence.vanished(username),
    run,
    vanishedMs: driverVanishedMs,
    hasJournal: () =>
      keeper.state.seq > 0 ||
      (notebook !== null && existsSync(placeOfJournal(notebook.path, notebook.read().run).file)),
    // Setting the clock of the machine makes nobody vanish.
    now: () => performance.timeOrigin + performance.now()
  });
  const guard = new ProductionGuard({
    keeper,
    run,
    profile,
    stdin: parts.stdin
  });
  const standing = new StandingApprovals({
    keeper,
    notebook,
    outline,
    approvals,
    policy,
    signatures: new SignatureChecks(() => signersOf(policy().allowedSigners))
  });
  const rehearsals = new Rehearsals({
    keeper,
    notebook,
    outline,
    rulesOf: parts.rehearsalRules,
    now: () => Date.now()
  });
  const order = new StepOrder({ keeper, outline, policy: policyInForce });
  const secondRuns = new SecondRuns({
    keeper,
    outline,
    run,
    profile,
    stdin: parts.stdin,
    now: () => Date.now()
  });
  const acts: ActParts = {
    ...parts.resume,
    keeper,
    people,
    wheel,
    approvals,
    checklists,
    taskLists,
    signed,
    guard,
    standing,
    rehearsals,
    order,
    secondRuns
  };
  const stdin = new StdinFallback({
    keeper,
    approvals,
    checklists,
    signed,
    askFor: (act, params, client) => askFor(acts, act, params, { client }),
    outputs,
    stdin: parts.stdin,
    hasFrontEnd: () => presence.hasMetClient
  });
  return {
    approvals,
    checklists,
    taskLists,
    signed,
    presence,
    wheel,
    guard,
    standing,
    policy: policyInForce,
    rehearsals,
    order,
    secondRuns,
    acts,
    driverVanishedMs,
    mayBeInProduction: () => run() !== null && profile.mayBeProduction,
    stdin
  };
}

/** The file as it is now: a key that is not in it does not count in a run, whatever was committed before. */
function signersOf(path: string | null): AllowedSigners {
  const content = path === null ? null : readFileIfPresent(path, 'signers');
  return { name: path ?? 'allowed_signers', content, earlier: () => Promise.resolve([]) };
}
