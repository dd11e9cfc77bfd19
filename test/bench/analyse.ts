/** How fast series are judged: 2,000 daily series of 400 points a second, 20,000 scopes within a minute and 1 GiB. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { AnalyseTask, AnalyseTimes } from './analyse-child.ts';
import type { BenchLine, BenchOptions } from './types.ts';

const ROUNDS = 3;
const POINTS = 400;
const SCOPES = 20_000;
const GOAL = { aSecond: 2_000, seconds: 60 } as const;
const GIB = 1024 ** 3;

/** One process, one thread; every step of every series is judged by the default detector and decided upon. */
export async function run({ quick, say }: BenchOptions): Promise<BenchLine[]> {
  const size = { series: quick ? 200 : 4_000, points: POINTS };
  const rounds: AnalyseTimes[] = [];
  for (let round = 0; round < (quick ? 1 : ROUNDS); round++) {
    say(`judging ${size.series.toLocaleString('en-US')} series: round ${round + 1}`);
    rounds.push(await inChild(size));
  }
  const aSecond = Math.max(...rounds.map(({ ms, series }) => (1000 * series) / ms));
  const aCpuSecond = Math.max(...rounds.map(({ cpuMs, series }) => (1000 * series) / cpuMs));
  const scopes = quick ? 1_000 : SCOPES;
  say(`judging ${scopes.toLocaleString('en-US')} scopes`);
  const all = await inChild({ series: scopes, points: POINTS });
  return [
    {
      name: `daily series of ${POINTS} points judged at every step, one core`,
      value: aSecond,
      unit: 'series/s',
      goal: `≥ ${GOAL.aSecond.toLocaleString('en-US')} series/s`,
      met: aSecond >= GOAL.aSecond,
      note: `${all.detector}, on the daily shapes of test/bench/detect in turn; ${Math.round(aCpuSecond).toLocaleString('en-US')} a second of processor time`,
    },
    {
      name: `${scopes.toLocaleString('en-US')} scopes judged and decided upon`,
      value: all.ms / 1000,
      unit: 's',
      goal: `< ${GOAL.seconds} s`,
      met: all.ms < 1000 * GOAL.seconds,
      note: `${all.episodes.toLocaleString('en-US')} episodes; every series in memory beforehand`,
    },
    {
      name: `${scopes.toLocaleString('en-US')} scopes judged, memory`,
      value: all.rss / 1024 ** 2,
      unit: 'MiB RSS',
      goal: '< 1 GiB',
      met: all.rss < GIB,
    },
  ];
}

async function inChild(task: AnalyseTask): Promise<AnalyseTimes> {
  const child = fork(fileURLToPath(new URL('analyse-child.ts', import.meta.url)), [JSON.stringify(task)]);
  const [answer]: AnalyseTimes[] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`Judging ${task.series} series ended with ${code}.`);
    }),
  ]);
  if (!answer) throw new Error(`Judging ${task.series} series said nothing.`);
  return answer;
}
