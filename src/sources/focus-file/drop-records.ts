/** Copies a CSV file without its malformed records, so that DuckDB reads whole ones only. */
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { MalformedRecord } from './csv-scan.ts';

/** Writes `to` as `from` without the given byte ranges (in file order) and returns `to`. */
export async function dropRecords(
  from: string,
  to: string,
  dropped: readonly MalformedRecord[],
): Promise<string> {
  await pipeline(
    createReadStream(from, { highWaterMark: 1 << 20 }),
    async function* (chunks: AsyncIterable<Buffer>) {
      let offset = 0;
      let next = 0;
      for await (const chunk of chunks) {
        let position = 0;
        while (position < chunk.length) {
          const range = dropped[next];
          const here = offset + position;
          if (range && here >= range.end) next++;
          else if (range && here >= range.start)
            position += Math.min(range.end - here, chunk.length - position);
          else {
            const stop = range ? Math.min(chunk.length, range.start - offset) : chunk.length;
            yield chunk.subarray(position, stop);
            position = stop;
          }
        }
        offset += chunk.length;
      }
    },
    createWriteStream(to),
  );
  return to;
}
