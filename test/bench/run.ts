/** `npm run bench [-- --quick] [--only NAME]…`: measures, prints a table, and keeps it in RESULTS.md. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { markdown, table } from './results.ts';
import type { BenchCase, BenchLine } from './types.ts';

/** In this order; a module is loaded when its turn comes, so that one case leaves nothing in the next one's memory. */
const CASES: Readonly<Record<string, () => Promise<{ run: BenchCase }>>> = {
  import: () => import('./import.ts'),
  'bulk-write': () => import('./bulk-write.ts'),
  ask: () => import('./ask.ts'),
  charts: () => import('./charts.ts'),
  reports: () => import('./reports.ts'),
  ack: () => import('./ack.ts'),
  poll: () => import('./poll.ts'),
  analyse: () => import('./analyse.ts'),
  'analyse-flow': () => import('./analyse-flow.ts'),
};

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string', multiple: true } },
});
const names = values.only ?? Object.keys(CASES);
const unknown = names.find((name) => !CASES[name]);
if (unknown) {
  process.stderr.write(`There is no case "${unknown}". Cases: ${Object.keys(CASES).join(', ')}.\n`);
  process.exit(2);
}

const started = performance.now();
const say = (text: string) => process.stderr.write(`${seconds()} ${text}\n`);
const lines: BenchLine[] = [];
const failed: string[] = [];
for (const name of names) {
  const dir = mkdtempSync(join(tmpdir(), `pennywatch-bench-${name}-`));
  try {
    say(`— ${name}`);
    const measured = await (await CASES[name]?.())?.run({ dir, quick: values.quick, say });
    lines.push(...(measured ?? []));
  } catch (error) {
    failed.push(name);
    say(`${name} failed: ${error instanceof Error ? error.stack : String(error)}`);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
process.stdout.write(`${table(lines)}\n`);
if (values.quick)
  process.stdout.write('A small run: it shows that the cases work, its figures say nothing.\n');
const whole = !values.quick && !values.only && failed.length === 0;
if (whole) {
  writeFileSync(
    new URL('RESULTS.md', import.meta.url),
    markdown(lines, { date: new Date(), seconds: (performance.now() - started) / 1000 }),
  );
  say('kept in test/bench/RESULTS.md');
}
// A part that a failed case left running must not keep the others' figures waiting.
process.exit(failed.length > 0 ? 1 : 0);

function seconds(): string {
  return `${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s`;
}
