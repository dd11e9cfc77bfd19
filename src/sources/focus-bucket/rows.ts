/** Tells exports of a header only: the first delivery of a month may have no charges yet. */
import { open, readFile, stat } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';

/** Larger files are taken to have rows. */
const SMALL = 65_536;

/** Whether a file has anything below its header. What cannot be told here is left to the importer. */
export async function hasRows(path: string): Promise<boolean> {
  const { size } = await stat(path);
  if (size > SMALL) return true;
  const start = await firstBytes(path);
  if (start.subarray(0, 4).toString('latin1') === 'PAR1') return true;
  const bytes = await readFile(path);
  let text: string;
  try {
    text = (start[0] === 0x1f && start[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch {
    return true;
  }
  return text.trim().split(/\r?\n/).length > 1;
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const start = Buffer.alloc(4);
    await file.read(start, 0, 4, 0);
    return start;
  } finally {
    await file.close();
  }
}
