// The comm `launchbook.lifecycle`: what the command `launchbook` does with whole runs, for a front end that cannot run it. A kernel of
// ours does it with the same functions. Paths are relative to the folder in which the kernel was started, with forward slashes.
import type { ErrorRecord } from '../base/error.js';
import type { RunMode } from '../base/run.js';
import type { Habits } from '../state/habits.js';
import type { SourceFacts } from '../notebook/source-facts.js';

/** Target name of the comm. Data of `comm_open` is ignored; the kernel answers each request, in any order. */
export const LIFECYCLE_COMM = 'launchbook.lifecycle';

/** What can be asked, by verb: the input of each, and its result. */
export interface LifecycleVerbs {
  /** What a form for a new run has to offer; of a run, that of its runbook. */
  readonly describe: { readonly input: { readonly template: string }; readonly result: TemplateDescription };
  /** `launchbook new`. */
  readonly new: { readonly input: NewRunInput; readonly result: MadeRun };
  /** `launchbook import`, beside the document. */
  readonly import: { readonly input: ImportInput; readonly result: ImportedAnswer };
  /** `launchbook reset`. No kernel may have the run open. */
  readonly reset: { readonly input: ResetInput; readonly result: MadeRun };
  /** `launchbook archive`. No kernel may have the run open. */
  readonly archive: { readonly input: ArchiveInput; readonly result: ArchivedRunAnswer };
  /** `launchbook status`. */
  readonly status: { readonly input: { readonly run: string }; readonly result: StatusAnswer };
  /** `launchbook report`. */
  readonly report: { readonly input: { readonly run: string }; readonly result: ReportAnswer };
  /** `launchbook learn`. */
  readonly learn: { readonly input: { readonly run: string }; readonly result: LearnedAnswer };
  /** How long the steps of a run usually take. */
  readonly habits: { readonly input: { readonly run: string }; readonly result: Habits };
  /** What the launchbook.yml of the kernel's folder says about the rules of `launchbook lint`. */
  readonly rules: { readonly input: { readonly [field: string]: never }; readonly result: RulesAnswer };
  /** What texts of cells say about helpers, in the order of the texts. */
  readonly facts: { readonly input: { readonly texts: readonly string[] }; readonly result: FactsAnswer };
}

/** A verb. */
export type LifecycleVerb = keyof LifecycleVerbs;

/** What the form for a new run shows. */
export interface TemplateDescription {
  /** Path of the runbook: of what was asked about, or of the one that the run was made from. */
  readonly template: string;
  /** Environments of the launchbook.yml that counts for a run beside the template; empty when there is none. */
  readonly environments: readonly { readonly name: string; readonly isProduction: boolean }[];
  /** Parameters of the template with their defaults as text; the release itself is not among them. */
  readonly parameters: readonly { readonly name: string; readonly text: string }[];
  /** How many guesses of an import are left in it. */
  readonly guesses: number;
}

/** What a fresh run is made of. */
export interface NewRunInput {
  readonly template: string;
  readonly release: string;
  readonly environment: string;
  /** Absent: live in production, a rehearsal elsewhere. */
  readonly mode?: RunMode;
  /** `name=text` pairs. */
  readonly parameters: readonly string[];
  readonly branch: boolean;
  readonly uncommitted: boolean;
  /** Why a live run in production is made although guesses of an import are left. Absent: it is refused. */
  readonly guesses?: string;
}

/** A document that is to be imported; `force` replaces the notebook that is there. */
export interface ImportInput {
  readonly file: string;
  readonly force: boolean;
}

/** What was made of a document. */
export interface ImportedAnswer {
  /** Path of the notebook. */
  readonly path: string;
  /** Path of the report, Markdown. */
  readonly report: string;
  /** The report in a sentence. */
  readonly head: string;
}

/** A run that is set back to its beginning; `latest` takes the template as it is committed now. */
export interface ResetInput {
  readonly run: string;
  readonly latest: boolean;
}

/** A run that is committed as a record; `unfinished` allows one that has not come to its end. */
export interface ArchiveInput {
  readonly run: string;
  readonly unfinished: boolean;
}

/** A fresh run. */
export interface MadeRun {
  /** Path of its notebook. */
  readonly path: string;
  readonly id: string;
  /** What a person should know, one sentence each. */
  readonly notes: readonly string[];
}

/** A run in the archive. */
export interface ArchivedRunAnswer {
  readonly tag: string;
  readonly commit: string;
  /** False when it was in the archive already. */
  readonly isNew: boolean;
  readonly notes: readonly string[];
}

/** Where a run stands, as the command prints it. */
export interface StatusAnswer {
  readonly text: string;
}

/** The after-action report of a run, as the command prints it. Names in it are escaped for each form. */
export interface ReportAnswer {
  readonly title: string;
  readonly markdown: string;
  /** A page that needs nothing else. */
  readonly html: string;
}

/** What a run offers to its runbook. */
export interface LearnedAnswer {
  /** One line for each changed cell: what became of it, and what it is called. */
  readonly changes: readonly { readonly kind: string; readonly name: string }[];
  /** The branch with the changes, or null when there are none. */
  readonly branch: string | null;
  readonly commit: string | null;
}

/** What a front end needs to lint as the command does. */
export interface RulesAnswer {
  /** Names of the environments; empty when there is no launchbook.yml. */
  readonly environments: readonly string[];
  /** Rules that are switched off, each with the reason. */
  readonly off: { readonly [rule: string]: string };
}

/** What texts say. */
export interface FactsAnswer {
  readonly facts: readonly SourceFacts[];
}

/** Front end to kernel. */
export type LifecycleRequest = {
  readonly [V in LifecycleVerb]: {
    /** Random id; the answer carries it. */
    readonly request: string;
    readonly verb: V;
    readonly input: LifecycleVerbs[V]['input'];
  };
}[LifecycleVerb];

/**
 * Kernel to front end. Either `result` or `error` is null.
 *
 * @example
 * comm.send({ request: 'a1', verb: 'status', input: { run: 'runs/2.4.0-staging/release.ipynb' } })
 * // { request: 'a1', result: { text: '2.4.0 in staging …' }, error: null }
 */
export interface LifecycleAnswer<V extends LifecycleVerb = LifecycleVerb> {
  readonly request: string;
  readonly result: LifecycleVerbs[V]['result'] | null;
  readonly error: ErrorRecord | null;
}

/** What each verb needs, by the name of the field and its type. */
const FIELDS: {
  readonly [V in LifecycleVerb]: { readonly [field: string]: 'string' | 'boolean' | 'texts' };
} = {
  describe: { template: 'string' },
  new: {
    template: 'string',
    release: 'string',
    environment: 'string',
    parameters: 'texts',
    branch: 'boolean',
    uncommitted: 'boolean'
  },
  import: { file: 'string', force: 'boolean' },
  reset: { run: 'string', latest: 'boolean' },
  archive: { run: 'string', unfinished: 'boolean' },
  status: { run: 'string' },
  report: { run: 'string' },
  learn: { run: 'string' },
  habits: { run: 'string' },
  rules: {},
  facts: { texts: 'texts' }
};

/** True for a well-formed request. A mode that does not exist is well formed: it is refused with the ones that do. */
export function isLifecycleRequest(value: unknown): value is LifecycleRequest {
  const { request, verb, input } = (value ?? {}) as { [key: string]: unknown };
  if (typeof request !== 'string' || typeof verb !== 'string' || !Object.hasOwn(FIELDS, verb)) {
    return false;
  }
  const fields = Object.entries(FIELDS[verb as LifecycleVerb]);
  const given = (typeof input === 'object' ? (input ?? {}) : {}) as { readonly [field: string]: unknown };
  const isText = (field: string): boolean => given[field] === undefined || typeof given[field] === 'string';
  return isText('mode') && isText('guesses') && fields.every(([name, type]) => hasType(given[name], type));
}

function hasType(value: unknown, type: 'string' | 'boolean' | 'texts'): boolean {
  return type === 'texts'
    ? Array.isArray(value) && value.every(text => typeof text === 'string')
    : typeof value === type;
}
