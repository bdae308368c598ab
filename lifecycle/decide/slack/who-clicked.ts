// Who clicked in Slack: one function for every way in. It names a person only when the policy maps their workspace and id to one, and Slack says now
// that they are a full member of it. Names that Slack shows are chosen by people and are not looked at; an empty list names nobody.
import type { WebClient } from '@slack/web-api';
import type { DecidePages } from '../../../contract/signature/decision-means.js';
import type { LoggedIn } from '../take-vouched.js';

/** Slack's ids in a payload. Whatever else is in it is not believed. */
export interface SlackUser {
  readonly team: string;
  readonly id: string;
}

/** The ids; null when they are not all there, or name two workspaces. */
export function userIn(body: unknown): SlackUser | null {
  const { user, team } = (body ?? {}) as { readonly user?: Ids; readonly team?: Ids };
  const teams = [user?.team_id, team?.id].filter(id => id !== undefined && id !== null);
  return typeof user?.id === 'string' && typeof teams[0] === 'string' && new Set(teams).size === 1
    ? { team: teams[0], id: user.id }
    : null;
}

interface Ids {
  readonly id?: unknown;
  readonly team_id?: unknown;
}

/**
 * The person, or one sentence why nobody.
 *
 * @param pages - `decide` of the policy by which the question was asked.
 */
export async function whoClicked(
  user: SlackUser | null,
  pages: Pick<DecidePages, 'slack'> | undefined,
  web: Pick<WebClient, 'users'>
): Promise<LoggedIn | string> {
  const people = Object.entries(pages?.slack ?? {});
  if (people.length === 0) {
    return 'Nobody decides in Slack here: decide.slack in launchbook.yml names nobody.';
  }
  if (user === null) {
    return 'Slack does not say who you are, or names two workspaces.';
  }
  const login = `${user.team}/${user.id}`;
  const named = people.filter(([, id]) => id === login);
  if (named.length !== 1) {
    const isElsewhere = people.every(([, id]) => !id.startsWith(`${user.team}/`));
    return isElsewhere
      ? `Your workspace (${user.team}) is not one whose people decide here.`
      : `You (${login}) are not among those who decide in Slack: decide.slack in launchbook.yml does not name you.`;
  }
  const fault = await faultOfMember(user, web);
  return fault ?? { by: named[0]![0], login: `slack:${login}` };
}

/** What makes somebody less than a member. */
const LESS = [
  ['deleted', 'is switched off'],
  ['is_bot', 'is that of a bot'],
  ['is_workflow_bot', 'is that of a bot'],
  ['is_connector_bot', 'is that of a bot'],
  ['is_restricted', 'is that of a guest'],
  ['is_ultra_restricted', 'is that of a guest'],
  ['is_stranger', 'belongs to another company'],
  ['is_invited_user', 'has not been accepted yet']
] as const;

async function faultOfMember({ team, id }: SlackUser, web: Pick<WebClient, 'users'>): Promise<string | null> {
  let user: { readonly [field: string]: unknown } | undefined;
  try {
    user = { ...(await web.users.info({ user: id })).user };
  } catch (error) {
    return `Slack does not say whether you are a member of the workspace, so you cannot decide here now: ${(error as Error).message}.`;
  }
  if (user['id'] !== id || user['team_id'] !== team || typeof user['is_bot'] !== 'boolean') {
    return 'Slack does not say that you are a member of this workspace.';
  }
  const [, why] = LESS.find(([field]) => user[field] === true) ?? [];
  return why === undefined ? null : `Your account in Slack ${why}, so it decides nothing here.`;
}
