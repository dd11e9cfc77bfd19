/** Import of a generated bill against a bare DuckDB scan and group-by of the same file. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { generateFocus } from './generate-focus.ts';
import type { ImportTask, ImportTimes } from './import-child.ts';
import type { BenchLine, BenchOptions } from './types.ts';

const ROUNDS = 3;
const GOAL = 2;
const GIB = 1024 ** 3;

/** Each figure is the best of three; every import runs in a process of its own, whose largest RSS is told. */
export async function run({ dir, rows, quick, say }: BenchOptions): Promise<BenchLine[]> {
  const count = rows ?? (quick ? 20_000 : 1_000_000);
  say(`generating a bill of ${count.toLocaleString('en-US')} rows`);
  const bill = await generateFocus({ dir, rows: count });
  const lines: BenchLine[] = [];
  for (const [format, path, bytes] of [
    ['CSV', bill.csv, bill.csvBytes],
    ['Parquet', bill.parquet, bill.parquetBytes],
  ] as const) {
    const scans: ImportTimes[] = [];
    const imports: ImportTimes[] = [];
    for (let round = 0; round < (quick ? 1 : ROUNDS); round++) {
      say(`${format}: round ${round + 1}`);
      scans.push(await inChild({ what: 'scan', path, dir }));
      imports.push(await inChild({ what: 'import', path, dir }));
    }
    const [scan, done] = [best(scans), best(imports)];
    const rss = Math.max(...imports.map((one) => one.rss));
    const size = `${(bytes / 1e6).toFixed(0)} MB, ${done.facts.toLocaleString('en-US')} facts`;
    lines.push(
      {
        name: `import ${format}, ${count.toLocaleString('en-US')} rows`,
        value: done.ms / 1000,
        unit: 's',
        baseline: { name: 'bare DuckDB scan + group-by', value: scan.ms / 1000 },
        goal: `≤ ${GOAL}×`,
        met: done.ms <= GOAL * scan.ms,
        note: size,
      },
      {
        name: `import ${format}, memory`,
        value: rss / 1024 ** 2,
        unit: 'MiB RSS',
        goal: '< 1 GiB',
        met: rss < GIB,
      },
    );
  }
  return lines;
}

function best(times: readonly ImportTimes[]): ImportTimes {
  return times.reduce((least, one) => (one.ms < least.ms ? one : least));
}

async function inChild(task: ImportTask): Promise<ImportTimes> {
  const child = fork(fileURLToPath(new URL('import-child.ts', import.meta.url)), [JSON.stringify(task)]);
  const [answer]: ImportTimes[] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`The ${task.what} of ${task.path} ended with ${code}.`);
    }),
  ]);
  if (!answer) throw new Error(`The ${task.what} of ${task.path} said nothing.`);
  return answer;
}
