/** Looks at a file before DuckDB does: what it is, whether it is whole, its SHA-256, its lines. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { AppError } from '../../core/errors.ts';
import { BOM, detectDelimiter, parseHeader } from './csv-header.ts';
import { type CsvScan, type CsvScanner, createCsvScanner } from './csv-scan.ts';
import { dropRecords } from './drop-records.ts';
import { refuseStart } from './refuse.ts';

export type OpenedFile = OpenedCsv | OpenedParquet;

export interface OpenedCsv {
  readonly kind: 'csv';
  readonly format: 'CSV' | 'CSV (gzip)';
  readonly sha256: string;
  readonly delimiter: string;
  readonly columns: readonly string[];
  readonly scan: CsvScan;
  /** A plain CSV file that holds exactly the well-formed records. */
  readonly readFrom: string;
}

export interface OpenedParquet {
  readonly kind: 'parquet';
  readonly format: 'Parquet';
  readonly sha256: string;
  readonly readFrom: string;
}

export interface OpenOptions {
  /** Folder for unpacked copies. */
  readonly workDir: string;
  readonly number: number;
  readonly onProgress: (done: number) => void;
}

const CHUNK = 1 << 20;

/** What a file is, told by its first and last bytes. */
export interface LookedAt {
  readonly kind: 'csv' | 'gzip' | 'parquet';
  readonly size: number;
  /** Last four bytes. */
  readonly end: Buffer;
}

/** Looks at a file. Throws NOT_FOUND or INVALID, naming it, when it is missing, no file or no bill. */
export async function lookAt(path: string): Promise<LookedAt> {
  const info = await stat(path).catch((cause) => {
    throw new AppError('NOT_FOUND', `There is no file ${path}.`, {
      hint: 'Check the path and that it may be read.',
      cause,
    });
  });
  if (info.isDirectory())
    throw new AppError('INVALID', `${path} is a folder.`, {
      hint: `Name the files in it, for example ${path}/*.csv.`,
    });
  if (!info.isFile())
    throw new AppError('INVALID', `${path} is a pipe or a device, not a file.`, {
      hint: 'Write it to a file first: it has to be read more than once.',
    });
  if (info.size === 0) throw new AppError('INVALID', `${path} is empty.`, { hint: 'Export it again.' });
  const { start, end } = await peek(path, info.size);
  refuseStart(path, start);
  const packed = start[0] === 0x1f && start[1] === 0x8b;
  const parquet = start.subarray(0, 4).toString('latin1') === 'PAR1';
  return { kind: parquet ? 'parquet' : packed ? 'gzip' : 'csv', size: info.size, end };
}

/** Reads one file through. Throws INVALID, naming the file, when it is cut off, damaged or empty. */
export async function openFile(
  path: string,
  { kind, size, end }: LookedAt,
  options: OpenOptions,
): Promise<OpenedFile> {
  return kind === 'parquet'
    ? openParquet(path, end, size, options)
    : openCsv(path, kind === 'gzip', size, options);
}

async function peek(path: string, size: number): Promise<{ start: Buffer; end: Buffer }> {
  const file = await open(path).catch((cause) => {
    throw new AppError('INVALID', `${path} cannot be read.`, { hint: 'Check that you may read it.', cause });
  });
  try {
    const start = Buffer.alloc(Math.min(size, 4096));
    const end = Buffer.alloc(Math.min(size, 4));
    await file.read(start, 0, start.length, 0);
    await file.read(end, 0, end.length, size - end.length);
    return { start, end };
  } finally {
    await file.close();
  }
}

async function openParquet(
  path: string,
  end: Buffer,
  size: number,
  options: OpenOptions,
): Promise<OpenedParquet> {
  if (end.toString('latin1') !== 'PAR1' || size < 12)
    throw new AppError('INVALID', `${path} looks cut off: it is a Parquet file without its footer.`, {
      hint: 'Download it again. Nothing was imported.',
    });
  const hash = createHash('sha256');
  for await (const chunk of progressing(createReadStream(path, { highWaterMark: CHUNK }), size, options))
    hash.update(chunk);
  return { kind: 'parquet', format: 'Parquet', sha256: hash.digest('hex'), readFrom: path };
}

async function openCsv(
  path: string,
  packed: boolean,
  size: number,
  options: OpenOptions,
): Promise<OpenedCsv> {
  const hash = createHash('sha256');
  const unpacked = join(options.workDir, `${options.number}.csv`);
  const copy = packed ? createWriteStream(unpacked) : undefined;
  const raw = Readable.from(
    hashing(progressing(createReadStream(path, { highWaterMark: CHUNK }), size, options)),
  );
  const bytes = packed ? raw.pipe(createGunzip({ chunkSize: CHUNK })) : raw;
  raw.once('error', (error) => bytes.destroy(error));
  let scanner: CsvScanner | undefined;
  let delimiter = ',';
  try {
    for await (const piece of bytes) {
      let chunk: Buffer = piece;
      if (!scanner) {
        if (packed) refuseStart(path, chunk);
        delimiter = detectDelimiter(chunk.subarray(0, 1 << 16));
        scanner = createCsvScanner(delimiter);
        if (chunk.subarray(0, 3).equals(BOM)) {
          scanner.skip(3);
          if (copy && !copy.write(chunk.subarray(0, 3))) await once(copy);
          chunk = chunk.subarray(3);
        }
      }
      scanner.push(chunk);
      if (copy && !copy.write(chunk)) await once(copy);
    }
  } catch (cause) {
    throw unpackError(path, cause);
  } finally {
    copy?.end();
    if (copy) await finished(copy);
  }
  const scan = (scanner ?? createCsvScanner(delimiter)).end();
  if (scan.cut)
    throw new AppError('INVALID', `${path} looks cut off at line ${scan.cut.line}: ${scan.cut.reason}.`, {
      hint: 'Download or export it again. Nothing was imported.',
    });
  if (scan.records === 0 && scan.header.includes('\r'))
    throw new AppError('INVALID', `${path} has old Mac line ends (CR only).`, {
      hint: 'Save it with LF or CRLF line ends.',
    });
  if (scan.header.length === 0)
    throw new AppError('INVALID', `${path} is empty: it has no line of text.`, { hint: 'Export it again.' });
  const columns = parseHeader(scan.header, delimiter);
  const whole = packed ? unpacked : path;
  const readFrom =
    scan.malformed.length === 0
      ? whole
      : await dropRecords(whole, join(options.workDir, `${options.number}-whole.csv`), scan.malformed);
  return {
    kind: 'csv',
    format: packed ? 'CSV (gzip)' : 'CSV',
    sha256: hash.digest('hex'),
    delimiter,
    columns,
    scan,
    readFrom,
  };

  async function* hashing(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  }
}

async function* progressing(
  chunks: AsyncIterable<Buffer>,
  size: number,
  options: OpenOptions,
): AsyncGenerator<Buffer> {
  let done = 0;
  for await (const chunk of chunks) {
    done += chunk.length;
    options.onProgress(done / size);
    yield chunk;
  }
}

function once(stream: NodeJS.EventEmitter): Promise<void> {
  return new Promise((resolve) => stream.once('drain', () => resolve()));
}

function unpackError(path: string, cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'Z_BUF_ERROR')
    return new AppError('INVALID', `${path} looks cut off: the gzip data ends in the middle.`, {
      hint: 'Download it again. Nothing was imported.',
      cause,
    });
  if (code.startsWith('Z_'))
    return new AppError('INVALID', `${path} is damaged: its gzip data cannot be unpacked.`, {
      hint: 'Download it again. Nothing was imported.',
      cause,
    });
  return cause;
}
