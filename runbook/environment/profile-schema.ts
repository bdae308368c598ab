// The JSON Schema of launchbook.yml, and the types it promises.

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
  };
}

/** The whole file. */
export interface ProfileFile {
  readonly default?: string;
  readonly typecheck?: 'error' | 'warn' | 'off';
  readonly output?: { readonly limit?: string };
  readonly environments?: { readonly [name: string]: EnvironmentText };
}

const TEXT = { type: 'string', minLength: 1 } as const;

/** A size as people write it: `512 KiB`, `4 MiB`. */
export const SIZE_PATTERN = '^[1-9][0-9]{0,5} ?(KiB|MiB)$';

/** JSON Schema, draft 7. */
export const PROFILE_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'launchbook.yml',
  type: 'object',
  additionalProperties: false,
  properties: {
    default: { ...TEXT, description: 'Environment of notebooks that are not a run. Never a production one.' },
    typecheck: { enum: ['error', 'warn', 'off'], description: 'What a type error does to a cell.' },
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
          splunk: {
            type: 'object',
            additionalProperties: false,
            required: ['url', 'token'],
            properties: {
              url: { ...TEXT, description: 'REST API, for example https://splunk.example:8089.' },
              token: { ...TEXT, description: 'Bearer token; write it as ${NAME}.' },
              index: { ...TEXT, description: 'Index of searches that name none.' },
              web: { ...TEXT, description: 'Splunk Web, for links. The same as url when absent.' },
              app: { ...TEXT, description: 'App of links. search when absent.' }
            }
          }
        }
      }
    }
  }
} as const;
