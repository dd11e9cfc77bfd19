/** Teams keeps the contract of every chat platform. */
import { createTeams } from '../../../src/chat/teams/index.ts';
import type { TeamsMemory, TeamsMessage } from '../../../src/chat/teams/types.ts';
import { testPlatform } from '../../contracts/chat-platform.ts';
import { rememberingLog } from '../../temp-store.ts';
import { messageProblems } from './adaptive-card.ts';
import { liveParts, visible } from './card-reader.ts';
import { connectToTeams } from './connected.ts';

const TENANT = '11111111-2222-3333-4444-555555555555';
const MIRA = '12345678-9abc-def0-1234-56789abcdef0';

/** Rendering asks nobody. */
const memory: TeamsMemory = {
  conversation: async () => undefined,
  directWith: async () => undefined,
  anyOf: async () => undefined,
  person: async () => undefined,
  personByUserId: async () => undefined,
  remember: async () => undefined,
  forget: async () => undefined,
};

const platform = createTeams(
  { appId: MIRA, appPassword: 's', appType: 'SingleTenant', tenantId: TENANT, tenants: [TENANT] },
  { dispatch: async () => [], drawChart: async () => new Uint8Array(), log: rememberingLog(), memory },
);

const cardOf = (payload: unknown): unknown => (payload as TeamsMessage).attachments[0]?.content;

testPlatform('Teams', {
  platform,
  problems: messageProblems,
  visibleText: (payload) => visible(cardOf(payload)),
  fallback: (payload) => (payload as TeamsMessage).summary,
  live: (payload) => liveParts(cardOf(payload)),
  mention: { platformId: MIRA, live: `@${MIRA}` },
  connect: connectToTeams,
});
