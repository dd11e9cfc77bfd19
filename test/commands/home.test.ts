import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  addSteadyCosts,
  JON,
  LENA,
  MIRA,
  openWorkbench,
  STRANGER,
  TOMAS,
  type Workbench,
} from './workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench();
  await addSteadyCosts(bench);
});
afterEach(() => bench.temp.close());

it('shows my team’s month, my models and my budgets', async () => {
  const { text, buttons } = await bench.home(MIRA);
  expect(text.split('\n')[0]).toBe('search: $760 this month so far (1–19 Nov)');
  expect(text).toMatch(/ranker +\$570/);
  expect(text).toContain('Yours: bert');
  expect(text).toMatch(/bert +\$190 +\$1,000 +19 %/);
  const asked = buttons.map(({ action }) => action.text);
  for (const words of [
    'team search mtd',
    'compare model ranker bert',
    'subscribe team search weekly me',
    'anomalies team:search',
    'forecast team search',
    'help',
  ])
    expect(asked).toContain(words);
  for (const { action } of buttons) if (action.do === 'command') await bench.run(action.text);
});

it('shows the whole organisation to somebody without a team, and how to be added', async () => {
  const { text } = await bench.home(STRANGER);
  expect(text.split('\n')[0]).toBe('Testing & Co: $855 this month so far (1–19 Nov)');
  expect(text).toContain('You are not in pennywatch.yaml yet');
  expect(text).toContain('slack: U0NOBODY');
  expect((await bench.home(TOMAS)).text).not.toContain('Yours:');
});

it('a month of which nothing has arrived gives way to the one before', async () => {
  const later = { ...bench, context: { ...bench.context, now: () => Date.parse('2026-12-01T09:00:00Z') } };
  const { homeView } = await import('../../src/commands/home.ts');
  const { renderText } = await import('../../src/view/fallback.ts');
  const view = await homeView({ ...bench.asking(MIRA), now: later.context.now });
  expect(renderText(view)).toContain('search: $760 last month (1–30 Nov)');
});

it('shows the budgets of my team’s other models too, and nobody else’s', async () => {
  await bench.run('budget set ranker 3000', TOMAS);
  await bench.run('budget set churn 100', LENA);
  const { text } = await bench.home(MIRA);
  expect(text).toMatch(/ranker +\$570 +\$3,000 +19 %/);
  expect(text).not.toMatch(/churn +\$/);
  // The same word as the command says, which reckons with the forecast.
  const said = (await bench.run('budget', MIRA)).text;
  const stateOfRanker = /└?─? ?ranker .*(🟢|🟠|🔴) (\S+ \S+)/u.exec(said)?.[2] ?? 'none';
  expect(text).toContain(stateOfRanker);
});

it('settings say who I am and what I may change', async () => {
  const mine = await bench.run('settings', TOMAS);
  expect(mine.text).toContain('You: Tomás Oliveira (tomas@x.example) in team search.');
  expect(mine.text).toContain('budgets, owners and subscriptions of team search and its models');
  expect((await bench.run('settings', JON)).text).toContain('admin. You may change everything');
  expect((await bench.run('settings', STRANGER)).text).toContain('who is not in pennywatch.yaml');
  const { data } = await bench.run('settings', 'console');
  expect(data).toMatchObject({
    organisation: 'Testing & Co',
    currency: 'USD',
    counts: { teams: 3, models: 3, budgets: { file: 1, chat: 0 }, owners: { file: 1, chat: 0 } },
    you: { kind: 'console' },
    unrecognisedAdmins: [],
  });
});

it('settings name admins whom no chat platform can recognise', async () => {
  await bench.temp.close();
  bench = await openWorkbench({ admins: ['boss@x.example'] });
  expect((await bench.run('settings')).text).toContain('Not recognised in chat: boss@x.example.');
});
