/** Chat platforms on the command line: what doctor asks and says, what serve warns about, what is posted from a terminal. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { platformsToCheck } from '../../src/cli/doctor.ts';
import { chatWarnings } from '../../src/cli/serve.ts';
import type { Environment } from '../../src/config.ts';
import { checkTeamsChannels } from '../../src/flows/doctor/check-teams-channels.ts';
import { startServer } from '../../src/main.ts';
import { openStore } from '../../src/store/open.ts';
import { settingsOf } from '../settings.ts';
import { rememberingLog } from '../temp-store.ts';
import { openFreshStore } from '../template-database.ts';
import { runCli } from './run-cli.ts';

const CHANNEL = '19:search@thread.tacv2';
const NOTHING: Environment = { port: 0, databaseUrl: 'file:none.db' };
const LOCAL: Environment = { ...NOTHING, teams: { appType: 'SingleTenant', tenants: [], local: true } };
const SLACK: Environment = { ...NOTHING, slack: { botToken: 'xoxb-1', signingSecret: 'secret' } };
const TEAMS: Environment = {
  ...NOTHING,
  teams: { appId: 'app', appPassword: 'password', appType: 'SingleTenant', tenants: ['t1'], tenantId: 't1' },
};

let dir: string;
let url: string;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pennywatch-chat-'));
  url = `file:${join(dir, 'test.db')}`;
  await (await openFreshStore(join(dir, 'test.db'))).$disconnect();
  writeFileSync(
    join(dir, 'pennywatch.yaml'),
    `teams:\n  - name: search\n    channel: { teams: "${CHANNEL}" }\n`,
  );
});
afterEach(() => rmSync(dir, { recursive: true }));

function run(args: readonly string[], variables: Readonly<Record<string, string>> = {}) {
  const none = { SLACK_BOT_TOKEN: '', MicrosoftAppId: '', PENNYWATCH_TEAMS_LOCAL: '', LOG_LEVEL: 'silent' };
  return runCli([...args, '--config', join(dir, 'pennywatch.yaml')], {
    ...none,
    DATABASE_URL: url,
    ...variables,
  });
}

describe('doctor', () => {
  it('says how to set up either while neither is, and does not insist on a second one', async () => {
    const [slack, teams] = platformsToCheck(NOTHING);
    expect([slack?.check, teams?.check]).toEqual([undefined, undefined]);
    expect([slack?.setUp, teams?.setUp]).toEqual([
      expect.stringContaining('"Connect Slack"'),
      expect.stringContaining('"Connect Teams"'),
    ]);
    const [connected, other] = platformsToCheck(SLACK);
    expect(connected?.check).toBeDefined();
    expect(await other?.check?.()).toEqual({ ok: true, detail: 'Not set up, and not needed.' });
    expect(platformsToCheck(TEAMS).map(({ id }) => id)).toEqual(['slack', 'teams']);
  });

  it('warns that without credentials anybody on this machine is believed', async () => {
    const { checks } = (
      await run(['doctor', '--offline', '--json'], { PENNYWATCH_TEAMS_LOCAL: 'true' })
    ).json();
    const found = (id: string) => checks.find((check: { id: string }) => check.id === id);
    expect(found('chat-teams')).toMatchObject({
      status: 'warn',
      detail: expect.stringContaining('without credentials'),
      mend: expect.stringContaining('not for use'),
    });
    expect(found('chat-slack')).toMatchObject({ status: 'ok' });
    expect(found('teams-channels')).toMatchObject({ status: 'warn' });
  });

  it('fails where something is missing, and never shows the secret', async () => {
    const variables = {
      MicrosoftAppId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
      MicrosoftAppPassword: 'a-client-secret-of-the-bot',
    };
    const { status, stdout, stderr } = await run(['doctor', '--offline'], variables);
    expect(status).toBe(2);
    expect(stdout).toContain('MicrosoftAppTenantId: found nothing beside MicrosoftAppId');
    expect(stdout + stderr).not.toContain('a-client-secret');
  });

  it('looks whether Teams knows of the channels in pennywatch.yaml', async () => {
    const store = await openStore(url);
    const data = { workspace: 't1', kind: 'channel', serviceUrl: 'https://smba.example', botId: '28:app' };
    const hear = (id: string) =>
      store.chatConversation.create({ data: { platform: 'teams', id, ...data, updatedAt: new Date(0) } });
    const team = { name: 'search', title: 'Search', members: [], channel: { teams: CHANNEL } };
    const look = async () => (await checkTeamsChannels(store, settingsOf({ teams: [team] })))[0];
    expect(await look()).toMatchObject({
      status: 'warn',
      detail: 'Nothing was heard from Teams yet, so nothing can be posted to the channels of search.',
    });
    await hear('19:other@thread.tacv2');
    expect(await look()).toMatchObject({
      status: 'ok',
      detail: expect.stringContaining('Not heard from: search'),
    });
    await hear(CHANNEL);
    expect(await look()).toMatchObject({ detail: 'Pennywatch is in the channels of search.' });
    expect(await checkTeamsChannels(store, settingsOf())).toEqual([]);
    await store.$disconnect();
  });
});

describe('serve', () => {
  it('says what somebody should know who starts it', () => {
    expect(chatWarnings(NOTHING)).toEqual([expect.stringContaining('No chat platform is configured')]);
    expect(chatWarnings(SLACK)).toEqual([]);
    expect(chatWarnings({ ...TEAMS, publicUrl: 'https://penny.contoso.com' })).toEqual([]);
    expect(chatWarnings(LOCAL)).toEqual([expect.stringContaining('this machine only')]);
    expect(chatWarnings({ ...SLACK, publicUrl: 'https://penny.contoso.com' })).toEqual([
      expect.stringContaining('inside the messages'),
    ]);
  });

  it('listens on this machine only while nobody proves who they are', async () => {
    const environment = { ...LOCAL, databaseUrl: url };
    const options = {
      config: { settings: settingsOf(), environment, path: undefined },
      now: () => Date.parse('2026-11-21T09:00:00Z'),
      log: rememberingLog(),
      threads: 'in-place',
      scheduled: false,
    } as const;
    await expect(startServer({ ...options, host: '0.0.0.0' })).rejects.toThrow('cannot listen on 0.0.0.0');
    const server = await startServer(options);
    expect(new URL(server.url).hostname).toBe('127.0.0.1');
    await server.stop();
  });
});

describe('report --post', () => {
  const post = ['report', 'weekly', '--team', 'search', '--post', '--now', '2026-11-23T10:00:00Z'];

  it('needs a chat platform', async () => {
    const { status, stderr } = await run(post);
    expect(status).toBe(2);
    expect(stderr).toContain('No chat platform is set up here');
  });

  it('posts where the team is, and says when Teams knows nothing of it', async () => {
    const { status, stderr } = await run(post, { PENNYWATCH_TEAMS_LOCAL: 'true' });
    expect(status).toBe(1);
    expect(stderr).toContain('Not every message was taken.');
    const store = await openStore(url);
    const [message] = await store.outboxMessage.findMany();
    await store.$disconnect();
    expect(message).toMatchObject({ platform: 'teams', channel: CHANNEL });
    expect(message?.error).toContain('Teams has not told Pennywatch of the channel');
  });
});
