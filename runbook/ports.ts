// What the helper library needs from outside: a journal, people, a place to show things, a clock and a profile.
// The kernel's host connects them in a notebook, the command in a terminal, tests with fakes. Nothing here knows Jupyter.
import type { KeptText, KeptWork } from '../contract/base/kept-text.js';
import type { ErrorRecord } from '../contract/base/error.js';
import type { FormField } from '../contract/holds/hold-rules.js';
import type { GatherRule, TaskState } from '../contract/holds/task-list.js';
import type { Evidence } from '../contract/holds/hold.js';
import type { Json, JsonObject, MimeBundle } from '../contract/base/json.js';
import type { ApprovalRelease } from '../contract/holds/release.js';
import type { Outcome, RunMode } from '../contract/base/run.js';
import type { HoldPolicy } from './hold/policy.js';
import type { EffectRunner } from './effect/effect-runner.js';
import type { Secret } from './masking/secret-value.js';

/** Writes ahead. Each promise resolves when the record is on disk; rejects when it cannot be, and then nothing may happen. */
export interface JournalPort {
  /** Announces an effect; resolves with its id, or with its recorded end when a resume answers it from the journal. */
  startEffect(effect: {
    readonly helper: string;
    readonly label: string;
    readonly request: Json;
    readonly within?: string;
    readonly lane?: string;
  }): Promise<string | RecordedEffect>;
  /** Works after an interrupt too, so that what has really ended is recorded as ended. */
  endEffect(
    effect: string,
    end: { readonly outcome: Outcome; readonly durationMs: number; readonly result: Json }
  ): Promise<void>;
  /** Records what a dry run would have done. */
  planEffect(effect: {
    readonly helper: string;
    readonly label: string;
    readonly request: Json;
  }): Promise<void>;
  checkpoint(name: string): Promise<void>;
  note(text: string): Promise<void>;
  /**
   * Registers an undo step, with what it reads; resolves with its id, or with null when a cell is repeated and another one has taken the
   * name since.
   */
  registerRollback(name: string, values: readonly KeptText[]): Promise<string | null>;
  startRollback(rollback: string): Promise<void>;
  /** Works after an interrupt too. */
  endRollback(
    rollback: string,
    end: { readonly outcome: Outcome; readonly error?: ErrorRecord }
  ): Promise<void>;
}

/**
 * An effect that was done before and is not done again: its recorded end, or the word of a person that it was done, when
 * its end was never recorded. Its result is then the empty one of its kind.
 */
export type RecordedEffect =
  { readonly recorded: { readonly outcome: Outcome; readonly result: Json } } | { readonly judged: 'passed' };

/** Tasks to assign. Times in milliseconds from now, or null. */
export interface AssignRequest {
  readonly name: string;
  readonly tasks: readonly {
    readonly title: string;
    readonly owner: string;
    readonly deputy: string | null;
    readonly dueMs: number | null;
    readonly answerMs: number | null;
    readonly critical: boolean;
    readonly hasCheck: boolean;
  }[];
}

/** The task list is gathered, or a task was said to be done and its check has to run. */
export type GatherAnswer =
  | { readonly kind: 'gathered'; readonly tasks: readonly TaskState[] }
  | { readonly kind: 'check'; readonly task: string };

/** The people at the other end. Every wait ends with a rejection when the cell is interrupted. */
export interface PeoplePort {
  /**
   * Asks for approval and waits. Resolves only for `approved`; rejects with a `HoldRejectedError`, `HoldExpiredError`
   * or `HoldUnansweredError` (by code) otherwise.
   */
  approve(request: {
    readonly name: string;
    readonly question: string;
    readonly approvers: readonly string[];
    readonly evidence: readonly Evidence[];
    /** Milliseconds until the request expires, or null to wait for ever. */
    readonly timeoutMs: number | null;
    /** What the cell asks beyond the policy. @default nothing */
    readonly asked?: HoldPolicy;
    /** What the decision carries. @default nothing */
    readonly form?: readonly FormField[];
  }): Promise<ApprovalRelease>;
  /** Shows a checklist and waits until every required item is ticked. */
  check(request: {
    readonly name: string;
    readonly items: readonly { readonly text: string; readonly required: boolean }[];
  }): Promise<void>;
  /** Gives people their tasks; resolves with the task list's id. */
  assign(request: AssignRequest): Promise<string>;
  /** Waits for a task list, or until one of its tasks has to be checked here. `untilMs`: milliseconds since the epoch, or null. */
  gather(request: {
    readonly taskList: string;
    readonly rule: GatherRule;
    readonly untilMs: number | null;
  }): Promise<GatherAnswer>;
  /** What a check has seen. */
  checked(result: {
    readonly taskList: string;
    readonly task: string;
    readonly passed: boolean;
    readonly fault: string;
  }): Promise<void>;
}

/** Shows something under the running cell. */
export interface DisplayPort {
  show(bundle: MimeBundle, options?: { readonly displayId?: string; readonly metadata?: JsonObject }): void;
  /** Replaces what was shown under the same id. */
  update(displayId: string, bundle: MimeBundle): void;
  write(name: 'stdout' | 'stderr', text: string): void;
}

/** Where the text of a secret is kept. */
export type SecretSource =
  /** An environment variable of the kernel. */
  | { readonly env: string; readonly file?: undefined; readonly command?: undefined }
  /** A file, relative to the folder that commands start in. */
  | { readonly env?: undefined; readonly file: string; readonly command?: undefined }
  /** Program and arguments of a command that prints it. */
  | { readonly env?: undefined; readonly file?: undefined; readonly command: readonly string[] };

/** Whoever shows or keeps texts. */
export interface HostSecrets {
  /** Resolves when the value is masked wherever it may appear from now on. It is kept in memory alone. */
  learn(secret: { readonly name: string; readonly value: string }): Promise<void>;
}

/** The same, and how a secret is read. */
export interface SecretsPort extends HostSecrets {
  /** The text of a secret. @throws SecretUnavailableError */
  read(name: string, source: SecretSource): Promise<string>;
}

/** The resolved profile of the run's environment. */
export interface EnvironmentProfile {
  readonly name: string;
  readonly isProduction: boolean;
  readonly mode: RunMode;
  readonly vars: { readonly [name: string]: string | number | boolean };
  /** What is released. @default null: the notebook is not a run */
  readonly release?: string | null;
  /** The run's parameters. @default none */
  readonly parameters?: JsonObject;
  readonly splunk: SplunkProfile | null;
  /** @default null: messages are printed and not sent */
  readonly slack?: SlackProfile | null;
  /** Sources of secrets by name. @default none: each is an environment variable of its name */
  readonly secrets?: { readonly [name: string]: SecretSource };
}

/** Where messages go. Either `token` or `webhook` is given; both are secrets and never shown. */
export interface SlackProfile {
  readonly token: string | null;
  readonly webhook: string | null;
  readonly channel: string | null;
  /** The Web API, when it is not Slack's own address; ends with a slash. */
  readonly url: string | null;
}

/** Where searches go. `token` is a secret and never shown. */
export interface SplunkProfile {
  /** REST API, for example `https://splunk.example:8089`. */
  readonly url: string;
  /** Splunk Web, for links. */
  readonly web: string;
  readonly token: string;
  readonly index: string | null;
  readonly app: string;
  /** Parts of warnings after which an answer is complete all the same. @default none */
  readonly harmless?: readonly string[];
}

/** When a step or a phase of the run was executed. Times are ISO 8601 UTC. */
export interface RecordedTimes {
  readonly kind: 'step' | 'phase';
  readonly title: string;
  readonly startedAt: string;
  /** Null while it runs. */
  readonly endedAt: string | null;
}

/** A part of a step. */
export interface StepBranch<T> {
  readonly result: Promise<T>;
  /** Aborts the signal that helpers in it see, with the reason; what it has begun ends. */
  stop(reason: Error): void;
}

/** What a host gives: a kernel, a command or a test. */
export interface HostPorts {
  readonly journal: JournalPort;
  readonly people: PeoplePort;
  readonly secrets: HostSecrets;
  readonly display: DisplayPort;
  /** Aborts when the running cell is interrupted, or has failed while something of it still runs. */
  signal(): AbortSignal;
  /** Aborts when the running cell is interrupted alone. */
  interruptSignal(): AbortSignal;
  /**
   * The running cell does not end before `work` has ended, awaited or not. When it fails and nobody hears of it, the cell fails, and
   * says that `label` was not awaited. A cell that has failed waits for work that `outlastsFailure` as long as it takes, for other work that was
   * told to end only a while.
   */
  during<T>(label: string, work: () => Promise<T>, outlastsFailure?: boolean): Promise<T>;
  /** Calls `work`; what it prints by `console` or to the process's own streams goes to `write` instead of the cell's output. */
  printing<T>(write: (name: 'stdout' | 'stderr', text: string) => void, work: () => T): T;
  /** Runs `work` as a part of the running cell that can be ended by itself, and that may go on after the cell has ended. */
  branch<T>(work: () => Promise<T>, options: { readonly outlivesCell: boolean }): StepBranch<T>;
  /** Keeps `work` with the values that it reads. Called at once, before anything is awaited: that is the time that counts. */
  keep<T>(work: () => T): KeptWork<T>;
  /** The process group that `pid` leads does not outlive the process of the cells or the kernel. Gives the way to forget it. */
  ownGroup(pid: number): () => void;
  now(): number;
  /**
   * The recorded times of a step or phase, by title or cell id: of a step the last attempt, of a phase from the beginning of
   * its first step to the end of its last. Rejects when there is none, several, or it has not run.
   */
  times(stepOrPhase: string): Promise<RecordedTimes>;
  readonly environment: EnvironmentProfile;
  /** Folder that relative paths and commands start from. */
  readonly folder: string;
  /** What the run may do to the world. Fixed, because it decides which ports the helpers get. */
  readonly mode: RunMode;
}

/** A profile as helpers see it: what must not be seen cannot be printed. */
export interface SealedProfile extends Omit<EnvironmentProfile, 'splunk' | 'slack'> {
  readonly splunk: (Omit<SplunkProfile, 'token'> & { readonly token: Secret }) | null;
  readonly slack:
    | (Omit<SlackProfile, 'token' | 'webhook'> & {
        readonly token: Secret | null;
        readonly webhook: Secret | null;
      })
    | null;
}

/** Everything the helpers need: what the host gives, and what the mode of the run makes of it. */
export interface Ports extends Omit<HostPorts, 'environment'> {
  readonly environment: SealedProfile;
  readonly effects: EffectRunner;
  readonly secrets: SecretsPort;
}
