/** How fast daily facts get into the store, through the same function as an import's. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { FACTS_PER_CHUNK } from '../../src/sources/types.ts';
import { addFacts, withRoomForBulk } from '../../src/store/facts.ts';
import { openStore } from '../../src/store/open.ts';
import { lockForWriting } from '../../src/store/write-lock.ts';
import type { BenchLine, BenchOptions } from './types.ts';

const ROUNDS = 3;
const GOAL = 120_000;

/** Rows per second from chunks of JSON to the end of the commit; the best of three. */
export async function run({ dir, rows, quick, say }: BenchOptions): Promise<BenchLine[]> {
  const count = rows ?? (quick ? 20_000 : 500_000);
  const chunks = chunksOf(count);
  const speeds: number[] = [];
  for (let round = 0; round < (quick ? 1 : ROUNDS); round++) {
    say(`bulk write: round ${round + 1}`);
    const database = join(dir, `bulk-${round}.db`);
    const store = await openStore(`file:${database}`);
    const start = performance.now();
    await withRoomForBulk(store, () =>
      store.$transaction(async (tx) => {
        await lockForWriting(tx);
        for (const chunk of chunks) await addFacts(tx, 'bench', chunk);
      }),
    );
    speeds.push((count / (performance.now() - start)) * 1000);
    const written = await store.costFact.count();
    await store.$disconnect();
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${database}${suffix}`, { force: true });
    if (written !== count) throw new Error(`${written} of ${count} facts were written.`);
  }
  const speed = Math.max(...speeds);
  return [
    {
      name: `bulk write of ${count.toLocaleString('en-US')} daily facts`,
      value: Math.round(speed),
      unit: 'rows/s',
      goal: '≥ 120,000 rows/s',
      met: speed >= GOAL,
    },
  ];
}

/** Facts as an import hands them out: 4 bills, 31 days, 3,000 names, 64-bit ids, four costs with their residues. */
function chunksOf(count: number): string[] {
  const chunks: string[] = [];
  for (let start = 0; start < count; start += FACTS_PER_CHUNK) {
    const facts = Array.from({ length: Math.min(FACTS_PER_CHUNK, count - start) }, (_, index) => {
      const number = start + index;
      const day = 1 + Math.floor((number * 31) / count);
      const id = (1_000_003n * BigInt((number % 3_000) + 1) * 2_654_435_761n) % 2n ** 63n;
      const micros = (number * 7919) % 50_000_000;
      return `[${number % 4},"2026-10-${`${day}`.padStart(2, '0')}",${id},${id + 1n},${id + 2n},"USD",24,${micros},${micros},${micros * 2},${micros},${number * 31},${-number * 17},${number},0]`;
    });
    chunks.push(`[${facts.join(',')}]`);
  }
  return chunks;
}
