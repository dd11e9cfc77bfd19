/** The measured figures as a printed table and as the page that is kept. */
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import type { BenchLine } from './types.ts';

const HEAD = ['What', 'Measured', 'Compared with', 'Ratio', 'Goal', 'Met'] as const;

/** Plain text, columns aligned; notes below. */
export function table(lines: readonly BenchLine[]): string {
  const rows = [[...HEAD], ...lines.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const text = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [
    text[0],
    widths.map((width) => '-'.repeat(width)).join('  '),
    ...text.slice(1),
    '',
    ...notes(lines),
  ].join('\n');
}

/** The page with machine and date. */
export function markdown(lines: readonly BenchLine[], run: { date: Date; seconds: number }): string {
  const row = (texts: readonly string[]) =>
    `| ${texts.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
  return `${[
    '# Bench results',
    '',
    'Written by `npm run bench`; do not edit. A ratio compares with a figure measured in the same run.',
    '',
    `- Date: ${run.date.toISOString().slice(0, 10)}; the run took ${Math.round(run.seconds)} s`,
    `- Machine: ${machine()}`,
    '',
    row(HEAD),
    row(HEAD.map(() => '---')),
    ...lines.map((line) => row(cells(line))),
    '',
    ...notes(lines).map((note) => `- ${note}`),
  ]
    .join('\n')
    .trimEnd()}\n`;
}

function cells(line: BenchLine): string[] {
  const { name, value, unit, baseline, goal, met } = line;
  return [
    name,
    `${number(value)} ${unit}`,
    baseline ? `${baseline.name}: ${number(baseline.value)} ${unit}` : '',
    baseline && baseline.value > 0 ? `${(value / baseline.value).toFixed(2)} ×` : '',
    goal ?? '',
    met === undefined ? '' : met ? 'yes' : 'NO',
  ];
}

function notes(lines: readonly BenchLine[]): string[] {
  return lines.flatMap(({ name, note }) => (note ? [`${name}: ${note}`] : []));
}

function number(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function machine(): string {
  const [first] = cpus();
  const gigabytes = (totalmem() / 2 ** 30).toFixed(0);
  return `${availableParallelism()} × ${first?.model.trim() ?? 'unknown processor'}, ${gigabytes} GiB, ${type()} ${release()}, Node ${process.version}`;
}
