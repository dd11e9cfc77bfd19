/** A whole analysis: reading, judging, finding incidents, explaining and writing, of an organisation of 20,000 places. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addDays } from '../../src/core/day.ts';
import type { FlowTask, FlowTimes } from './analyse-flow-child.ts';
import { LAST_DAY, makeBigStore, modelName } from './big-store.ts';
import type { BenchLine, BenchOptions } from './types.ts';

const SIZE = { teams: 70, models: 700, days: 400 };
const QUICK = { teams: 3, models: 6, days: 70 };
const GOAL = { scopes: 20_000, seconds: 60 } as const;
const GIB = 1024 ** 3;

/** The first analysis of a database: 400 days are read, the last 90 of them looked through. */
export async function run({ dir, quick, say }: BenchOptions): Promise<BenchLine[]> {
  const size = quick ? QUICK : SIZE;
  say(`generating ${(size.models * size.days * 25).toLocaleString('en-US')} daily facts`);
  const { context, url, facts } = await makeBigStore(join(dir, 'analyse.db'), size);
  // What every hundredth model costs triples three days before the newest complete one.
  const wrong = Array.from({ length: Math.ceil(size.models / 100) }, (_, index) => modelName(100 * index));
  await context.store.$executeRawUnsafe(
    `UPDATE "DailyCost" SET "effectiveMicros" = "effectiveMicros" * 3
     WHERE "day" >= ? AND "model" IN (SELECT value FROM json_each(?))`,
    addDays(LAST_DAY, -4),
    JSON.stringify(wrong),
  );
  await context.store.$disconnect();
  say('analysing');
  const { ms, rss, scopes, opened } = await inChild({ url, size });
  if (opened < wrong.length) throw new Error(`Only ${opened} of ${wrong.length} incidents were found.`);
  const named = `analysis of ${scopes.toLocaleString('en-US')} scopes × ${size.days} days, database included`;
  return [
    {
      name: named,
      value: ms / 1000,
      unit: 's',
      goal: `< ${GOAL.seconds} s for ${GOAL.scopes.toLocaleString('en-US')}`,
      met: ms < 1000 * GOAL.seconds && (quick || scopes >= GOAL.scopes),
      note: `${facts.toLocaleString('en-US')} facts; ${opened.toLocaleString('en-US')} anomalies opened for ${wrong.length} incidents of the last days`,
    },
    {
      name: `${named}, memory`,
      value: rss / 1024 ** 2,
      unit: 'MiB RSS',
      goal: '< 1 GiB',
      met: rss < GIB,
    },
  ];
}

async function inChild(task: FlowTask): Promise<FlowTimes> {
  const child = fork(fileURLToPath(new URL('analyse-flow-child.ts', import.meta.url)), [
    JSON.stringify(task),
  ]);
  const [answer]: FlowTimes[] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`The analysis ended with ${code}.`);
    }),
  ]);
  if (!answer) throw new Error('The analysis said nothing.');
  return answer;
}
