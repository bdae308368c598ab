// Which environment variables the environments of a launchbook.yml need and do not have here.
import { parseProfileFile } from './parse-profile-file.js';
import type { PlacedFault } from './placed-fault.js';
import { substitute, type Variables } from './substitute.js';

/** An environment of the file. */
export interface EnvironmentNeeds {
  readonly name: string;
  /** One sentence for each variable that it needs and that is not set or empty. */
  readonly missing: readonly string[];
  /** It has a token of Slack and no channel, so none of its runs has a thread. */
  readonly lacksChannel: boolean;
}

/**
 * Looks at every environment, as a run in it would be.
 *
 * @throws {@link ProfileError} with the faults of the file.
 * @example
 * missingVariables('/srv/runbooks/launchbook.yml', process.env)
 * // [{ name: 'production', missing: ["'environments.production.slack.token' needs the environment variable SLACK_TOKEN, which is not set."], … }]
 */
export function missingVariables(file: string, variables: Variables): EnvironmentNeeds[] {
  const { content } = parseProfileFile(file);
  return Object.entries(content.environments ?? {}).map(
    ([name, { secrets: _secrets, policy: _policy, ...fillable }]) => {
      const faults: PlacedFault[] = [];
      substitute(fillable, variables, ['environments', name], faults);
      const { slack } = fillable;
      return {
        name,
        missing: faults.map(({ message }) => message),
        lacksChannel: slack?.token !== undefined && slack.channel === undefined
      };
    }
  );
}
