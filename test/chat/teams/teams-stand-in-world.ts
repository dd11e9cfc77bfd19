/** Who and what is in the Teams of the tests: people, a team with channels, a group chat, and every message. */

export const APP_ID = '5f3e1d2c-0000-4000-8000-00000000b07a';
export const APP_PASSWORD = 'a-client-secret-of-the-tests';
export const BOT = { id: `28:${APP_ID}`, name: 'Pennywatch' } as const;
export const TENANT = '7e9a0000-0000-4000-8000-000000000001';
export const OTHER_TENANT = '7e9a0000-0000-4000-8000-000000000002';

export interface StandInPerson {
  /** Entra object id, lower case. */
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  /** The sign-in name, where it is not the e-mail. */
  readonly signIn?: string;
  readonly tenantId: string;
  readonly role: 'user' | 'guest';
}

function person(number: number, name: string, more: Partial<StandInPerson> = {}): StandInPerson {
  return {
    id: `ad000000-0000-4000-8000-00000000000${number}`,
    userId: `29:1${name.replace(/\W/g, '')}_x-Y`,
    name,
    email: `${name.split(' ')[0]?.toLowerCase()}@acme.example`,
    tenantId: TENANT,
    role: 'user',
    ...more,
  };
}

export const PEOPLE = {
  mira: person(1, 'Mira Chen'),
  jon: person(2, 'Jon Park'),
  ana: person(3, 'Ana Souza'),
  guest: person(4, 'Gus Guest', { role: 'guest', email: 'gus@partner.example' }),
  /** Of another organisation, in the chat by federation. */
  stranger: person(5, 'Sam Stranger', { tenantId: OTHER_TENANT, email: 'sam@other.example' }),
  /** In the organisation, but in no conversation with the bot. */
  newcomer: person(6, 'Nia New'),
} as const satisfies Readonly<Record<string, StandInPerson>>;
export type PersonName = keyof typeof PEOPLE;

export const TEAM = {
  id: '19:general@thread.tacv2',
  name: 'ML Platform',
  aadGroupId: '96000000-0000-4000-8000-000000000001',
} as const;
/** A team's first channel has the team's id. */
export const GENERAL = TEAM.id;
export const SEARCH = '19:search@thread.tacv2';
export const GROUP_CHAT = '19:group@thread.v2';
/** A channel of a team in which the app is not installed. */
export const CLOSED = '19:closed@thread.tacv2';

export interface StandInConversation {
  readonly id: string;
  readonly kind: 'channel' | 'group' | 'direct';
  readonly name?: string;
  readonly team?: { readonly id: string; readonly name: string; readonly aadGroupId: string };
  /** Whose it is, if direct: an Entra object id. */
  readonly person?: string;
  /** Entra object ids. */
  members: readonly string[];
  /** Whether the bot is in it. */
  installed: boolean;
}

export interface StandInMessage {
  readonly id: string;
  /** Without a thread. */
  readonly conversation: string;
  /** Root message of the channel thread it is a reply in. */
  readonly thread?: string;
  /** "bot", or the Entra object id of a person. */
  readonly from: string;
  /** As it was sent, and as the last edit left it. */
  // biome-ignore lint/suspicious/noExplicitAny: Bot Framework JSON, read field by field in tests
  activity: any;
  readonly createdAt: number;
  edits: number;
  removed: boolean;
}

export interface World {
  readonly conversations: Map<string, StandInConversation>;
  readonly messages: StandInMessage[];
  /** By Entra id or "29:…". */
  person(id: string): StandInPerson | undefined;
  direct(person: StandInPerson): StandInConversation;
  /** A conversation by its id, with or without ";messageid=…". */
  find(id: string): { readonly conversation: StandInConversation; readonly thread?: string } | undefined;
  add(message: Omit<StandInMessage, 'id' | 'createdAt' | 'edits' | 'removed'>): StandInMessage;
  nextId(): string;
}

export function createWorld(now: () => number): World {
  const all = Object.values(PEOPLE);
  const insiders = [PEOPLE.mira, PEOPLE.jon, PEOPLE.ana, PEOPLE.guest].map(({ id }) => id);
  const closedTeam = { id: CLOSED, name: 'Finance', aadGroupId: '96000000-0000-4000-8000-000000000002' };
  const seed: readonly StandInConversation[] = [
    { id: GENERAL, kind: 'channel', name: 'General', team: TEAM, members: insiders, installed: true },
    { id: SEARCH, kind: 'channel', name: 'search', team: TEAM, members: insiders, installed: true },
    {
      id: GROUP_CHAT,
      kind: 'group',
      name: 'Costs',
      members: [PEOPLE.mira, PEOPLE.jon, PEOPLE.stranger].map(({ id }) => id),
      installed: true,
    },
    { id: CLOSED, kind: 'channel', name: 'General', team: closedTeam, members: insiders, installed: false },
  ];
  const conversations = new Map(seed.map((one) => [one.id, one]));
  const messages: StandInMessage[] = [];
  let last = 0;

  /** Milliseconds since 1970 as text, never twice, as Teams makes them. */
  function nextId(): string {
    last = Math.max(now(), last + 1);
    return String(last);
  }

  return {
    conversations,
    messages,
    nextId,
    person: (id) => all.find((one) => one.id === id.toLowerCase() || one.userId === id || one.email === id),
    direct(person) {
      const id = `a:1${person.id.slice(-4)}-direct`;
      const known = conversations.get(id);
      if (known) return known;
      const fresh: StandInConversation = {
        id,
        kind: 'direct',
        person: person.id,
        members: [person.id],
        // Whoever has the app can be written to; the newcomer has to install it first.
        installed: person.id !== PEOPLE.newcomer.id,
      };
      conversations.set(id, fresh);
      return fresh;
    },
    find(id) {
      const [plain = '', thread] = id.split(';messageid=');
      const conversation = conversations.get(plain);
      return conversation && { conversation, ...(thread && { thread }) };
    },
    add(message) {
      const added = { ...message, id: nextId(), createdAt: now(), edits: 0, removed: false };
      messages.push(added);
      return added;
    },
  };
}
