/** `/cost report`: whose report it is, and that it can be shared. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCommand } from '../../src/commands/run.ts';
import type { Actor } from '../../src/core/actor.ts';
import { syncSettings } from '../../src/flows/sync-settings.ts';
import { renderText } from '../../src/view/fallback.ts';
import { costs, fill, NOW } from '../flows/report/workbench.ts';
import { contextOf, openTempStore, type TempStore } from '../temp-store.ts';

const mira: Actor = { kind: 'person', platform: 'slack', id: 'U1', name: 'Mira' };
const team = (name: string, slack: string) => ({
  name,
  title: name.toUpperCase(),
  members: name === 'search' ? [{ name: 'Mira', email: 'mira@x.example', slack: 'U1' }] : [],
  channel: { slack },
  timeZone: 'Asia/Kolkata',
});
const settings = {
  teams: [team('search', 'C1'), team('growth', 'C2')],
  models: [{ name: 'ltv', title: 'LTV', aliases: [] }],
};

let temp: TempStore;
beforeAll(async () => {
  temp = await openTempStore();
  await syncSettings(contextOf(temp.store, { now: NOW, settings }));
  await fill(temp.store, [...costs({ cost: 100 }), ...costs({ team: 'growth', model: 'ltv', cost: 5 })]);
});
afterAll(() => temp.close());

async function ask(text: string, actor: Actor = mira, channel = 'D9') {
  const context = contextOf(temp.store, { now: NOW, settings });
  const conversation = { platform: 'slack', channel };
  const { view, data } = await runCommand({ ...context, actor, conversation }, text);
  return { text: renderText(view, { buttons: 'commands' }), data };
}

it.each([
  ['report', 'SEARCH: $700 last week', 'report team search weekly'],
  ['report now', 'SEARCH: $700 last week', 'report team search weekly'],
  ['report growth', 'GROWTH: $35.00 last week', 'report team growth weekly'],
  ['report team search daily', 'SEARCH: $100 on Sun 22 Nov', 'report team search daily'],
  ['report model ltv', 'ltv: $35.00 last week', 'report model ltv weekly'],
  ['report org', 'Test: $735 last week', 'report org weekly'],
])('%s', async (command, heading, shared) => {
  const { text, data } = await ask(command);
  expect(text.startsWith(heading)).toBe(true);
  expect(text).toContain(`[Share in channel] ${shared}`);
  expect(data).toMatchObject({ question: command, understood: shared });
});

it('is on the team’s own calendar', async () => {
  expect((await ask('report team growth')).data.timeZone).toBe('Asia/Kolkata');
});

it('of nothing named is everything in the terminal', async () => {
  const { text } = await ask('report', { kind: 'console', user: 'root' });
  expect(text).toMatch(/^Test: \$735/);
});

it('asks back what nobody is called', async () => {
  expect((await ask('report team grwth')).text).toContain('Did you mean');
});
