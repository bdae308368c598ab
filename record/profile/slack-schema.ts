// What launchbook.yml says of Slack: the app of an environment, and who people are there.

/** A secret stands in no file: the text names the environment variable that holds it. */
export const VARIABLE_PATTERN = '^\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}$';

/** Ids that Slack gives to people (U, W) and to user groups (S). */
export const SLACK_ID_PATTERN = '^[UWS][A-Z0-9]{2,20}$';

/** `slack` of an environment. */
export const SLACK_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  oneOf: [{ required: ['token'] }, { required: ['webhook'] }],
  properties: {
    token: {
      type: 'string',
      pattern: VARIABLE_PATTERN,
      description:
        'Bot token of a Slack app with the scope chat:write, as ${NAME} of the environment variable that holds it.'
    },
    webhook: {
      type: 'string',
      pattern: VARIABLE_PATTERN,
      description:
        'Incoming webhook instead of a token, as ${NAME}. It cannot edit, so a run is told in single messages.'
    },
    channel: {
      type: 'string',
      minLength: 1,
      description: 'Channel of the thread of a run and of messages that name none, for example "#releases".'
    },
    thread: {
      type: 'array',
      items: { enum: ['live', 'rehearsal', 'dry-run'] },
      description: 'Modes of the runs that are told in a thread. live and rehearsal when absent; [] for none.'
    },
    url: {
      type: 'string',
      minLength: 1,
      description: 'The Web API. https://slack.com/api/ when absent.'
    }
  }
} as const;

/** `slackIds` of the file. */
export const SLACK_IDS_SCHEMA = {
  type: 'object',
  description:
    'Slack ids by username or group: of a person (U…) or a user group (S…). A message that waits for them mentions them.',
  additionalProperties: { type: 'string', pattern: SLACK_ID_PATTERN }
} as const;

/** `lab` of the file. */
export const LAB_SCHEMA = {
  type: 'string',
  pattern: '^https?://[^\\s<>|"]+$',
  description:
    'Address under which people open the folder of this file in JupyterLab, for example https://hub.example/hub/user-redirect/lab/tree/releases. Messages of Slack and reports link to the steps below it.'
} as const;
