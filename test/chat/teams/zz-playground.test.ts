import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import express from 'express';
import { it } from 'vitest';
import { createTeams } from '../../../src/chat/teams/index.ts';
import { recordingLog, PNG } from '../slack/slack-stand-in.ts';
import { createMemory } from './memory.ts';
it('x', async () => {
  const { entries, logger } = recordingLog();
  const memory = createMemory();
  const platform = createTeams({ appType: 'MultiTenant', tenants: [], local: true }, { dispatch: async (i) => { console.log('asked', JSON.stringify(i)); return []; }, drawChart: async () => PNG, log: logger, memory });
  const app = express(); app.use('/api/messages', platform.http);
  const server = createServer(app); await new Promise<void>((d) => server.listen(39781, '127.0.0.1', d));
  const child = spawn('node', ['/work/main/node_modules/@microsoft/m365agentsplayground/cli.js', 'start', '-e', 'http://127.0.0.1:39781/api/messages', '-c', 'msteams', '-p', '56951', '--dt'], { env: { ...process.env, TEAMSAPPTESTER_BROWSER: 'none' }, cwd: '/tmp/team/deliver', stdio: 'ignore' });
  try {
  const base = 'http://127.0.0.1:56951';
  let config: any;
  for (let i = 0; i < 100 && !config; i++) { await new Promise((r) => setTimeout(r, 300)); config = await fetch(`${base}/_internal/v1/config`).then((r) => r.json()).catch(() => undefined); }
  config = config.config;
  const channel = config.teams[0].channels[1].id;
  const bot = config.bot.id;
  const say = async (chat: string, text: string, mentions: unknown[]) => { const r = await fetch(`${base}/_conversation/v1/conversations/${chat}/messages`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ from: { id: 'user-id-0' }, text, textFormat: 'plain', mentions }) });
  console.log(r.status, await r.text()); };
  await say(channel, '<at>Test Bot</at> hello', [{ mentioned: { id: bot }, text: '<at>Test Bot</at>' }]);
  await say(config.personalChat.id, 'cost model bert', []);
  for (let i = 0; i < 60 && memory.conversations.size < 2; i++) await new Promise((r) => setTimeout(r, 300));
  console.log([...memory.conversations.values()], [...memory.people.values()]);
  const view = (t: string) => ({ elements: [{ kind: 'text' as const, spans: [{ kind: 'text' as const, text: t }] }] });
    const root = await platform.deliver({ platform: 'teams', channel }, view('root'), { key: 'k' });
    console.log('root', root);
    const reply = await platform.deliver({ platform: 'teams', channel, thread: root.id }, view('reply'));
    console.log('reply', reply);
    await platform.update(root, view('root 2')); console.log('updated root');
    await platform.update(reply, view('reply 2')); console.log('updated reply');
    const who = [...memory.people.values()][0];
    console.log('person', await platform.directory.person(who!.id), await platform.directory.person('00000000-0000-0000-0000-0000000000021'), await platform.directory.personByEmail?.('alexw@example.com'));
    const direct = await platform.deliver({ platform: 'teams', channel: who!.id }, view('direct'));
    console.log('direct', direct);
    await platform.update(direct, view('direct 2')); console.log('updated direct');
    console.log('own chat', await platform.deliver({ platform: 'teams', channel: config.personalChat.id }, view('direct')));
    await platform.update({ ...direct, id: 'nope' }, view('x')).catch((e) => console.log('gone', e.code, e.message));
  } catch (e) { console.log('FAILED', e); }
  finally { child.kill(); }
  console.log(JSON.stringify(entries));
  await platform.stop(); server.closeAllConnections(); server.close();
}, 60000);
