/** The same figures on other series: they must not depend on one lucky seed. */
import { BASELINES, type Contender } from './contenders.ts';
import { scoreContender } from './detection.ts';
import { bestOf } from './detection-report.ts';
import { generate } from './generate.ts';
import { medianDelay, summarise } from './summary.ts';
import { cell, type Table } from './tables.ts';

/** One row per seed and grain, 1 to `count`. */
export function seedsTable(contender: Contender, count: number, say: (text: string) => void): Table {
  const rows = Array.from({ length: count }, (_, index) => index + 1).flatMap((seed) => {
    say(`seed ${seed}`);
    const all = generate(seed);
    return (['day', 'hour'] as const).map((grain) => {
      const some = all.filter(({ series }) => series.grain === grain);
      const { up } = scoreContender(contender, some);
      const own = summarise(up);
      const best = bestOf(
        BASELINES.map((one) => ({ name: one.name, figures: summarise(scoreContender(one, some).up) })),
      );
      const spikes = up.flatMap(({ events }) => events.filter(({ incident }) => incident.kind === 'spike'));
      return [
        `${seed}, ${grain}`,
        cell(own.f1, 3),
        cell(own.precision, 3),
        cell(own.recall, 3),
        cell(best?.figures.f1 ?? Number.NaN, 3),
        cell(own.f1 / (best?.figures.f1 ?? Number.NaN), 2),
        cell(own.falsePerCleanQuarter, 2),
        cell(medianDelay(spikes)),
      ];
    });
  });
  return {
    title: `${contender.name} on ${count} seeds`,
    head: [
      'seed',
      'F1',
      'precision',
      'recall',
      'best rule’s F1',
      'ratio',
      'false/quarter, clean',
      'delay of spikes',
    ],
    rows,
  };
}
