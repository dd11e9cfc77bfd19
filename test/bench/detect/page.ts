/** RESULTS.md. */
import { availableParallelism, cpus } from 'node:os';
import type { Verdict } from './detection-report.ts';
import { markdown, type Table } from './tables.ts';
import type { LabelledSeries } from './types.ts';

export interface PageRequest {
  readonly tables: readonly Table[];
  readonly verdicts: readonly Verdict[];
  readonly all: readonly LabelledSeries[];
  readonly date: Date;
}

export function page({ tables, verdicts, all, date }: PageRequest): string {
  const daily = all.filter(({ series }) => series.grain === 'day').length;
  const clean = all.filter(({ incidents }) => incidents.length === 0).length;
  const count = all.reduce((sum, { incidents }) => sum + incidents.length, 0);
  return `${[
    '# Results of detection and forecasting',
    '',
    'Written by `npm run bench:detect`; do not edit. What is measured, and how, is explained in [readme.md](readme.md).',
    '',
    `- Date: ${date.toISOString().slice(0, 10)}; ${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, Node ${process.version}`,
    `- ${daily} daily and ${all.length - daily} hourly series; nothing goes wrong in ${clean} of them, ${count} incidents in the others`,
    '',
    '| Goal | Met |',
    '| --- | --- |',
    ...verdicts.map(({ text, met }) => `| ${text} | ${met ? 'yes' : 'NO'} |`),
    '',
    ...tables.map(markdown),
  ]
    .join('\n')
    .trimEnd()}\n`;
}
