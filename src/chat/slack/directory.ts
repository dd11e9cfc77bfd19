/** Who people are in the Slack workspace now: active, guest or bot, their e-mail, and who is in a user group. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { UsergroupsListResponse, UsersInfoResponse } from '@slack/web-api';
import type { Logger } from '../../core/log.ts';
import { remember } from '../remember.ts';
import type { Directory, DirectoryPerson } from '../types.ts';
import { createApi, type SlackApi, type Wait } from './api.ts';
import { slackCode } from './errors.ts';

type SlackUser = NonNullable<UsersInfoResponse['user']>;
type SlackGroup = NonNullable<UsergroupsListResponse['usergroups']>[number];

/** Milliseconds an answer is good for; somebody deactivated is shut out after so long at the latest. */
const PERSON_FOR = 60_000;
const GROUPS_FOR = 5 * 60_000;
const WORKSPACE_FOR = 24 * 60 * 60_000;
/** Whoever clicks next is not made to wait for a Slack that has just not answered. */
const SILENT_FOR = 5_000;
const PEOPLE_KEPT = 5_000;
/** Somebody waits for the answer to a click. */
const PATIENCE = { timeout: 3_000, retries: 1 };

export interface SlackDirectoryDeps {
  readonly log: Logger;
  /** Milliseconds since 1970, and a pause; the real clock unless a test says otherwise. */
  readonly now?: () => number;
  readonly wait?: Wait;
}

/** A directory with a connection of its own: for threads that answer and have no Bolt. Calls nothing until it is used. */
export function createSlackDirectory(
  config: { readonly botToken: string; readonly apiUrl?: string },
  { log, now = Date.now, wait = (milliseconds) => sleep(milliseconds) }: SlackDirectoryDeps,
): Directory {
  const api = createApi({
    token: config.botToken,
    ...(config.apiUrl ? { apiUrl: config.apiUrl } : {}),
    log,
    wait,
    now,
    ...PATIENCE,
  });
  return createDirectory(api, now);
}

/** What is asked is remembered: people for a minute, groups for five. Throws UPSTREAM when Slack does not answer. */
export function createDirectory(api: SlackApi, now: () => number): Directory {
  const kept = (keep: number, most: number) => ({ keep, keepFailure: SILENT_FOR, most, now });
  const workspace = remember(async () => (await api.whoAmI()).teamId, kept(WORKSPACE_FOR, 1));
  const person = remember(
    (id) => known(async () => toPerson(await api.findUser(id), await workspace(''))),
    kept(PERSON_FOR, PEOPLE_KEPT),
  );
  const byEmail = remember(
    (email) => known(async () => toPerson(await api.findUserByEmail(email), await workspace(''))),
    kept(PERSON_FOR, PEOPLE_KEPT),
  );
  const groups = remember(() => api.listGroups(), kept(GROUPS_FOR, 1));
  const members = remember((id) => known(() => api.listGroupMembers(id)), kept(GROUPS_FOR, 500));

  return {
    workspace: () => workspace(''),
    // An id is never a path or a list; whatever else somebody sends is nobody.
    person: async (id) => (/^[UWB][A-Z0-9]{1,30}$/.test(id) ? person(id) : undefined),
    personByEmail: (email) => byEmail(email.toLowerCase()),
    async groupMembers(group) {
      const found = (await groups('')).find((one) => isMeant(one, group));
      return found?.id === undefined ? undefined : members(found.id);
    },
  };
}

function isMeant(group: SlackGroup, name: string): boolean {
  if (group.date_delete) return false;
  return name.startsWith('@')
    ? group.handle?.toLowerCase() === name.slice(1).toLowerCase()
    : group.id === name;
}

/** Undefined for what Slack says it does not have. */
async function known<T>(ask: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (/^(user_not_found|users_not_found|user_not_visible|no_such_subteam)$/.test(slackCode(error) ?? ''))
      return undefined;
    throw error;
  }
}

/** In an Enterprise Grid somebody belongs to several workspaces: ours counts when it is among them. */
function toPerson(user: SlackUser | undefined, ours: string): DirectoryPerson | undefined {
  if (!user?.id) return undefined;
  const teams = [...(user.enterprise_user?.teams ?? []), ...(user.teams ?? [])];
  const workspace = teams.includes(ours) ? ours : (user.team_id ?? user.profile?.team);
  const name = user.profile?.real_name || user.real_name || user.name || user.id;
  return {
    id: user.id,
    name,
    ...(user.profile?.email && { email: user.profile.email }),
    active: user.deleted !== true,
    kind: kindOf(user),
    ...(workspace && { workspace }),
  };
}

function kindOf(user: SlackUser): DirectoryPerson['kind'] {
  if (user.is_bot || user.is_connector_bot || user.is_workflow_bot || user.id === 'USLACKBOT') return 'bot';
  return user.is_restricted || user.is_ultra_restricted || user.is_stranger ? 'guest' : 'member';
}
