/** What a usage file says, and what of it is set aside or refused. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import type { UsageRow } from '../../../src/core/usage.ts';
import type { QuarantinedUsage } from '../../../src/usage/types.ts';
import { usageFile } from '../../../src/usage/usage-file/index.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pennywatch-usage-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

function file(content: string | Uint8Array, name = 'usage.csv'): string {
  const path = join(dir, name);
  writeFileSync(path, content);
  return path;
}

async function read(...files: string[]) {
  const staged = await usageFile.fetch({ files }, { today: '2026-11-21' });
  const rows: UsageRow[] = [];
  const quarantined: QuarantinedUsage[] = [];
  let rowsRead = 0;
  for await (const batch of staged.read()) {
    rows.push(...batch.rows);
    quarantined.push(...batch.quarantined);
    rowsRead += batch.rowsRead;
  }
  return { rows, quarantined, rowsRead, files: staged.files };
}

async function refusal(...files: string[]): Promise<string> {
  const error = await usageFile.fetch({ files }, { today: '2026-11-21' }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw error ?? new Error('It was not refused.');
  return error.message;
}

describe('a usage file', () => {
  it('names the metric in each row', async () => {
    const { rows, quarantined } = await read(
      file('day,model,stage,metric,quantity\n2026-11-01,bert,training,gpu_hours,1.5\n'),
    );
    expect(quarantined).toEqual([]);
    expect(rows).toEqual([
      {
        day: '2026-11-01',
        metric: 'gpu_hours',
        dimensions: { model: 'bert', stage: 'training' },
        quantityMicros: 1_500_000n,
      },
    ]);
  });

  it('has a column for each metric; an empty cell says nothing, a zero says zero', async () => {
    const { rows } = await read(
      file('Date,Model,Requests,Input Tokens,cached-tokens\n2026-11-01,llm,0,12000000000,\n'),
    );
    expect(rows.map(({ metric, quantityMicros }) => [metric, quantityMicros])).toEqual([
      ['requests', 0n],
      ['input_tokens', 12_000_000_000_000_000n],
    ]);
  });

  it('may have a byte order mark, CRLF, quotes, semicolons and empty lines', async () => {
    const text =
      '\ufeffday;model;feature;version;metric;quantity\r\n\r\n2026-11-01;bert;"search; ""box""";v2;epochs;3\r\n';
    const { rows, rowsRead } = await read(file(text));
    expect(rowsRead).toBe(1);
    expect(rows[0]?.dimensions).toEqual({ model: 'bert', feature: 'search; "box"', modelVersion: 'v2' });
  });

  it('does not take a day that no month has for one of the next, with or without a time', async () => {
    const { rows, quarantined } = await read(
      file(
        'day,metric,quantity\n2026-02-30T10:00Z,requests,5\n2026-02-30 10:00,requests,5\n2026-02-30,requests,5\n',
      ),
    );
    expect(rows).toEqual([]);
    expect(quarantined.map(({ line }) => line)).toEqual([2, 3, 4]);
  });

  it('may be gzipped, and takes the UTC day of a time', async () => {
    const text = 'day,metric,quantity\n2026-11-01T23:30:00-02:00,requests,5\n2026-11-01 05:00,requests,7\n';
    const { rows, files } = await read(file(gzipSync(text), 'usage.csv.gz'));
    expect(files[0]?.format).toBe('csv.gz');
    expect(rows.map(({ day, quantityMicros }) => [day, quantityMicros])).toEqual([
      ['2026-11-02', 5_000_000n],
      ['2026-11-01', 7_000_000n],
    ]);
  });

  it('sets rows aside with their line and the reason, and nothing else', async () => {
    const { rows, quarantined } = await read(
      file(
        [
          'day,model,metric,quantity',
          '2026-11-01,bert,requests,"1,200"',
          '2026-11-01,bert,requests,-5',
          '2026-11-01,bert,requests,',
          '2026-11-01,bert,requests,many',
          '2026-11-01,bert,tokens,5',
          '11/01/2026,bert,requests,5',
          '2026-12-01,bert,requests,5',
          '2026-11-01,bert,requests',
          '2026-11-01,"be"rt,requests,5',
          '2026-11-01,bert,requests,1e15',
          '2026-11-01,good,requests,5',
        ].join('\n'),
      ),
    );
    expect(rows.map(({ dimensions }) => dimensions.model)).toEqual(['good']);
    expect(quarantined.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    const reasons = quarantined.map(({ reason }) => reason);
    expect(reasons[0]).toBe('quantity "1,200" has thousands separators: write 1200');
    expect(reasons[1]).toBe('quantity "-5" is negative');
    expect(reasons[2]).toBe('quantity is empty');
    expect(reasons[3]).toBe('quantity "many" is not a number');
    expect(reasons[4]).toContain('metric "tokens" is none of requests, input_tokens');
    expect(reasons[5]).toContain('write it as 2026-10-31');
    expect(reasons[6]).toContain('has not happened yet');
    expect(reasons[7]).toBe('has 3 values, the header has 4');
    expect(reasons[8]).toContain('quotes');
    expect(reasons[9]).toContain('more than a million million');
  });

  it('loses one line to a stray quote, not the rest of the file', async () => {
    const lines = Array.from({ length: 40 }, (_, index) => `2026-11-01,m${index},requests,5`);
    const { rows, quarantined } = await read(
      file(['day,model,metric,quantity', '2026-11-01,"bert,requests,5', ...lines].join('\n')),
    );
    expect(rows.length).toBe(40);
    expect(quarantined).toEqual([{ line: 2, reason: 'its quotes do not fit' }]);
  });

  it('counts lines on after a quoted line break', async () => {
    const { rows, quarantined } = await read(
      file('day,experiment,metric,quantity\n2026-11-01,"a\nb",requests,5\n2026-11-01,c,requests,x\n'),
    );
    expect(rows[0]?.dimensions.experiment).toBe('a\nb');
    expect(quarantined.map(({ line }) => line)).toEqual([4]);
  });

  it('says which columns it does not use', async () => {
    const { files } = await read(file('day,metric,quantity,unit,comment\n2026-11-01,requests,5,count,x\n'));
    expect(files[0]?.warnings).toEqual(['Not used: "unit", "comment".']);
  });
});

describe('a file that is refused', () => {
  it.each([
    ['', 'is empty'],
    ['model,metric,quantity\n', 'has no column "day". Its columns are: model, metric, quantity.'],
    ['day,metric\n', 'has no column "quantity"'],
    ['day,model\n', 'has neither a column "metric" nor one for any metric'],
    ['day,metric,quantity,requests\n', 'has both a column "metric" and a column "requests"'],
    ['day,date,metric,quantity\n', 'says "day" twice: columns "day" and "date"'],
    ['[{"day":"2026-11-01"}]', 'is JSON'],
    ['PK\u0003\u0004', 'is a ZIP archive or an Excel workbook'],
    ['day\u0000', 'is a binary file'],
  ])('%j %s', async (content, message) => {
    expect(await refusal(file(content))).toContain(message);
  });

  it('is missing, a folder, cut off, or the same as another', async () => {
    const good = 'day,metric,quantity\n2026-11-01,requests,5\n';
    const packed = gzipSync(good.repeat(500));
    expect(await refusal(join(dir, 'none.csv'))).toContain('There is no file');
    expect(await refusal(dir)).toContain('is not a file');
    expect(await refusal(file(packed.subarray(0, packed.length - 12), 'cut.gz'))).toContain('to its end');
    expect(await refusal(file(good, 'a.csv'), file(good, 'b.csv'))).toContain('has the same content as');
  });
});
