/** The local client under its usual address: whose page it is, and what a page that is opened late is told. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent, fetch, type RequestInit, type Response, WebSocket } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TEAMS_PEOPLE } from '../../../src/sandbox/sample-org/teams.ts';
import { createHistory, type History } from '../../../src/sandbox/teams/history.ts';
import { type PageServer, STREAM, servePage } from '../../../src/sandbox/teams/page-server.ts';
import { PERSONAL_CHAT } from '../../../src/sandbox/teams/playground-file.ts';

const [mira, jon, lena] = TEAMS_PEOPLE;
const users = TEAMS_PEOPLE.slice(1).map(({ userId }) => ({ id: userId }));
const members = users.map(({ id }) => id);
const config = {
  config: { currentUser: { id: mira?.userId }, users, groupChats: [{ members }], teams: [{ members }] },
};
const ownCard = { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: 'yours' }] };

/** Browsers know by themselves that a name below localhost is this machine. */
const dispatcher = new Agent({
  connect: { lookup: (_host, _options, found) => found(null, [{ address: '127.0.0.1', family: 4 }]) },
});

interface Asked {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly body: string;
}

let client: Server;
let asked: Asked[];
let history: History;
let page: PageServer;
let sockets: WebSocket[];

beforeEach(async () => {
  asked = [];
  sockets = [];
  client = createServer(async (request, response) => {
    asked.push({ method: request.method, url: request.url, body: await bodyOf(request) });
    response.setHeader('content-type', 'application/json');
    if (request.url === '/_internal/v1/config') return response.end(JSON.stringify(config));
    if (request.url === '/_conversation/v1/invoke')
      return response.end(
        JSON.stringify({ type: 'application/vnd.microsoft.card.adaptive', value: ownCard }),
      );
    return response.end('{"messageId":"7","timestamp":7}');
  });
  await new Promise<void>((resolve) => client.listen(0, '127.0.0.1', resolve));
  history = createHistory();
  const { port } = client.address() as AddressInfo;
  page = await servePage({ target: () => port, history }, { port: 0 });
});
afterEach(async () => {
  for (const socket of sockets) socket.close();
  await page.close();
  await new Promise((resolve) => client.close(resolve));
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

/** As a browser does that asks for the page under somebody's name. */
function ask(path: string, host = '127.0.0.1', init: RequestInit = {}): Promise<Response> {
  const { port } = new URL(page.url);
  return fetch(`http://${host}:${port}${path}`, { ...init, dispatcher });
}

/** Loads a page, listens, and opens its first conversation, which is the order of the client's own page. */
async function open(host: string): Promise<string[]> {
  const told: string[] = [];
  await (await ask('/', host)).text();
  const { port } = new URL(page.url);
  const socket = new WebSocket(`ws://${host}:${port}${STREAM}`, { dispatcher });
  sockets.push(socket);
  socket.addEventListener('message', ({ data }) => {
    const { message } = JSON.parse(String(data));
    told.push(message.attachments?.[0]?.content.body[0].text ?? message.text);
  });
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  await (await ask('/_debug/conversation/x/installation', host, { method: 'POST', body: '{}' })).text();
  return told;
}

const said = (text: string, conversation = 'channel', messageId = text) =>
  JSON.stringify({
    action: 'createMessage',
    actionConversationId: conversation,
    message: { messageId, text },
  });

describe('whose page it is', () => {
  it.each([
    ['127.0.0.1', mira, jon],
    ['jon.localhost', jon, mira],
    ['lena.localhost', lena, mira],
  ])('is said by the name it is asked under: %s', async (host, person, other) => {
    const seen = (await (await ask('/_internal/v1/config', host)).json()) as typeof config;
    expect(seen.config.currentUser.id).toBe(person?.userId);
    expect(seen.config.users.map(({ id }) => id)).toContain(other?.userId);
    expect(seen.config.teams[0]?.members).not.toContain(person?.userId);
  });

  it('is nobody of another name', async () => {
    expect((await ask('/', 'ghost.localhost')).status).toBe(404);
    expect(asked).toEqual([]);
  });

  it('lets only the current user type: the client would send it in her name', async () => {
    const say = { method: 'POST', body: JSON.stringify({ from: { id: jon?.userId }, text: 'hi' }) };
    const path = '/_conversation/v1/conversations/channel/messages';
    expect((await ask(path, 'jon.localhost', say)).status).toBe(501);
    expect(asked).toEqual([]);
    expect((await ask(path, '127.0.0.1', say)).status).toBe(200);
  });
});

describe('what a page is told', () => {
  it('is everything, once, however late it is opened', async () => {
    history.add(said('one'));
    history.add(said('two'));
    const told = await open('127.0.0.1');
    await expect.poll(() => told).toEqual(['one', 'two']);
    history.add(said('three'));
    await expect.poll(() => told).toEqual(['one', 'two', 'three']);
    const again = await open('127.0.0.1');
    await expect.poll(() => again).toEqual(['one', 'two', 'three']);
  });

  it('is a message as it is now', async () => {
    history.add(said('one'));
    history.add(
      JSON.stringify({ action: 'updateMessage', message: { messageId: 'one', text: 'one, changed' } }),
    );
    const told = await open('127.0.0.1');
    await expect.poll(() => told).toEqual(['one, changed']);
  });

  it('is not the personal chat of somebody else', async () => {
    history.add(said('secret', PERSONAL_CHAT));
    history.add(said('for all'));
    const told = await open('jon.localhost');
    await expect.poll(() => told).toEqual(['for all']);
  });

  it('is the card of their own for those whom the card names, and for nobody else', async () => {
    const refresh = { action: { type: 'Action.Execute', verb: 'mine' }, userIds: [jon?.userId] };
    const content = { body: [{ type: 'TextBlock', text: 'for all' }], refresh };
    const message = { messageId: '5', postConversationId: 'channel;messageid=5', attachments: [{ content }] };
    history.add(JSON.stringify({ action: 'createMessage', actionConversationId: 'channel', message }));
    const [toJon, toLena] = [await open('jon.localhost'), await open('lena.localhost')];
    await expect.poll(() => toJon).toEqual(['for all', 'yours']);
    await expect.poll(() => toLena).toEqual(['for all']);
    const invokes = asked.filter(({ url }) => url === '/_conversation/v1/invoke');
    expect(invokes.map(({ body }) => JSON.parse(body))).toEqual([
      {
        name: 'adaptiveCard/action',
        from: { id: jon?.userId },
        conversation: { id: 'channel;messageid=5' },
        replyToId: '5',
        value: { action: refresh.action, trigger: 'automatic' },
      },
    ]);
  });
});

describe('what the bot sends', () => {
  it('is put as the client takes it: without what it warns of, people by its own ids', async () => {
    const card = { msteams: { width: 'Full' }, body: [{ type: 'Image', msteams: { allowExpand: true } }] };
    const post = { method: 'POST', body: JSON.stringify({ members: [{ id: jon?.entraId }], card }) };
    await ask('/_connector/v3/conversations', '127.0.0.1', post);
    await ask(`/_connector/v3/conversations/channel/members/${jon?.entraId}`);
    expect(asked.map(({ url }) => url)).toEqual([
      '/_connector/v3/conversations',
      `/_connector/v3/conversations/channel/members/${jon?.userId}`,
    ]);
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
      members: [{ id: jon?.userId }],
      card: { msteams: {}, body: [{ type: 'Image', msteams: {} }] },
    });
  });
});

it('says which port is taken and how to name another one', async () => {
  const port = Number(new URL(page.url).port);
  await expect(servePage({ target: () => undefined, history }, { port })).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining(String(port)),
    hint: expect.stringContaining('--teams-port'),
  });
});
