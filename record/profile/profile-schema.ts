// The JSON Schema of launchbook.yml, and the types it promises. docs/launchbook.schema.json is the same for editors.
import type { RunMode } from '../../contract/base/run.js';
import type { OrderRule } from '../../contract/holds/policy.js';
import type { DecidePages } from '../../contract/signature/decision-means.js';
import type { ParameterRules } from './check-parameters.js';
import {
  ALLOWED_SIGNERS_SCHEMA,
  DECIDE_SCHEMA,
  GROUPS_SCHEMA,
  HUB_SCHEMA,
  ORDER_SCHEMA,
  POLICY_SCHEMA,
  type PolicyText
} from './policy-schema.js';
import { LAB_SCHEMA, SLACK_IDS_SCHEMA, SLACK_SCHEMA } from './slack-schema.js';

/** Where a secret is kept: exactly one of the three. */
export interface SecretText {
  readonly env?: string;
  readonly file?: string;
  readonly command?: readonly string[];
}

/** One environment as written in the file, before `${NAME}` is filled in. */
export interface EnvironmentText {
  readonly production?: boolean;
  readonly colour?: string;
  readonly vars?: { readonly [name: string]: string | number | boolean };
  readonly splunk?: {
    readonly url: string;
    readonly token: string;
    readonly index?: string;
    readonly web?: string;
    readonly app?: string;
    readonly harmless?: readonly string[];
  };
  readonly slack?: {
    readonly token?: string;
    readonly webhook?: string;
    readonly channel?: string;
    readonly thread?: readonly RunMode[];
    readonly url?: string;
  };
  readonly secrets?: { readonly [name: string]: SecretText };
  readonly order?: OrderRule;
  readonly policy?: PolicyText;
}

/** The whole file. */
export interface ProfileFile {
  readonly default?: string;
  readonly typecheck?: 'error' | 'warn' | 'off';
  readonly lint?: { readonly off?: { readonly [rule: string]: string } };
  readonly output?: { readonly limit?: string };
  readonly secrets?: { readonly [name: string]: SecretText };
  readonly parameters?: ParameterRules;
  readonly groups?: { readonly [group: string]: readonly string[] };
  readonly allowedSigners?: string;
  readonly hub?: string;
  readonly decide?: DecidePages;
  readonly lab?: string;
  readonly slackIds?: { readonly [name: string]: string };
  readonly environments?: { readonly [name: string]: EnvironmentText };
}

const TEXT = { type: 'string', minLength: 1 } as const;

const SECRETS = {
  type: 'object',
  description: 'Where secrets are kept, by name. A secret that is not named here is an environment variable.',
  propertyNames: { pattern: '^[A-Za-z_$][A-Za-z0-9_$]*$' },
  additionalProperties: {
    type: 'object',
    additionalProperties: false,
    minProperties: 1,
    maxProperties: 1,
    properties: {
      env: { ...TEXT, description: 'An environment variable of the kernel.' },
      file: { ...TEXT, description: 'A file, relative to this one.' },
      command: {
        type: 'array',
        minItems: 1,
        items: TEXT,
        description:
          'Program and arguments of a command that prints it: [op, read, op://release/db/password].'
      }
    }
  }
} as const;

const PARAMETERS = {
  type: 'object',
  description: 'What the release parameters of every run must be. A run with others does not begin.',
  propertyNames: { pattern: '^[A-Za-z_$][A-Za-z0-9_$]*$' },
  additionalProperties: {
    type: 'object',
    additionalProperties: false,
    required: ['type'],
    properties: {
      type: { enum: ['string', 'number', 'boolean'] },
      description: TEXT,
      required: { type: 'boolean', description: 'True: a run without it does not begin.' },
      enum: {
        type: 'array',
        minItems: 1,
        items: { type: ['string', 'number'] },
        description: 'The values that are allowed.'
      },
      pattern: {
        type: 'string',
        minLength: 1,
        format: 'regex',
        description: 'Regular expression for the whole text.'
      },
      minimum: { type: 'number' },
      maximum: { type: 'number' }
    }
  }
} as const;

/** A size as people write it: `512 KiB`, `4 MiB`. */
const SIZE_PATTERN = '^[1-9][0-9]{0,5} ?(KiB|MiB)$';

/** JSON Schema, draft 7. */
export const PROFILE_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'launchbook.yml',
  type: 'object',
  additionalProperties: false,
  properties: {
    default: { ...TEXT, description: 'Environment of notebooks that are not a run. Never a production one.' },
    typecheck: { enum: ['error', 'warn', 'off'], description: 'What a type error does to a cell.' },
    lint: {
      type: 'object',
      additionalProperties: false,
      properties: {
        off: {
          type: 'object',
          additionalProperties: TEXT,
          description: 'Rules of `launchbook lint` that are switched off, each with the reason.'
        }
      }
    },
    output: {
      type: 'object',
      additionalProperties: false,
      properties: {
        limit: {
          type: 'string',
          pattern: SIZE_PATTERN,
          description:
            'The most text of one cell that the notebook holds, for example 4 MiB. The rest goes to a file.'
        }
      }
    },
    secrets: SECRETS,
    parameters: PARAMETERS,
    groups: GROUPS_SCHEMA,
    allowedSigners: ALLOWED_SIGNERS_SCHEMA,
    hub: HUB_SCHEMA,
    decide: DECIDE_SCHEMA,
    lab: LAB_SCHEMA,
    slackIds: SLACK_IDS_SCHEMA,
    environments: {
      type: 'object',
      minProperties: 1,
      propertyNames: { pattern: '^[a-z][a-z0-9-]*$' },
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        properties: {
          production: {
            type: 'boolean',
            description: 'True: only runs may act on it, never a scratch notebook.'
          },
          colour: { ...TEXT, description: 'Shown beside the name of the environment.' },
          vars: {
            type: 'object',
            propertyNames: { pattern: '^[A-Za-z_$][A-Za-z0-9_$]*$' },
            additionalProperties: { type: ['string', 'number', 'boolean'] }
          },
          secrets: {
            ...SECRETS,
            description: 'The same for this environment; these come before those of the file.'
          },
          order: ORDER_SCHEMA,
          policy: POLICY_SCHEMA,
          slack: SLACK_SCHEMA,
          splunk: {
            type: 'object',
            additionalProperties: false,
            required: ['url', 'token'],
            properties: {
              url: { ...TEXT, description: 'REST API, for example https://splunk.example:8089.' },
              token: { ...TEXT, description: 'Bearer token; write it as ${NAME}.' },
              index: { ...TEXT, description: 'Index of searches that name none.' },
              web: { ...TEXT, description: 'Splunk Web, for links. The same as url when absent.' },
              app: { ...TEXT, description: 'App of links. search when absent.' },
              harmless: {
                type: 'array',
                items: TEXT,
                description:
                  'Parts of warnings of this Splunk that do not mean that rows are missing. Without it a check fails after any warning it does not know.'
              }
            }
          }
        }
      }
    }
  }
} as const;
