/** How many charts a second one thread draws. */
import { addDays, eachDay } from '../../src/core/day.ts';
import { buildDailyCost } from '../../src/view/charts/daily-cost.ts';
import { rasterise } from '../../src/view/charts/rasterise.ts';
import { LAST_DAY } from './big-store.ts';
import { timed, timedEach } from './measure.ts';
import type { BenchLine, BenchOptions } from './types.ts';

const CHARTS = 100;

export async function run({ quick, say }: BenchOptions): Promise<BenchLine[]> {
  const count = quick ? 5 : CHARTS;
  say(`drawing ${count} charts`);
  const first = await timed(() => rasterise(chart(0)));
  const times = await timedEach([...Array(count).keys()], (index) => rasterise(chart(index)));
  const seconds = times.reduce((sum, time) => sum + time, 0) / 1000;
  return [
    {
      name: 'charts drawn by one thread',
      value: count / seconds,
      unit: '/s',
      note: `1800 × 840 pixels, 30 days of 5 stages; the first takes ${Math.round(first)} ms (fonts)`,
    },
  ];
}

function chart(index: number) {
  const days = eachDay(addDays(LAST_DAY, -29), LAST_DAY);
  const amounts = (part: number) =>
    days.map((_, day) => BigInt(1_000_000 * (40 + ((day * 7919 + part * 104_729 + index * 31) % 60))));
  return buildDailyCost({
    title: `model-${index} cost 12 % more than the 30 days before`,
    subtitle: 'by stage, 22 Oct – 20 Nov',
    currency: 'USD',
    days,
    series: ['training', 'inference', 'data', 'other', 'unallocated'].map((label, part) => ({
      label,
      micros: amounts(part),
    })),
    previous: { label: 'the 30 days before', micros: amounts(5) },
    budget: { label: 'monthly budget', microsPerDay: 400_000_000n },
    provisionalFrom: LAST_DAY,
  });
}
