// `approval`: the hold point. The cell waits until the approvers have released it.
import type { ApprovalRelease } from '../../contract/holds/release.js';
import type { IdentityGrade } from '../../contract/base/person.js';
import { alreadyShown } from '../already-shown.js';
import { ports } from '../context.js';
import { parseDuration, type Duration } from '../duration.js';
import { faultsOfOptions, faultsOfValue, refuseFaults } from '../usage/check-options.js';
import {
  anything,
  count,
  duration,
  flag,
  isPlainObject,
  longDuration,
  required,
  rule,
  text,
  textList,
  type Rule
} from '../usage/rules.js';
import { renderEvidence } from './evidence.js';
import { faultsOfForm, readForm, type FieldOption } from './form.js';
import type { HoldPolicy } from './policy.js';

/** What is asked, of whom, and with which evidence. The policy in launchbook.yml is the minimum; a cell may ask for more. */
export interface ApprovalOptions {
  /** One sentence that can be answered with yes or no. @default 'May the run go on?' */
  readonly question?: string;
  /** Usernames or groups of launchbook.yml who may decide; `*` is anybody. @default the policy's, else anybody */
  readonly approvers?: readonly string[];
  /** How many different people must approve. One person counts once, also when two groups name them. @default the policy's, else 1 */
  readonly required?: number;
  /** Somebody of each entry of `approvers` must approve, each a different person: a go/no-go. @default the policy's, else false */
  readonly everyone?: boolean;
  /** The driver's own decision does not count. @default the policy's, else false */
  readonly fourEyes?: boolean;
  /** The weakest identity that counts. @default the policy's, else 'claimed' */
  readonly grade?: IdentityGrade;
  /** Every decision needs a comment; a rejection always does. @default the policy's, else false */
  readonly comment?: boolean;
  /** Questions that the decision answers, by field: `{ window: ['now', 'tonight'], share: 'number' }`. @default nothing */
  readonly form?: { readonly [name: string]: FieldOption };
  /** What the approver decides on, by label: text, rows, results of commands, requests and searches, any JSON. 20,000 characters each. @default none */
  readonly evidence?: { readonly [label: string]: unknown };
  /** When the request expires. Expiry never releases. @default the policy's, else it waits for ever */
  readonly timeout?: Duration;
  /** How often people who have not decided are reminded. @default the policy's, else never */
  readonly remind?: Duration;
  /** Who is asked too when nobody has decided for `after`. @default the policy's, else nobody */
  readonly escalate?: { readonly to: readonly string[]; readonly after: Duration };
}

/**
 * Stops the run until it is approved. Silence never releases.
 *
 * Recorded: on resume an approval that still stands returns its decision; a pending one waits again. The approval is bound
 * to the cells of its phase, the cells tagged `parameters`, the environment, the release and the parameters, the question and the
 * evidence shown; when one of them changes, it is stale, what follows is locked, and the question has to be asked again.
 *
 * @param name - Of the hold point, for reading; not empty. A person and a resume know it by this name.
 * @param options - What is asked, of whom, and with which evidence.
 * @returns the releasing decision, which is always `approved`, with all `decisions` and the answers to the form as `values`.
 * @throws code `hold.rejected` when a person rejects, `hold.expired` when the time is over; neither runs what follows.
 * @throws code `hold.below_policy` when less is asked for than launchbook.yml does, `hold.impossible` when nobody could release it.
 * @throws {@link UsageError} listing every fault of the options. Nothing is asked.
 * @example
 * await approval('QA sign-off', { question: 'May payments follow?', approvers: ['qa-lead'], evidence: { Services: status } })
 * // { decision: 'approved', by: { username: 'ann', … }, at: '2026-11-22T07:50:03.000Z', comment: 'looks good', … }
 * await approval('Go or no-go', { approvers: ['qa', 'operations', 'support'], everyone: true, timeout: '1h' })
 */
export async function approval(name: string, options: ApprovalOptions = {}): Promise<ApprovalRelease> {
  refuseFaults('approval', [
    ...faultsOfValue('The name', name, required(text)),
    ...faultsOfOptions(options, RULES),
    ...faultsOfForm((options as ApprovalOptions | null)?.form),
    ...faultsOfEscalation((options as ApprovalOptions | null)?.escalate)
  ]);
  const asked = askedRules(options);
  const release = await ports().people.approve({
    name,
    question: options.question ?? 'May the run go on?',
    approvers: options.approvers ?? [],
    evidence: renderEvidence(options.evidence ?? {}),
    timeoutMs: options.timeout === undefined ? null : parseDuration(options.timeout, 'timeout'),
    ...(Object.keys(asked).length === 0 ? {} : { asked }),
    ...(options.form === undefined ? {} : { form: readForm(options.form) })
  });
  return alreadyShown({ ...release });
}

function askedRules(options: ApprovalOptions): HoldPolicy {
  const { required: people, grade, fourEyes, comment, everyone, remind, escalate } = options;
  const asked: HoldPolicy = {
    ...(people === undefined ? {} : { required: people }),
    ...(grade === undefined ? {} : { grade }),
    ...(fourEyes === undefined ? {} : { fourEyes }),
    ...(comment === undefined ? {} : { comment }),
    ...(everyone === undefined ? {} : { everyone }),
    ...(remind === undefined ? {} : { remindEveryMs: parseDuration(remind, 'remind') }),
    ...(escalate === undefined
      ? {}
      : { escalate: { to: escalate.to, afterMs: parseDuration(escalate.after, 'after') } })
  };
  return asked;
}

function faultsOfEscalation(escalate: unknown): string[] {
  return escalate === undefined
    ? []
    : faultsOfOptions(escalate, { to: required(textList), after: required(longDuration) }).map(
        fault => `'escalate': ${fault}`
      );
}

const evidence = rule(
  'an object of labels and values, none of them a promise',
  value => isPlainObject(value) && Object.values(value).every(part => !isPromise(part))
);

const grade = rule('claimed, attested, authenticated or signed', value =>
  ['claimed', 'attested', 'authenticated', 'signed'].includes(value as string)
);

const RULES: { readonly [K in keyof Required<ApprovalOptions>]: Rule } = {
  question: text,
  approvers: textList,
  required: count(1),
  everyone: flag,
  fourEyes: flag,
  grade,
  comment: flag,
  form: anything,
  evidence,
  timeout: longDuration,
  remind: duration,
  escalate: anything
};

function isPromise(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  );
}
