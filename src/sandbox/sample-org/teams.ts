/** The organisation in Microsoft Teams: ids of its tenant, its people, and where its teams talk. The same on every day. */
import { createHash } from 'node:crypto';
import { emailOf, ORGANISATION, PEOPLE } from './company.ts';

/** In the form of a GUID, the same for the same words. */
function guidOf(words: string): string {
  const hex = createHash('sha256').update(words).digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** Object id of a person in Microsoft Entra ID. */
export function entraIdOf(key: string): string {
  return guidOf(`person ${emailOf(key)}`);
}

export const TENANT_ID = guidOf(`tenant ${ORGANISATION}`);
export const GROUP_ID = guidOf(`group ${ORGANISATION}`);

/** Conversations of the local client, which has one team with two channels, and one group chat. */
export const TEAMS_PLACES = {
  /** Its id is also the team's. */
  general: { id: '19:wrenfield-general@thread.tacv2', name: 'General' },
  search: { id: '19:wrenfield-search@thread.tacv2', name: 'Search' },
  assistant: { id: '19:wrenfield-assistant@thread.v2', name: 'Assistant' },
} as const;

/** Where each team talks in Teams; the others have only their Slack channel. */
export const TEAMS_CHANNELS: Readonly<Record<string, string>> = {
  search: TEAMS_PLACES.search.id,
  assistant: TEAMS_PLACES.assistant.id,
};

export interface TeamsPerson {
  readonly key: string;
  readonly name: string;
  readonly title: string;
  readonly email: string;
  readonly entraId: string;
  /** As the client calls them. */
  readonly userId: string;
}

/** Six people, which is what the local client has: the first is who its page belongs to. */
export const TEAMS_PEOPLE: readonly TeamsPerson[] = ['mira', 'jon', 'lena', 'tomas', 'sana', 'hana'].flatMap(
  (key) =>
    PEOPLE.filter((person) => person.key === key).map(({ name, title }) => ({
      key,
      name,
      title,
      email: emailOf(key),
      entraId: entraIdOf(key),
      userId: `29:${key}-wrenfield`,
    })),
);
