/** The file that tells Microsoft's local client which people, team and chats there are. */
import { stringify } from 'yaml';
import { ORGANISATION } from '../sample-org/company.ts';
import { GROUP_ID, TEAMS_PEOPLE, TEAMS_PLACES, TENANT_ID, type TeamsPerson } from '../sample-org/teams.ts';

/** Looked for in the folder it is started in. */
export const PLAYGROUND_FILE = '.m365agentsplayground.yml';
export const BOT = { id: '28:pennywatch-demo', name: 'Pennywatch' } as const;
export const PERSONAL_CHAT = 'a:wrenfield-personal';

/** YAML in the client's own form (version 0.1.1): exactly one current user and five others. */
export function playgroundFile(): string {
  const [current, ...users] = TEAMS_PEOPLE.map(userOf);
  const { general, search, assistant } = TEAMS_PLACES;
  return stringify({
    version: '0.1.1',
    tenantId: TENANT_ID,
    bot: BOT,
    currentUser: current,
    users,
    personalChat: { id: PERSONAL_CHAT },
    groupChat: assistant,
    team: { id: general.id, name: ORGANISATION, aadGroupId: GROUP_ID, channels: [search] },
  });
}

function userOf({ userId, name, email, entraId }: TeamsPerson) {
  const [givenName = name, ...rest] = name.split(' ');
  return {
    id: userId,
    name,
    // The client's own spelling.
    userPrincipleName: email,
    aadObjectId: entraId,
    givenName,
    surname: rest.join(' '),
    email,
  };
}
