// The launchbook.yml that `launchbook init` writes: what most projects set, the rest as comments.

/** Text of the file; valid as it stands. */
export const STARTER_PROFILE = `# Settings of the runbooks in this repository. Values in \${...} come from environment variables, so that addresses and tokens
# are never in git. The schema for editors is launchbook.schema.json in the documentation.

# Where a notebook acts that belongs to no run. Never a production environment.
default: staging

# What a type error does to a cell before it runs: error, warn or off.
typecheck: error

# The most text of one cell that the notebook holds; the rest goes to a file beside it.
# output:
#   limit: 4 MiB

# What the parameters of every run must be. A required text that is left empty is refused.
# parameters:
#   release: { type: string, required: true, pattern: '\\d+\\.\\d+\\.\\d+' }
#   batchSize: { type: number, minimum: 1, maximum: 10 }

# Who is meant by a name in approvers: usernames; '*' is anybody.
# groups:
#   qa: [ann, bob]

# Slack's ids of people (U...) and user groups (S...), and where people open this folder in JupyterLab, for links to a step.
# slackIds: { ann: U024BE7LH, qa: S0614TZR7 }
# lab: https://hub.example/hub/user-redirect/lab/tree/releases

# Where secrets are kept: an environment variable, a file, or a command that prints one.
# secrets:
#   databasePassword: { command: [op, read, op://release/database/password] }

environments:
  staging:
    colour: green
    # Values for the cells: environment.vars.ordersUrl
    # vars:
    #   ordersUrl: https://orders.staging.example
    # splunk:
    #   url: https://splunk.example:8089
    #   token: \${SPLUNK_TOKEN}
    #   index: orders

  # Only a run may act on a production environment, never a scratch notebook.
  production:
    production: true
    colour: red
    # What every approval asks here at least; a cell may ask for more, never for less.
    # policy:
    #   approvals: { approvers: [qa], required: 2, fourEyes: true }
    #   # Locks every phase until the same steps have passed in staging, at most 7 days ago.
    #   rehearsal: { within: 7d, in: [staging], sameRelease: true }
    #   # Of one phase, by its title; false: this one need not be rehearsed.
    #   phases:
    #     Closing: { rehearsal: false }
    # A thread tells of each run, and who is waited for is mentioned. Only the name of the variable stands here.
    # slack:
    #   token: \${SLACK_TOKEN}
    #   channel: '#releases'
`;
