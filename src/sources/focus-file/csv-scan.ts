/** Walks the bytes of a CSV file once: which records are whole, which are not, and on which line each starts. */
import { isUtf8 } from 'node:buffer';
import { createLineIndex } from './line-index.ts';

export interface CsvScan {
  /** The header's own bytes, without BOM and line end. */
  readonly header: Buffer;
  /** Well-formed data records. */
  readonly records: number;
  readonly malformed: readonly MalformedRecord[];
  /** Line on which the n-th (from 0) well-formed data record starts. */
  readonly lineOf: (index: number) => number;
  /** The last record, when it has no line end: whether it is whole cannot be told by its columns alone. */
  readonly unended: { readonly line: number; readonly bytes: Buffer } | undefined;
  /** Set when the last record ends in the middle. */
  readonly cut: { readonly line: number; readonly reason: string } | undefined;
}

export interface MalformedRecord {
  readonly line: number;
  readonly reason: string;
  /** Bytes [start, end) of the record in the (unpacked) file. */
  readonly start: number;
  readonly end: number;
}

export interface CsvScanner {
  /** Bytes before the header that are not part of it (a BOM). */
  skip(bytes: number): void;
  push(chunk: Buffer): void;
  end(): CsvScan;
}

const LF = 10;
const CR = 13;
const QUOTE = 34;
/** Longer records are malformed: DuckDB reads lines of up to 2 MiB. */
const MAX_RECORD = 2_000_000;
/** Beyond this no quote is expected to close any more. */
const MAX_OPEN = 16_000_000;
const [START, PLAIN, QUOTED, CLOSED] = [0, 1, 2, 3];

/** Feed the file's bytes to `push`, then call `end`. The first record is the header. */
export function createCsvScanner(delimiter: string): CsvScanner {
  const comma = delimiter.charCodeAt(0);
  const lines = createLineIndex();
  const malformed: MalformedRecord[] = [];
  let rest: Buffer = Buffer.alloc(0);
  let offset = 0;
  let line = 1;
  let header: Buffer | undefined;
  let columns = 0;
  let records = 0;
  let unended: CsvScan['unended'];
  let cut: CsvScan['cut'];

  /** Takes whole records from the buffer; the unfinished one at its end waits for more, unless it is the last. */
  function walk(buffer: Buffer, last: boolean): number {
    const clean = isUtf8(buffer.subarray(0, last ? buffer.length : buffer.lastIndexOf(LF) + 1));
    let state = START;
    let start = 0;
    let fields = 1;
    let startLine = line;
    let flaw = '';
    let i = 0;
    for (; i < buffer.length; i++) {
      const byte = buffer[i];
      if (state === QUOTED) {
        if (byte === QUOTE) state = CLOSED;
        else if (byte === LF) line++;
        continue;
      }
      if (byte === comma) {
        fields++;
        state = START;
      } else if (byte === LF) {
        line++;
        finish(buffer, start, i, fields, state, startLine, flaw, clean);
        start = i + 1;
        state = START;
        fields = 1;
        flaw = '';
        startLine = line;
      } else if (byte === QUOTE && (state === START || state === CLOSED)) {
        state = QUOTED;
      } else if (byte === CR && (i + 1 === buffer.length || buffer[i + 1] === LF)) {
      } else if (state === CLOSED) {
        flaw ||= `has text after the closing quote of column ${fields}`;
        state = PLAIN;
      } else {
        if (byte === CR) flaw ||= `has a line end in the middle of column ${fields} that is not quoted`;
        state = PLAIN;
      }
    }
    if (last && start < buffer.length) {
      unended = { line: startLine, bytes: Buffer.from(buffer.subarray(start)) };
      if (state === QUOTED) cut = { line: startLine, reason: `a quote in column ${fields} is never closed` };
      finish(buffer, start, buffer.length, fields, state, startLine, flaw, clean);
      if (!cut && fields < columns)
        cut = { line: startLine, reason: `it has ${fields} of ${columns} columns` };
    }
    if (!last) line = startLine;
    return start;
  }

  function finish(
    buffer: Buffer,
    start: number,
    end: number,
    fields: number,
    state: number,
    startLine: number,
    flaw: string,
    clean: boolean,
  ): void {
    const stop = end > start && buffer[end - 1] === CR ? end - 1 : end;
    if (stop === start) return;
    if (header === undefined) {
      header = Buffer.from(buffer.subarray(start, stop));
      columns = fields;
      return;
    }
    const reason =
      flaw || raggedness(fields, state, stop > start && buffer[stop - 1] === comma) || size() || encoding();
    if (reason === '') lines.add(records++, startLine);
    else malformed.push({ line: startLine, reason, start: offset + start, end: offset + end + 1 });

    function size(): string {
      return stop - start > MAX_RECORD ? `is longer than ${MAX_RECORD / 1e6} MB` : '';
    }

    function encoding(): string {
      return clean || isUtf8(buffer.subarray(start, stop)) ? '' : 'is not UTF-8 text';
    }
  }

  function raggedness(fields: number, state: number, endsEmpty: boolean): string {
    if (state === QUOTED) return 'has a quote that is never closed';
    if (fields === columns || (fields === columns + 1 && endsEmpty)) return '';
    return `has ${fields} ${fields === 1 ? 'column' : 'columns'}, the header has ${columns}`;
  }

  return {
    skip(bytes) {
      offset += bytes;
    },
    push(chunk) {
      if (cut) return;
      const buffer = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      const used = walk(buffer, false);
      offset += used;
      rest = buffer.subarray(used);
      if (rest.length > MAX_OPEN)
        cut = {
          line,
          reason: `the row does not end within ${MAX_OPEN / 1e6} MB; a quote may never be closed`,
        };
    },
    end() {
      if (!cut) walk(rest, true);
      return { header: header ?? Buffer.alloc(0), records, malformed, lineOf: lines.lineOf, unended, cut };
    },
  };
}
