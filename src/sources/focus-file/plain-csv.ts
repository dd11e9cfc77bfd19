/**
 * The short way through a CSV file that is as CSV should be: one row per line. DuckDB reads it strictly while its
 * bytes are hashed and its lines counted; when both find the same rows, nothing else has to be looked at.
 */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { BOM, detectDelimiter, parseHeader } from './csv-header.ts';
import type { Duck } from './duck.ts';
import type { OpenedCsv, OpenOptions } from './open-file.ts';
import { type ReadableFile, readableCsv } from './read-sql.ts';
import { scanSql } from './scan-sql.ts';

const LF = 10;
const CR = 13;
const CHUNK = 1 << 20;
/** A header or a line may be this long here. */
const LONGEST = 1 << 16;

export interface PlainCsv {
  readonly opened: OpenedCsv;
  readonly readable: ReadableFile;
}

/** Makes the table `scan`; undefined, and no table, when anything about the file asks for a closer look. */
export async function scanPlainCsv(
  duck: Duck,
  path: string,
  size: number,
  options: Pick<OpenOptions, 'onProgress'>,
): Promise<PlainCsv | undefined> {
  try {
    const plain = await scanned(duck, path, size, options);
    if (plain) return plain;
  } catch {
    // Whatever it was, the closer look finds it again and can say where.
  }
  await duck.run('DROP TABLE IF EXISTS scan');
  return undefined;
}

async function scanned(
  duck: Duck,
  path: string,
  size: number,
  options: Pick<OpenOptions, 'onProgress'>,
): Promise<PlainCsv | undefined> {
  const start = await readStart(path, size);
  const header = headerOf(start);
  if (!header) return undefined;
  const delimiter = detectDelimiter(start);
  const file = {
    kind: 'csv' as const,
    format: 'CSV' as const,
    delimiter,
    columns: parseHeader(header, delimiter),
    scan: {
      header,
      records: 0,
      malformed: [],
      lineOf: (index: number) => index + 2,
      unended: undefined,
      cut: undefined,
    },
    readFrom: path,
  };
  const readable = readableCsv(path, file, 'strict');
  const [read, walked] = await Promise.allSettled([duck.run(scanSql(readable)), walk(path, size, options)]);
  if (read.status === 'rejected' || walked.status === 'rejected' || !walked.value) return undefined;
  const { sha256, lines, rest } = walked.value;
  const records = lines - 1 + (rest.length > 0 ? 1 : 0);
  const [counted] = await duck.rows('SELECT CAST(sum(n) AS VARCHAR) FROM scan');
  if (records === 0 || Number(counted?.[0]) !== records) return undefined;
  const unended = rest.length > 0 ? { line: lines + 1, bytes: rest } : undefined;
  return {
    opened: { ...file, sha256, scan: { ...file.scan, records, unended } },
    readable: { ...readable, rows: records },
  };
}

async function readStart(path: string, size: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const start = Buffer.alloc(Math.min(size, LONGEST));
    const { bytesRead } = await file.read(start, 0, start.length, 0);
    return start.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The first line without BOM and line end; undefined when it does not end here or is no simple line. */
function headerOf(start: Buffer): Buffer | undefined {
  const from = start.subarray(0, 3).equals(BOM) ? 3 : 0;
  const end = start.indexOf(LF);
  const header = start.subarray(from, start[end - 1] === CR ? end - 1 : end);
  const quotes = header.filter((byte) => byte === 34).length;
  return end <= from || header.length === 0 || header.includes(CR) || quotes % 2 === 1 ? undefined : header;
}

interface Walked {
  readonly sha256: string;
  /** Line ends in the file. */
  readonly lines: number;
  /** What follows the last line end. */
  readonly rest: Buffer;
}

/** Undefined when it is not UTF-8, or its line ends are not all LF or all CRLF, or a line is very long. */
async function walk(
  path: string,
  size: number,
  { onProgress }: Pick<OpenOptions, 'onProgress'>,
): Promise<Walked | undefined> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(CHUNK + LONGEST);
  const file = await open(path);
  let [kept, done, lines, carriages] = [0, 0, 0, 0];
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer, kept, CHUNK, null);
      if (bytesRead === 0) break;
      hash.update(buffer.subarray(kept, kept + bytesRead));
      done += bytesRead;
      onProgress(done / size);
      const filled = buffer.subarray(0, kept + bytesRead);
      const whole = filled.subarray(0, filled.lastIndexOf(LF) + 1);
      if (filled.length - whole.length > LONGEST || !isUtf8(whole)) return undefined;
      const ends = carriageReturns(whole);
      if (ends === undefined) return undefined;
      carriages += ends;
      for (let at = whole.indexOf(LF); at !== -1; at = whole.indexOf(LF, at + 1)) lines++;
      kept = filled.copy(buffer, 0, whole.length);
    }
  } finally {
    await file.close();
  }
  const rest = Buffer.from(buffer.subarray(0, kept));
  if (!isUtf8(rest) || rest.includes(CR) || (carriages > 0 && carriages !== lines)) return undefined;
  return { sha256: hash.digest('hex'), lines, rest };
}

/** How many there are; undefined when one is not part of a CRLF. */
function carriageReturns(whole: Buffer): number | undefined {
  let count = 0;
  for (let at = whole.indexOf(CR); at !== -1; at = whole.indexOf(CR, at + 2)) {
    if (whole[at + 1] !== LF) return undefined;
    count++;
  }
  return count;
}
