/** `npx tsx test/fuzz/run.ts --count 10000 --seed 1`: prints the counts; exit code 1 when anything was not as it must be. */
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';

const { values } = parseArgs({
  options: { count: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
const started = performance.now();
const result = await fuzz({
  count: Number(values.count),
  seed: Number(values.seed),
  onProgress: (done) => process.stderr.write(`${done}\n`),
});
const seconds = Math.round((performance.now() - started) / 1_000);
process.stdout.write(`${JSON.stringify({ ...result, seed: Number(values.seed), seconds }, null, 2)}\n`);
if (result.wrongs.length + result.errors.length + result.rejections > 0) process.exitCode = 1;
