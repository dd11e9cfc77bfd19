/** Writes the series as files, for the command line and for other programs. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Series, stampAt } from '../../../src/core/series.ts';
import type { LabelledSeries, Span } from './types.ts';

/** One CSV (timestamp,value; unknown steps left out) per series, and labels.json for all of them. */
export function writeFiles(dir: string, all: readonly LabelledSeries[]): void {
  mkdirSync(dir, { recursive: true });
  for (const { id, series } of all) writeFileSync(join(dir, `${id}.csv`), csvOf(series));
  writeFileSync(
    join(dir, 'labels.json'),
    `${JSON.stringify(Object.fromEntries(all.map(labelsOf)), undefined, 1)}\n`,
  );
}

function csvOf(series: Series): string {
  const lines = [...series.values].flatMap((value, at) =>
    Number.isNaN(value) ? [] : [`${stamp(series, at)},${value}\n`],
  );
  return `timestamp,value\n${lines.join('')}`;
}

/** First and last are both included. */
function labelsOf({ id, shape, series, incidents, shrugs }: LabelledSeries): [string, object] {
  const span = ({ first, last }: Span) => ({ first: stamp(series, first), last: stamp(series, last) });
  return [
    id,
    {
      file: `${id}.csv`,
      shape,
      grain: series.grain,
      incidents: incidents.map(({ kind, effort, amount, ...at }) => ({
        ...span(at),
        kind,
        effort,
        amount: Math.round(100 * amount) / 100,
      })),
      excused: shrugs.map(span),
    },
  ];
}

function stamp(series: Series, at: number): string {
  const text = stampAt(series, at);
  return series.grain === 'day' ? text : `${text}:00:00Z`;
}
