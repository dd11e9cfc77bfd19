/** The whole server: real Bolt app over signed HTTP, real SQLite, the local workspace as Slack. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TeamsEnvironment } from '../src/config/environment-teams.ts';
import { eachDay } from '../src/core/day.ts';
import { type RunningServer, startServer } from '../src/main.ts';
import { runAction } from '../src/sandbox/app/action.ts';
import { runCommand } from '../src/sandbox/app/command.ts';
import { signatureHeaders } from '../src/sandbox/app/sign.ts';
import { createSandbox, type Sandbox } from '../src/sandbox/create-sandbox.ts';
import type { Message } from '../src/sandbox/state.ts';
import { startTeamsStandIn, type TeamsStandIn } from './chat/teams/teams-stand-in.ts';
import { textOfMessage } from './chat/teams/teams-stand-in-cards.ts';
import { APP_PASSWORD, PEOPLE, SEARCH, type StandInMessage } from './chat/teams/teams-stand-in-world.ts';
import { settingsOf } from './settings.ts';
import { addFacts, rememberingLog } from './temp-store.ts';

const NOW = Date.parse('2026-11-21T09:00:00Z');
const SECRET = 'a-signing-secret';
const TOKEN = 'xoxb-a-bot-token';
const log = rememberingLog();
const dir = mkdtempSync(join(tmpdir(), 'pennywatch-server-'));
let sandbox: Sandbox;
let server: RunningServer;
let teams: TeamsStandIn;

beforeAll(async () => {
  sandbox = createSandbox({
    signingSecret: SECRET,
    botToken: TOKEN,
    appUrl: () => `${server.url}/slack/events`,
    workspace: {
      teamId: 'T1',
      teamName: 'Test',
      botUserId: 'UBOT',
      botName: 'Pennywatch',
      people: [{ id: 'U1', name: 'Mira Chen', title: 'Engineer', email: 'mira@example.com', colour: '#555' }],
      channels: [{ id: 'C1', name: 'search', topic: '', memberIds: ['U1', 'UBOT'] }],
      usergroups: [],
      commands: [{ command: '/cost', description: 'costs', usageHint: '' }],
    },
    now: Date.now,
    log,
    fileProcessingMs: 50,
  });
  const url = await sandbox.listen(0);
  teams = await startTeamsStandIn({ now: () => NOW });
  server = await startServer({
    config: {
      settings: settingsOf({
        teams: [
          {
            name: 'search',
            title: 'Search',
            owner: 'mira@example.com',
            members: [{ name: 'Mira Chen', email: 'mira@example.com', slack: 'U1', teams: PEOPLE.mira.id }],
            channel: { slack: 'C1', teams: SEARCH },
          },
        ],
        models: [{ name: 'bert', title: 'BERT', team: 'search', aliases: ['bert-base'] }],
      }),
      environment: {
        port: 0,
        databaseUrl: `file:${join(dir, 'test.db')}`,
        slack: { botToken: TOKEN, signingSecret: SECRET, apiUrl: `${url}/api/` },
        teams: teams.config as TeamsEnvironment,
        publicUrl: 'https://pennywatch.example',
      },
      path: undefined,
    },
    now: () => NOW,
    log,
    host: '127.0.0.1',
    threads: ['--import', 'tsx'],
  });
  teams.connectApp(`${server.url}/api/messages`);
  const hostile = { model: '<!channel>', team: '"); DROP TABLE "Team"' };
  await addFacts(server.context, [
    ...eachDay('2026-09-01', '2026-11-19').map((day) => ({
      day,
      cost: '10',
      tags: { model: 'bert', stage: 'training' },
    })),
    ...eachDay('2026-11-01', '2026-11-19').map((day) => ({ day, cost: '3', tags: hostile })),
  ]);
});

afterAll(async () => {
  await server.stop();
  await teams.close();
  await sandbox.close();
  rmSync(dir, { recursive: true });
});

const link = () => ({
  signingSecret: SECRET,
  appUrl: () => `${server.url}/slack/events`,
  ackTimeoutMs: 3000,
  log,
});
const messages = () => sandbox.state.messages.get('C1') ?? [];

/** Types a command as Mira and waits until the answer is there and `ready`. */
async function type(text: string, ready: (message: Message) => boolean = () => true): Promise<Message> {
  const before = new Set(messages().map((message) => message.ts));
  await runCommand(sandbox.state, link(), { person: 'U1', channel: 'C1', text });
  return waitFor((message) => !before.has(message.ts) && message.user === 'UBOT' && ready(message));
}

async function waitFor(wanted: (message: Message) => boolean): Promise<Message> {
  for (let i = 0; i < 400; i++) {
    const found = messages().find(wanted);
    if (found) return found;
    await sleep(25);
  }
  throw new Error(`no such message: ${JSON.stringify(messages().at(-1))}`);
}

async function click(message: Message, label: string): Promise<void> {
  const block = message.blocks.find((one) => one.type === 'actions');
  const elements = (block?.elements ?? []) as { action_id: string; value: string; text: { text: string } }[];
  const button = elements.find((element) => element.text.text === label);
  if (!block || !button)
    throw new Error(`no button "${label}" in ${JSON.stringify(elements.map((one) => one.text.text))}`);
  await runAction(sandbox.state, link(), {
    person: 'U1',
    channel: 'C1',
    ts: message.ts,
    actionId: button.action_id,
    blockId: String(block.block_id),
    action: { type: 'button', value: button.value, text: button.text },
    values: {},
  });
}

const hasPicture = (message: Message) => message.blocks.some((block) => block.type === 'image');
const all = (message: Message) => JSON.stringify(message.blocks);

describe('asking in Slack', () => {
  it('answers /cost model bert with figure, owner, table and picture, to the asker only', async () => {
    const answer = await type('/cost model bert', hasPicture);
    expect(all(answer)).toContain('bert: $300 in the last 30 days');
    expect(all(answer)).toContain('Mira Chen');
    expect(answer.blocks.some((block) => block.type === 'table')).toBe(true);
    expect(answer.onlyFor).toBe('U1');
    expect(messages().filter((message) => all(message).includes('bert: $300'))).toHaveLength(1);
  });

  it('shares an answer in the channel, with who asked and without the share button', async () => {
    await click(await type('/cost model bert', hasPicture), 'Share in channel');
    const shared = await waitFor((message) => message.onlyFor === undefined && message.user === 'UBOT');
    expect(all(shared)).toContain('shared /cost model bert 30d');
    expect(all(shared)).not.toContain('Share in channel');
    expect(hasPicture(shared)).toBe(true);
  });

  it('offers the closest names as buttons, and answers the click in place', async () => {
    const asked = await type('/cost model bret');
    expect(all(asked)).toContain("I don't know a model called ");
    await click(asked, 'bert');
    const answered = await waitFor(
      (message) => message.ts === asked.ts && all(message).includes('bert: $300'),
    );
    expect(answered.onlyFor).toBe('U1');
  });

  it('refuses an unknown time word with what may be written', async () => {
    const answer = await type('/cost model bert 30x');
    expect(all(answer)).toContain('I don\'t know the time \\"30x\\"');
    expect(all(answer)).toContain('2026-10-01..2026-10-15');
  });

  it('survives a 10,000-character command, emoji and right-to-left text', async () => {
    expect(all(await type(`/cost model ${'x'.repeat(10_000)}`))).toContain('characters long');
    expect(all(await type('/cost model 🤖שלום'))).toContain('🤖שלום');
    expect(all(await type('/cost 💥'))).toContain("I don't know the command ");
  });

  it('shows hostile tag values as text: no live mention anywhere', async () => {
    const answer = await type('/cost model all', hasPicture);
    expect(all(answer)).toContain('<!channel>');
    for (const block of JSON.stringify(answer).matchAll(/\{"type":"mrkdwn","text":"([^"]*)"/g))
      expect(block[1]).not.toContain('<!channel>');
    expect(JSON.stringify(answer)).not.toMatch(/"type":"(broadcast|usergroup|user)"/);
    expect(await server.context.store.team.count()).toBe(1);
  });

  it('refuses forged and replayed requests', async () => {
    const body = new URLSearchParams({
      command: '/cost',
      text: 'help',
      user_id: 'U1',
      channel_id: 'C1',
      team_id: 'T1',
    }).toString();
    const post = (headers: Record<string, string>) =>
      fetch(`${server.url}/slack/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body,
      });
    const seconds = Math.floor(Date.now() / 1000);
    expect((await post({})).status).toBeGreaterThanOrEqual(400);
    expect((await post(signatureHeaders('another-secret', body, seconds))).status).toBe(401);
    expect((await post(signatureHeaders(SECRET, body, seconds - 600))).status).toBe(401);
    const genuine = signatureHeaders(SECRET, body, seconds);
    expect((await post(genuine)).status).toBe(200);
    expect((await post(genuine)).status).toBe(401);
  });
});

describe('asking in Teams, in the same server', () => {
  const mira = () => teams.as('mira');
  const answers = async (count: number) => (await teams.postedCount(count, mira().direct)).at(-1);
  const pictureOf = (message: StandInMessage | undefined) =>
    /"type":"Image","url":"([^"]+)"/.exec(JSON.stringify(message?.activity))?.[1] ?? '';

  it('answers in the personal chat, with a picture from an address of ours', async () => {
    await mira().installs();
    const greeted = (await teams.postedCount(1, mira().direct)).length;
    await mira().says('cost model bert');
    const answer = await answers(greeted + 1);
    expect(textOfMessage(answer?.activity)).toContain('bert: $300 in the last 30 days');
    expect(textOfMessage(answer?.activity)).toContain('Mira Chen');
    const picture = pictureOf(answer);
    expect(picture).toMatch(/^https:\/\/pennywatch\.example\/charts\/[\w.-]+\.png$/);
    const loaded = await fetch(picture.replace('https://pennywatch.example', server.url));
    expect(loaded.headers.get('content-type')).toBe('image/png');
    const bytes = new Uint8Array(await loaded.arrayBuffer());
    expect([...bytes.subarray(1, 4)]).toEqual([...'PNG'].map((letter) => letter.charCodeAt(0)));
  });

  it('asks Teams who somebody is: people of other organisations get no figures', async () => {
    const stranger = teams.as('stranger');
    const before = teams.messages(stranger.direct).length;
    const { status } = await stranger.says('cost model bert');
    if (status === 200) await teams.postedCount(before + 1, stranger.direct);
    expect(teams.posted(stranger.direct).join()).not.toContain('$');
  });

  it('a channel of a team gets an answer in the thread of the question', async () => {
    await mira().addsToTeam();
    const { id } = await mira().says('cost model bert', { in: SEARCH, mention: true });
    await expect.poll(() => teams.messages(SEARCH, id).length, { timeout: 20_000 }).toBe(1);
    expect(teams.messages(SEARCH, id).map(({ activity }) => textOfMessage(activity))).toEqual([
      expect.stringContaining('bert: $300'),
    ]);
  });
});

describe('health', () => {
  it('says that it is up and ready, and gives figures', async () => {
    expect(await (await fetch(`${server.url}/healthz`)).json()).toMatchObject({
      ok: true,
      running: expect.any(Array),
      jobs: ['actions', 'reports', 'outbox', 'analysis', 'timed', 'housekeeping'].map((id) => ({ id })),
    });
    expect(await (await fetch(`${server.url}/readyz`)).json()).toEqual({
      ok: true,
      database: 'ok',
      migrations: 'ok',
      scheduler: 'ok',
    });
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toContain(
      `pennywatch_source_watermark_seconds{source="focus"} ${Date.parse('2026-11-19') / 1000}`,
    );
    expect((await fetch(`${server.url}/api/messages`, { method: 'POST', body: '{}' })).status).toBe(401);
    expect(await (await fetch(`${server.url}/metrics`)).text()).toContain(
      'pennywatch_chat_refused_requests{platform="teams",reason="token"} 1',
    );
    expect((await fetch(`${server.url}/nothing`)).status).toBe(404);
  });

  it('logs no secret', () => {
    expect(JSON.stringify(log.lines)).not.toContain(SECRET);
    expect(JSON.stringify(log.lines)).not.toContain(TOKEN);
    expect(JSON.stringify(log.lines)).not.toContain(APP_PASSWORD);
    expect(JSON.stringify(log.lines)).not.toContain('Bearer ');
    expect(teams.tokens.length).toBeGreaterThan(0);
  });
});
