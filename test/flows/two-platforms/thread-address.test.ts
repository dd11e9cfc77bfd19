/** Links to an anomaly's thread: on the platform of whoever is told, with what it needs to be opened. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { threadAddress } from '../../../src/flows/anomaly-thread/thread-address.ts';
import type { KnownMessage } from '../../../src/store/anomaly-notices.ts';
import { rememberHeard } from '../../../src/store/chat-conversations.ts';
import { openTempStore, type TempStore } from '../../temp-store.ts';
import { CHANNEL, TENANT } from './places.ts';

let temp: TempStore;
beforeEach(async () => {
  temp = await openTempStore();
});
afterEach(() => temp.close());

const at = (platform: 'slack' | 'teams', id: string, channel: string = CHANNEL[platform]): KnownMessage => ({
  key: `anomaly:1 ${platform}:${channel}`,
  status: 'sent',
  ref: JSON.stringify({ platform, channel, id }),
});
const opened = async (roots: readonly KnownMessage[], platform: string) => {
  const address = await threadAddress(temp.store, roots, platform);
  return address === undefined ? undefined : new URL(address);
};

it('leads to the thread on the same platform, else to another', async () => {
  const both = [at('slack', '1.2'), at('teams', '1700000000000')];
  expect((await opened(both, 'slack'))?.host).toBe('slack.com');
  expect((await opened(both, 'teams'))?.host).toBe('teams.microsoft.com');
  expect((await opened(both.slice(0, 1), 'teams'))?.host).toBe('slack.com');
  expect(await opened([{ key: 'anomaly:1 slack:C1', status: 'pending' }], 'slack')).toBeUndefined();
});

it('in Teams names the tenant and the team where they are known, and a chat as one', async () => {
  const known = { platform: 'teams', workspace: TENANT, serviceUrl: 'https://smba.example', botId: '28:bot' };
  const groupId = '99999999-2222-4333-8444-555555555555';
  await rememberHeard(
    temp.store,
    { conversation: { ...known, id: CHANNEL.teams, kind: 'channel', groupId }, people: [] },
    new Date(0),
  );
  const channel = await opened([at('teams', '1700000000000')], 'teams');
  expect(decodeURIComponent(channel?.pathname ?? '')).toBe(`/l/message/${CHANNEL.teams}/1700000000000`);
  expect(Object.fromEntries(channel?.searchParams ?? [])).toEqual({
    tenantId: TENANT,
    groupId,
    parentMessageId: '1700000000000',
  });
  const chat = await opened([at('teams', '17', '19:meeting@thread.v2')], 'teams');
  expect(Object.fromEntries(chat?.searchParams ?? [])).toEqual({ context: '{"contextType":"chat"}' });
});
