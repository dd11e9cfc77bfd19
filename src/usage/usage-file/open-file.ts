/** Walks a file once before it is read: whether it is CSV at all, its digest, its header. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError, describeError } from '../../core/errors.ts';
import { type Layout, readHeader } from './header.ts';
import { readRecords } from './records.ts';

export interface OpenedFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly format: 'csv' | 'csv.gz';
  readonly layout: Layout;
}

/** A longer line is no usage row; it would only fill the memory. */
const LONGEST_LINE = 1_000_000;

/** Throws INVALID (or NOT_FOUND) saying what is wrong with the file and what to do. */
export async function openFile(path: string): Promise<OpenedFile> {
  const bytes = await sizeOf(path);
  const packed = await refuseStart(path);
  const format = packed ? 'csv.gz' : 'csv';
  const sha256 = await digest(path, format);
  for await (const record of readRecords(textOf({ path, format })))
    return { path, bytes, sha256, format, layout: readHeader(path, record) };
  throw new AppError('INVALID', `${path} is empty.`, {
    hint: 'A usage file starts with a header such as: day,model,metric,quantity',
  });
}

/** The file's bytes, unpacked. */
export function textOf({ path, format }: Pick<OpenedFile, 'path' | 'format'>): Readable {
  const file = createReadStream(path);
  if (format === 'csv') return file;
  const unpacked = createGunzip();
  file.on('error', (error) => unpacked.destroy(error));
  return file.pipe(unpacked);
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new AppError('NOT_FOUND', `There is no file ${path}, or it may not be read.`, { cause });
  });
  if (!found.isFile()) throw new AppError('INVALID', `${path} is not a file.`, { hint: 'Name CSV files.' });
  return found.size;
}

/** Tells by the first bytes whether the file is packed; throws INVALID when it is no text at all. */
async function refuseStart(path: string): Promise<boolean> {
  const handle = await open(path).catch((cause: unknown) => {
    throw new AppError('INVALID', `${path} cannot be read: ${describeError(cause)}`, { cause });
  });
  const { buffer, bytesRead } = await handle
    .read(Buffer.alloc(4096), 0, 4096, 0)
    .finally(() => handle.close());
  const start = buffer.subarray(0, bytesRead);
  if (start[0] === 0x1f && start[1] === 0x8b) return true;
  const wrong = (what: string, hint: string) => new AppError('INVALID', `${path} is ${what}.`, { hint });
  if (start.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004')
    throw wrong('a ZIP archive or an Excel workbook', 'Unpack it, or save the sheet as CSV.');
  if (start.subarray(0, 4).toString('latin1') === 'PAR1')
    throw wrong('a Parquet file', 'Export the usage as CSV.');
  if ((start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff))
    throw wrong('UTF-16 text', 'Save it as UTF-8 CSV.');
  if (start.includes(0)) throw wrong('a binary file, not CSV', 'Export the usage as UTF-8 CSV (also .gz).');
  if (/^\ufeff?\s*[[{]/.test(start.toString('utf8'))) throw wrong('JSON', 'Export the usage as CSV.');
  return false;
}

/** SHA-256 of the unpacked text. */
async function digest(path: string, format: OpenedFile['format']): Promise<string> {
  const hash = createHash('sha256');
  let line = 0;
  try {
    for await (const chunk of textOf({ path, format })) {
      const bytes: Buffer = chunk;
      hash.update(bytes);
      const last = bytes.lastIndexOf(0x0a);
      line = last < 0 ? line + bytes.length : bytes.length - last - 1;
      if (line > LONGEST_LINE)
        throw new AppError('INVALID', `${path} has a line of more than 1 MB.`, {
          hint: 'That is no usage row. Export the file again.',
        });
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('INVALID', `${path} cannot be read to its end: ${describeError(cause)}`, {
      hint: 'It is damaged or cut off. Copy or export it again. Nothing was imported.',
      cause,
    });
  }
  return hash.digest('hex');
}
