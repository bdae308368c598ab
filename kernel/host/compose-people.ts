// Everything of a kernel that is about people, put together: hold points, the driver, the guard, and the comm that front ends talk over.
import { existsSync } from 'node:fs';
import { DRIVER_VANISHED_MS } from '../../contract/driver.js';
import { journalPathOf, tokenFolderOf } from '../../contract/notebook.js';
import type { PeoplePolicy } from '../../runbook/hold/policy.js';
import type { OutputSink, StdinPort } from '../core/ports.js';
import { Approvals } from './approvals.js';
import { Boards } from './boards.js';
import { Checklists } from './checklists.js';
import type { NotebookFile } from './notebook-file.js';
import type { OutlineSource } from './outline-source.js';
import type { People } from './people.js';
import { Presence } from './presence.js';
import { PolicyInForce } from './policy-in-force.js';
import { ProductionGuard } from './production-guard.js';
import { Rehearsals } from './rehearsals.js';
import type { RulesOf } from './rehearsal-rules.js';
import { policyOf, type PolicySource, type ResolvedProfile } from './profile.js';
import type { ResumeActParts } from './resume/resume-acts.js';
import { RunComm } from './run-comm.js';
import type { RunKeeper } from './run-keeper.js';
import { SignedDecisions } from './signed-decisions.js';
import { StandingApprovals } from './standing-approvals.js';
import { StdinFallback } from './stdin-fallback.js';
import { Wheel } from './wheel.js';

/** What they are made from. */
export interface PeopleParts {
  readonly keeper: RunKeeper;
  readonly notebook: NotebookFile | null;
  readonly outline: OutlineSource;
  readonly people: People;
  readonly outputs: () => OutputSink;
  readonly stdin: () => StdinPort;
  /** launchbook.yml as read when the kernel started. */
  readonly profile: ResolvedProfile;
  /** What launchbook.yml asks of rehearsals. */
  readonly rehearsalRules: RulesOf;
  /** Where its policy is read again. */
  readonly policySource: PolicySource;
  readonly tell: (text: string) => void;
  /** Serves the messages about resuming. */
  readonly resume: ResumeActParts;
}

/** The parts of a kernel that know people. */
export interface ComposedPeople {
  readonly approvals: Approvals;
  readonly checklists: Checklists;
  readonly boards: Boards;
  readonly signed: SignedDecisions;
  readonly presence: Presence;
  readonly wheel: Wheel;
  readonly guard: ProductionGuard;
  readonly standing: StandingApprovals;
  readonly rehearsals: Rehearsals;
  readonly policy: PolicyInForce;
  readonly runComm: RunComm;
  readonly stdin: StdinFallback;
}

export function composePeople(parts: PeopleParts): ComposedPeople {
  const { keeper, notebook, outline, people, outputs, profile, tell } = parts;
  const policyInForce = new PolicyInForce({
    ...parts.policySource,
    keeper,
    people,
    first: () => policyOf(profile),
    isRun: () => run() !== null
  });
  const policy = (): PeoplePolicy => policyInForce.current();
  const run = () => keeper.state.run ?? notebook?.read().run ?? null;
  // A faulty file may be one of production.
  const isProduction = (): boolean => !('profile' in profile) || profile.profile.isProduction;
  const driverVanishedMs = (): number => policyInForce.last?.driverVanishedMs ?? DRIVER_VANISHED_MS;
  const notePolicy = (): Promise<void> => policyInForce.note();
  const approvals = new Approvals({ keeper, notebook, outline, outputs, policy, notePolicy, tell });
  const checklists = new Checklists({ keeper, outline, outputs });
  const boards = new Boards({ keeper, outline, outputs, policy, tell });
  const signed = new SignedDecisions({
    keeper,
    approvals,
    policy,
    run,
    folder: notebook === null ? null : tokenFolderOf(notebook.path),
    now: () => Date.now()
  });
  const presence = new Presence(session => people.of(session));
  const wheel = new Wheel({
    keeper,
    people,
    present: () => presence.people(),
    run,
    vanishedMs: driverVanishedMs,
    tell,
    hasJournal: () =>
      keeper.state.seq > 0 || (notebook !== null && existsSync(journalPathOf(notebook.path, true))),
    now: () => Date.now()
  });
  const guard = new ProductionGuard({
    keeper,
    run,
    isProduction,
    isSurelyProduction: () => 'profile' in profile && profile.profile.isProduction,
    stdin: parts.stdin,
    onWaiting: (environment, isWaiting) => runComm.broadcast({ type: 'guard', environment, isWaiting })
  });
  const standing = new StandingApprovals({
    keeper,
    notebook,
    outline,
    approvals,
    policy,
    faultOfSignature: (approval, decision) => signed.faultOf(approval, decision)
  });
  const rehearsals = new Rehearsals({
    keeper,
    notebook,
    outline,
    rulesOf: parts.rehearsalRules,
    tell,
    now: () => Date.now()
  });
  const runComm: RunComm = new RunComm({
    resume: parts.resume,
    keeper,
    people,
    presence,
    outline,
    approvals,
    checklists,
    boards,
    signed,
    wheel,
    guard,
    standing,
    rehearsals,
    notePolicy,
    driverVanishedMs,
    isProduction: () => run() !== null && isProduction(),
    colour: () => ('profile' in profile ? profile.profile.colour : null)
  });
  const stdin = new StdinFallback({
    keeper,
    approvals,
    checklists,
    signed,
    people,
    outputs,
    stdin: parts.stdin,
    hasFrontEnd: () => runComm.hasMetClient
  });
  return {
    approvals,
    checklists,
    boards,
    signed,
    presence,
    wheel,
    guard,
    standing,
    policy: policyInForce,
    rehearsals,
    runComm,
    stdin
  };
}
