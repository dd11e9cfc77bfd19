/** Our calls to the Bot Connector, by the SDK's client over HTTP: what is sent, once, and what refusals mean. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createBotFramework } from '../../../src/chat/teams/bot-framework.ts';
import { TeamsRefusal } from '../../../src/chat/teams/errors.ts';
import type { BotFramework, TeamsAddress, TeamsMessage } from '../../../src/chat/teams/types.ts';
import { startTeamsStandIn, type TeamsStandIn } from './teams-stand-in.ts';
import { APP_ID, GENERAL, GROUP_CHAT, OTHER_TENANT, PEOPLE, SEARCH, TENANT } from './teams-stand-in-world.ts';

let teams: TeamsStandIn;
let framework: BotFramework;
const log = { info() {}, warn() {}, error() {} };
beforeAll(async () => {
  teams = await startTeamsStandIn();
  framework = createBotFramework(teams.config, { log, now: Date.now });
});
afterAll(() => teams.close());
afterEach(() => {
  teams.calls.length = 0;
});

const to = (conversationId: string): TeamsAddress => ({
  serviceUrl: teams.serviceUrl.replace(/\/$/, ''),
  tenantId: TENANT,
  conversationId,
});
const card: TeamsMessage = {
  type: 'message',
  summary: 'bert cost $12',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'bert cost $12' }] },
    },
  ],
};
const refusal = (facts: object) => expect.objectContaining({ name: 'TeamsRefusal', facts });

describe('a message', () => {
  it('goes to a chat, with our token, as it is', async () => {
    const id = await framework.send(to(GROUP_CHAT), card);
    expect(teams.messages(GROUP_CHAT)).toMatchObject([{ id, activity: card }]);
    expect(teams.calls).toHaveLength(1);
    expect(teams.calls[0]).toMatchObject({
      kind: 'send',
      conversation: GROUP_CHAT,
      authorization: expect.stringMatching(/^Bearer ./),
    });
    expect(teams.calls[0]?.body).toMatchObject({
      from: { id: `28:${APP_ID}` },
      conversation: { id: GROUP_CHAT },
    });
  });

  it('goes into a thread, by its conversation id or as a reply', async () => {
    const root = await framework.post(to(SEARCH), card);
    const first = await framework.send(to(`${SEARCH};messageid=${root}`), card);
    const second = await framework.send(to(SEARCH), card, root);
    expect(teams.messages(SEARCH).map(({ id, thread }) => [id, thread])).toEqual([
      [root, undefined],
      [first, root],
      [second, root],
    ]);
  });

  it('is rewritten where it is', async () => {
    const id = await framework.send(to(GROUP_CHAT), card);
    await framework.update(to(GROUP_CHAT), id, { ...card, summary: 'now $13' });
    const found = teams.messages(GROUP_CHAT).find((one) => one.id === id);
    expect(found).toMatchObject({
      edits: 1,
      activity: { summary: 'now $13', attachments: card.attachments },
    });
  });

  it('in a channel resolves to the id of its thread, also from a thread of it', async () => {
    const id = await framework.post(to(`${GENERAL};messageid=1`), card);
    expect(teams.messages(GENERAL).map((one) => one.id)).toEqual([id]);
    expect(teams.calls[0]?.body).toMatchObject({
      isGroup: true,
      bot: { id: `28:${APP_ID}` },
      channelData: { channel: { id: GENERAL }, tenant: { id: TENANT } },
    });
  });

  it('may be that somebody types', async () => {
    await framework.send(to(GROUP_CHAT), { type: 'typing' });
    expect(teams.calls).toMatchObject([{ kind: 'send', body: { type: 'typing' } }]);
  });

  it('asks for one token however many are sent at once', async () => {
    const before = teams.tokens.length;
    const fresh = createBotFramework(teams.config, { log, now: Date.now });
    await Promise.all([1, 2, 3].map(() => fresh.send(to(GROUP_CHAT), card)));
    expect(teams.tokens.slice(before)).toEqual([
      { tenant: TENANT, scope: 'https://api.botframework.com/.default' },
    ]);
  });
});

describe('people', () => {
  it('have a direct conversation, by either id', async () => {
    const { id, userId } = PEOPLE.mira;
    expect(await framework.openDirect(to(''), userId)).toBe(await framework.openDirect(to(''), id));
    expect(teams.calls[0]?.body).toMatchObject({
      isGroup: false,
      tenantId: TENANT,
      members: [{ id: userId }],
    });
  });

  it('are found in a conversation, by either id, from a thread too', async () => {
    const mira = {
      id: PEOPLE.mira.id,
      userId: PEOPLE.mira.userId,
      name: 'Mira Chen',
      email: PEOPLE.mira.email,
    };
    for (const id of [mira.id, mira.userId])
      expect(await framework.member(to(`${GENERAL};messageid=7`), id)).toEqual({
        ...mira,
        tenantId: TENANT,
        role: 'user',
      });
    expect(await framework.member(to(GENERAL), PEOPLE.newcomer.id)).toBeUndefined();
    await expect(framework.member(to('19:gone@thread.v2'), mira.id)).rejects.toThrow(
      refusal({ status: 404, code: 'ConversationNotFound', uncertain: false }),
    );
  });

  it('are listed page by page', async () => {
    teams.pageMembers(2);
    const found = await framework.members(to(GROUP_CHAT));
    expect(found.map(({ name, tenantId }) => [name, tenantId])).toEqual([
      ['Mira Chen', TENANT],
      ['Jon Park', TENANT],
      ['Sam Stranger', OTHER_TENANT],
    ]);
    expect(teams.calls).toHaveLength(2);
    teams.pageMembers(500);
  });
});

describe('a refusal', () => {
  it.each([
    [
      { status: 429, retryAfter: 2 },
      { status: 429, retryAfter: 2000, uncertain: false },
    ],
    [{ status: 412 }, { status: 412, uncertain: false }],
    [
      { status: 413, code: 'MessageSizeTooBig' },
      { status: 413, code: 'MessageSizeTooBig', uncertain: false },
    ],
    [{ status: 500 }, { status: 500, uncertain: true }],
    [{ status: 502 }, { status: 502, uncertain: true }],
    [
      { status: 503, retryAfter: 1 },
      { status: 503, retryAfter: 1000, uncertain: true },
    ],
    [{ lost: true }, { code: 'ECONNRESET', uncertain: true }],
    [{ cut: true }, { code: 'ECONNRESET', uncertain: true }],
  ])('%o is told as facts after a single try', async (fault, facts) => {
    for (const call of [
      () => framework.send(to(GROUP_CHAT), card),
      () => framework.post(to(GENERAL), card),
    ]) {
      teams.failNext(fault);
      teams.calls.length = 0;
      await expect(call()).rejects.toThrow(refusal(expect.objectContaining(facts)));
      expect(teams.calls).toHaveLength(1);
    }
  });

  it('by the roster is a certain one', async () => {
    const { newcomer } = PEOPLE;
    await expect(framework.openDirect(to(''), newcomer.userId)).rejects.toThrow(
      refusal({ status: 403, code: 'ForbiddenOperationException', uncertain: false }),
    );
  });

  it('of our token leads to a new one', async () => {
    await framework.send(to(GROUP_CHAT), card);
    const before = teams.tokens.length;
    teams.failNext({ status: 401 });
    await expect(framework.send(to(GROUP_CHAT), card)).rejects.toThrow(TeamsRefusal);
    await framework.send(to(GROUP_CHAT), card);
    expect(teams.tokens.length).toBe(before + 1);
  });

  it('comes before anything is sent where the secret is wrong', async () => {
    const wrong = createBotFramework(
      { ...teams.config, appPassword: 'another-secret' },
      { log, now: Date.now },
    );
    await expect(wrong.send(to(GROUP_CHAT), card)).rejects.toThrow(
      refusal({ status: 401, code: 'AADSTS7000215', uncertain: false }),
    );
    expect(teams.calls).toEqual([]);
  });

  it('is a certain one where nobody listens', async () => {
    const nobody = { ...to(GROUP_CHAT), serviceUrl: 'http://127.0.0.1:9' };
    await expect(framework.send(nobody, card)).rejects.toThrow(
      refusal({ code: 'ECONNREFUSED', uncertain: false }),
    );
  });

  it('meets ids that would lead elsewhere in the address', async () => {
    for (const id of ['', '.', '..'])
      await expect(framework.send(to(id), card)).rejects.toThrow(
        refusal({ code: 'BadSyntax', uncertain: false }),
      );
    expect(teams.calls).toEqual([]);
  });
});

describe('our token', () => {
  it('is not sent to a service that is not one of Teams, nor asked for', async () => {
    const { login, ...elsewhere } = teams.config.endpoints ?? {};
    const real = createBotFramework({ ...teams.config, endpoints: elsewhere }, { log, now: Date.now });
    expect(login).toBeDefined();
    for (const serviceUrl of [to('').serviceUrl, 'https://evil.example', 'https://evil.trafficmanager.net'])
      await expect(real.send({ ...to(GROUP_CHAT), serviceUrl }, card)).rejects.toThrow(
        refusal({ code: 'ForeignService', uncertain: false }),
      );
    expect(teams.calls).toEqual([]);
  });

  it('does not follow a redirection', async () => {
    const heard: string[] = [];
    const other = await listen((request, response) => {
      heard.push(String(request.headers.authorization));
      response.end('{}');
    });
    const first = await listen((_request, response) => {
      response.writeHead(307, { location: `${other.url}/v3/conversations/x/activities` }).end();
    });
    const sent = framework.send({ ...to(GROUP_CHAT), serviceUrl: first.url }, card);
    await expect(sent).rejects.toThrow(refusal({ status: 307, uncertain: true }));
    expect(heard).toEqual([]);
    await Promise.all([first.stop(), other.stop()]);
  });

  it('is not needed locally', async () => {
    const local = await startTeamsStandIn({ local: true });
    const bare = createBotFramework(local.config, { log, now: Date.now });
    const serviceUrl = local.serviceUrl.replace(/\/$/, '');
    await bare.send({ ...to(GROUP_CHAT), serviceUrl }, card);
    expect(local.calls).toMatchObject([{ kind: 'send', conversation: GROUP_CHAT }]);
    expect(local.calls[0]?.authorization).toBeUndefined();
    expect(local.tokens).toEqual([]);
    await local.close();
  });
});

async function listen(listener: RequestListener): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
