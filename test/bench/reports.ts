/** How long the weekly reports of 200 teams take, charts included, on one thread. */
import { join } from 'node:path';
import { composeReport } from '../../src/flows/report/compose.ts';
import { rasterise } from '../../src/view/charts/rasterise.ts';
import { chartsOf } from './ask.ts';
import { makeBigStore, NOW, teamName } from './big-store.ts';
import { timed } from './measure.ts';
import type { BenchLine, BenchOptions } from './types.ts';

const SIZE = { teams: 200, models: 800, days: 183 };
const QUICK = { teams: 3, models: 6, days: 70 };
const GOAL_SECONDS = 60;

export async function run({ dir, quick, say }: BenchOptions): Promise<BenchLine[]> {
  const size = quick ? QUICK : SIZE;
  say(
    `generating ${(size.models * size.days * 25).toLocaleString('en-US')} daily facts of ${size.teams} teams`,
  );
  const { context, facts } = await makeBigStore(join(dir, 'reports.db'), size);
  let [composing, drawing, charts] = [0, 0, 0];
  for (let index = 0; index < size.teams; index++) {
    if (index % 50 === 0) say(`report ${index + 1} of ${size.teams}`);
    const request = {
      scope: { kind: 'team', name: teamName(index) },
      frequency: 'weekly',
      at: NOW,
      timeZone: 'UTC',
    } as const;
    const start = performance.now();
    const { views } = await composeReport(context, request);
    composing += performance.now() - start;
    for (const chart of views.flatMap(chartsOf)) {
      drawing += await timed(() => rasterise(chart));
      charts += 1;
    }
  }
  await context.store.$disconnect();
  if (charts < size.teams) throw new Error(`Only ${charts} of ${size.teams} reports have a chart.`);
  const seconds = (composing + drawing) / 1000;
  return [
    {
      name: `weekly reports of ${size.teams} teams with charts`,
      value: seconds,
      unit: 's',
      goal: `< ${GOAL_SECONDS} s`,
      met: seconds < GOAL_SECONDS,
      note: `${facts.toLocaleString('en-US')} facts; ${(composing / 1000).toFixed(1)} s of it composing, ${(drawing / 1000).toFixed(1)} s drawing ${charts} charts; one thread`,
    },
  ];
}
