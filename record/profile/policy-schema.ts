// The part of the schema of launchbook.yml that is about people: groups, and the policy of an environment.
import type { IdentityGrade } from '../../contract/base/person.js';
import { DECISION_MEANS, type DecisionMeans } from '../../contract/signature/decision-means.js';

/** Rules of hold points as written in the file. */
export interface HoldPolicyText {
  readonly approvers?: readonly string[];
  readonly required?: number;
  readonly grade?: IdentityGrade;
  readonly fourEyes?: boolean;
  readonly comment?: boolean;
  readonly everyone?: boolean;
  readonly timeout?: string;
  readonly remind?: string;
  readonly escalate?: { readonly to: readonly string[]; readonly after: string };
  readonly means?: readonly DecisionMeans[];
  readonly synced?: boolean;
}

/** What must have been rehearsed as written in the file. True: somewhere, at any time. False: nothing. */
export type RehearsalText =
  boolean | { readonly within?: string; readonly in?: readonly string[]; readonly sameRelease?: boolean };

/** Rules of a phase as written in the file. */
export interface PhasePolicyText extends HoldPolicyText {
  readonly rehearsal?: RehearsalText;
}

/** `policy` of an environment as written in the file. */
export interface PolicyText {
  readonly approvals?: HoldPolicyText;
  readonly phases?: { readonly [title: string]: PhasePolicyText };
  readonly rehearsal?: RehearsalText;
  readonly breakGlass?: readonly string[];
  readonly driver?: { readonly vanishedAfter?: string };
}

/** A duration as people write it: `30m`, `1h30m`, `2d`. */
export const DURATION_PATTERN = '^([0-9]+(ms|s|min|m|h|d))+$';

const NAME = { type: 'string', minLength: 1 } as const;
const NAMES = { type: 'array', items: NAME } as const;
const DURATION = { type: 'string', pattern: DURATION_PATTERN } as const;

const HOLD_POLICY = {
  type: 'object',
  additionalProperties: false,
  properties: {
    approvers: {
      ...NAMES,
      minItems: 1,
      description: 'Usernames and groups who may decide. "*" is anybody.'
    },
    required: {
      type: 'integer',
      minimum: 1,
      description: 'How many different people must approve. One person counts once.'
    },
    grade: {
      enum: ['claimed', 'attested', 'authenticated', 'signed'],
      description:
        'The weakest identity that counts. The page “Security” of the documentation says what each proves.'
    },
    fourEyes: { type: 'boolean', description: 'True: the decision of the driver does not count.' },
    comment: { type: 'boolean', description: 'True: every decision needs a comment.' },
    everyone: {
      type: 'boolean',
      description: 'True: somebody of each entry of approvers must approve (go/no-go).'
    },
    timeout: { ...DURATION, description: 'When a request expires, for example 4h. Expiry never releases.' },
    remind: { ...DURATION, description: 'How often people who have not decided are reminded.' },
    escalate: {
      type: 'object',
      additionalProperties: false,
      required: ['to', 'after'],
      properties: {
        to: { ...NAMES, description: 'Who is asked too.' },
        after: { ...DURATION, description: 'After how long without an answer.' }
      }
    },
    means: {
      type: 'array',
      minItems: 1,
      items: { enum: DECISION_MEANS },
      description:
        'With what a decision must be signed: key is an SSH key, passkey the decision page; hub is the login of JupyterHub there and slack a click in Slack, which decide.voucher vouches for. What is not signed does not count then.'
    },
    synced: {
      type: 'boolean',
      description: 'False: a passkey of which an account may keep copies does not count. True when absent.'
    }
  }
} as const;

const REHEARSAL = {
  type: ['object', 'boolean'],
  description:
    'Locks a phase of a live run until the same content has passed in a lower environment. true: at any time; false: never locked.',
  additionalProperties: false,
  properties: {
    within: {
      ...DURATION,
      description: 'How old the rehearsal may be, for example 7d. Any age when absent.'
    },
    in: {
      ...NAMES,
      minItems: 1,
      description: 'Environments in which it counts. Every one without production: true when absent.'
    },
    sameRelease: { type: 'boolean', description: 'True: a rehearsal of another release does not count.' }
  }
} as const;

/** `groups` of the file. */
export const GROUPS_SCHEMA = {
  type: 'object',
  description: 'Usernames by group, for approvers and owners. "*" is anybody.',
  additionalProperties: NAMES
} as const;

/** `allowedSigners` of the file. */
export const ALLOWED_SIGNERS_SCHEMA = {
  ...NAME,
  description:
    'The file of SSH keys that signed decisions are checked against. allowed_signers beside this file when absent.'
} as const;

/** `hub` of the file. */
export const HUB_SCHEMA = {
  ...NAME,
  description:
    'Address of the REST API of the only JupyterHub that can make people authenticated, for example http://127.0.0.1:8081/hub/api. Absent: that of the environment of the kernel.'
} as const;

/** `decide` of the file. */
export const DECIDE_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['rpId', 'origins'],
  description: 'On which pages passkeys sign decisions. Without it no passkey counts.',
  properties: {
    rpId: {
      ...NAME,
      description:
        'The host that passkeys are made for, for example launchbook.example.com. Another one means enrolling everybody anew.'
    },
    origins: {
      ...NAMES,
      minItems: 1,
      description:
        'Addresses of the decision page as a browser shows them: scheme, host, and port when it is not 443. In production localhost is none.'
    },
    voucher: {
      type: 'string',
      pattern: '^[\\w.@+-]+$',
      description:
        'The name in allowed_signers of the key with which launchbook board --decide --voucher seals what a login of JupyterHub or Slack decides. Absent: no login decides.'
    },
    slack: {
      type: 'object',
      description:
        'Who may decide by a click in Slack: the ids of workspace and person, T…/U…, by username. Absent or empty: nobody.',
      additionalProperties: { type: 'string', pattern: '^[TE][A-Z0-9]{2,20}/[UW][A-Z0-9]{2,20}$' }
    }
  }
} as const;

/** `order` of an environment. */
export const ORDER_SCHEMA = {
  enum: ['kept', 'noted', 'free'],
  description:
    'Whether a step may run while steps before it are open. kept: only with a reason; noted: it is recorded; free: yes. kept in production when absent, noted elsewhere.'
} as const;

/** `policy` of an environment. */
export const POLICY_SCHEMA = {
  type: 'object',
  description: 'Who must decide in this environment. A cell may ask for more, never for less.',
  additionalProperties: false,
  properties: {
    approvals: { ...HOLD_POLICY, description: 'Of every hold point.' },
    phases: {
      type: 'object',
      description:
        'Of a phase and its hold points, by its title; these come before those of approvals and rehearsal.',
      additionalProperties: {
        ...HOLD_POLICY,
        properties: { ...HOLD_POLICY.properties, rehearsal: REHEARSAL }
      }
    },
    rehearsal: {
      ...REHEARSAL,
      description: `${REHEARSAL.description} Of every phase; what is written at a phase comes first.`
    },
    breakGlass: {
      ...NAMES,
      description:
        'Who may release against the policy, with a reason. Anybody when absent, nobody when empty.'
    },
    driver: {
      type: 'object',
      additionalProperties: false,
      properties: {
        vanishedAfter: {
          ...DURATION,
          description:
            'After how long without a sign of life the driver of a live run may be replaced. 15m when absent.'
        }
      }
    }
  }
} as const;
