/** The detection part's tables and verdicts. */
import type { Scored } from './detection.ts';
import type { SeriesScore } from './score.ts';
import { medianDelay, type Summary, summarise } from './summary.ts';
import { cell, percent, type Table } from './tables.ts';
import { EFFORTS, KINDS, type Kind } from './types.ts';

export interface Verdict {
  readonly text: string;
  readonly met: boolean;
}

const GOAL = { ratio: 1.3, falsePerCleanQuarter: 1 } as const;
const HEAD = ['F1', 'precision', 'recall', 'found', 'false', 'false/quarter, clean', 'all', 'delay'] as const;

type Grains = readonly SeriesScore['grain'][];
const GROUPS: readonly { readonly name: string; readonly grains: Grains }[] = [
  { name: 'Daily series', grains: ['day'] },
  { name: 'Hourly series', grains: ['hour'] },
  { name: 'All series', grains: ['day', 'hour'] },
];

/** Whom the product is printed beside: itself with a least amount, the rules, and the rules with its gates. */
interface Others {
  readonly asSet: Scored;
  readonly rules: readonly Scored[];
  readonly gated: readonly Scored[];
}

/** Everybody beside each other: per grain, then to both sides with drops, then by kind and shape. */
export function detectionTables(product: Scored, { asSet, rules, gated }: Others): Table[] {
  const everybody = [product, asSet, ...rules, ...gated];
  return [
    ...GROUPS.map(({ name, grains }) => comparison(name, everybody, ({ up }) => ofGrain(up, grains))),
    comparison('Both directions, drops included', everybody, ({ both }) => both),
    ...GROUPS.slice(0, 2).map(({ name, grains }) => kinds(name, product, grains)),
    shapes(product, rules),
  ];
}

function comparison(
  title: string,
  everybody: readonly Scored[],
  of: (one: Scored) => readonly SeriesScore[],
): Table {
  return {
    title,
    head: ['', ...HEAD],
    rows: everybody.map((one) => [one.name, ...figures(summarise(of(one)))]),
  };
}

function figures(one: Summary): string[] {
  return [
    cell(one.f1, 3),
    cell(one.precision, 3),
    cell(one.recall, 3),
    `${one.found} of ${one.incidents}`,
    cell(one.falseAlarms),
    cell(one.falsePerCleanQuarter, 2),
    cell(one.falsePerQuarter, 2),
    cell(one.delay),
  ];
}

/** Rises are asked for upwards, drops to both sides. */
function kinds(name: string, product: Scored, grains: Grains): Table {
  const rows = KINDS.map((kind) => {
    const events = eventsOf(ofGrain(kind === 'drop' ? product.both : product.up, grains), kind);
    const found = events.filter(({ delay }) => delay !== undefined);
    const byEffort = EFFORTS.map((effort) => {
      const of = events.filter(({ incident }) => incident.effort === effort);
      return `${of.filter(({ delay }) => delay !== undefined).length} of ${of.length}`;
    });
    return [kind, percent(found.length / events.length), ...byEffort, cell(medianDelay(events))];
  });
  return {
    title: `${name}: ${product.name} by kind`,
    head: ['', 'found', ...EFFORTS, 'delay'],
    rows,
    note: 'Drops with alarms to both sides; the other kinds with alarms upwards. Delay: median complete steps.',
  };
}

function eventsOf(scores: readonly SeriesScore[], kind: Kind): SeriesScore['events'] {
  return scores.flatMap(({ events }) => events.filter(({ incident }) => incident.kind === kind));
}

function shapes(product: Scored, baselines: readonly Scored[]): Table {
  const names = [...new Set(product.up.map(({ shape }) => shape))];
  const rows = names.map((name) => {
    const own = ofShape(product, name);
    const best = bestOf(baselines.map((one) => ({ name: one.name, figures: ofShape(one, name) })));
    return [
      name,
      cell(own.series),
      `${own.found} of ${own.incidents}`,
      cell(own.falseAlarms),
      cell(own.f1, 2),
      cell(best?.figures.f1 ?? Number.NaN, 2),
      cell(own.falsePerCleanQuarter, 2),
      cell(best?.figures.falsePerCleanQuarter ?? Number.NaN, 2),
    ];
  });
  return {
    title: `${product.name} by shape, upwards`,
    head: ['', 'series', 'found', 'false', 'F1', 'best rule’s F1', 'false/quarter, clean', 'that rule’s'],
    rows,
  };
}

function ofShape({ up }: Scored, name: string): Summary {
  return summarise(up.filter(({ shape }) => shape === name));
}

/** Whether the goals are met, in words with the numbers. */
export function detectionVerdicts(product: Scored, baselines: readonly Scored[]): Verdict[] {
  const verdicts = GROUPS.flatMap(({ name, grains }): Verdict[] => {
    const own = summarise(ofGrain(product.up, grains));
    const best = bestOf(
      baselines.map((one) => ({ name: one.name, figures: summarise(ofGrain(one.up, grains)) })),
    );
    const ratio = own.f1 / (best?.figures.f1 ?? Number.NaN);
    return [
      {
        text: `${name}: F1 ${cell(own.f1, 3)} is ${cell(ratio, 2)} × the best rule's ${cell(best?.figures.f1 ?? Number.NaN, 3)} (${best?.name}); goal ≥ ${GOAL.ratio} ×`,
        met: ratio >= GOAL.ratio,
      },
      {
        text: `${name}: ${cell(own.falsePerCleanQuarter, 2)} false alarms per clean series and quarter (${percent(overGoal(ofGrain(product.up, grains)))} of them have more than one a quarter); goal ≤ ${GOAL.falsePerCleanQuarter}`,
        met: own.falsePerCleanQuarter <= GOAL.falsePerCleanQuarter,
      },
    ];
  });
  const delay = medianDelay(eventsOf(product.up, 'spike'));
  return [
    ...verdicts,
    { text: `Spikes: median delay ${cell(delay)} complete steps; goal 0`, met: delay === 0 },
  ];
}

/** The same ratio when both tell only what is worth telling: as set by default, over all series. */
export function againstGated(asSet: Scored, gated: readonly Scored[]): Verdict {
  const own = summarise(asSet.up);
  const best = bestOf(gated.map(({ name, up }) => ({ name, figures: summarise(up) })));
  const ratio = own.f1 / (best?.figures.f1 ?? Number.NaN);
  return {
    text: `All series, with the settings' least amount for both: F1 ${cell(own.f1, 3)} is ${cell(ratio, 2)} × the best rule's ${cell(best?.figures.f1 ?? Number.NaN, 3)} (${best?.name}); goal ≥ ${GOAL.ratio} ×`,
    met: ratio >= GOAL.ratio,
  };
}

/** Share of clean series with more false alarms than the goal; a short series may have one. */
function overGoal(scores: readonly SeriesScore[]): number {
  const clean = scores.filter((score) => score.clean);
  const over = clean.filter(
    ({ falseAlarms, quietDays }) =>
      falseAlarms.length > Math.max(1, (GOAL.falsePerCleanQuarter * quietDays) / 91.3125),
  );
  return over.length / clean.length;
}

interface Named {
  readonly name: string;
  readonly figures: Summary;
}

export function bestOf(named: readonly Named[]): Named | undefined {
  return named.reduce<Named | undefined>(
    (best, one) => (one.figures.f1 > (best?.figures.f1 ?? -1) ? one : best),
    undefined,
  );
}

function ofGrain(scores: readonly SeriesScore[], grains: Grains): SeriesScore[] {
  return scores.filter(({ grain }) => grains.includes(grain));
}
