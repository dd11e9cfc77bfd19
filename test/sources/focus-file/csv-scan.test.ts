import { describe, expect, test } from 'vitest';
import { detectDelimiter, parseHeader } from '../../../src/sources/focus-file/csv-header.ts';
import { type CsvScan, createCsvScanner } from '../../../src/sources/focus-file/csv-scan.ts';

function scan(content: string | Buffer, size = 1 << 20): CsvScan {
  const bytes = Buffer.from(content);
  const scanner = createCsvScanner(',');
  for (let at = 0; at < bytes.length; at += size) scanner.push(bytes.subarray(at, at + size));
  return scanner.end();
}

describe('records and lines', () => {
  const content = 'a,b\n1,"x\ny"\n\n3,4\r\n5\n6,"say ""hi"""\n7,8,\n9,10';

  test.each([1, 3, 7, 1000])('the same in pieces of %i bytes', (size) => {
    const found = scan(content, size);
    expect(found.header.toString()).toBe('a,b');
    expect(found.records).toBe(5);
    expect([0, 1, 2, 3, 4].map(found.lineOf)).toEqual([2, 5, 7, 8, 9]);
    expect(found.malformed).toMatchObject([{ line: 6, reason: 'has 1 column, the header has 2' }]);
    expect(found.cut).toBeUndefined();
    const [broken] = found.malformed;
    expect(content.slice(broken?.start, broken?.end)).toBe('5\n');
  });

  test.each([
    ['1,2,3', 'has 3 columns, the header has 2'],
    ['1,"x"y', 'has text after the closing quote of column 2'],
    ['1,a\rb', 'has a line end in the middle of column 2 that is not quoted'],
  ])('%s is malformed', (line, reason) => {
    expect(scan(`a,b\n${line}\n1,2\n`).malformed).toMatchObject([{ line: 2, reason }]);
  });

  test('a record that is not UTF-8 is malformed, its neighbours are not', () => {
    const found = scan(
      Buffer.concat([Buffer.from('a,b\n1,é\n2,'), Buffer.from([0xe9]), Buffer.from('\n3,4\n')]),
    );
    expect(found.malformed).toMatchObject([{ line: 3, reason: 'is not UTF-8 text' }]);
    expect(found.records).toBe(2);
  });

  test('a quote inside of a text is a text', () => expect(scan('a,b\n1,5" disk\n').records).toBe(1));
});

describe('cut off', () => {
  test.each([
    ['too few columns at the very end', 'a,b\n1,2\n3', 3],
    ['a quote that is never closed', 'a,b\n1,2\n3,"x\ny\n', 3],
  ])('%s', (_, content, line) => expect(scan(content).cut).toMatchObject({ line }));

  test('a last line without line end is whole', () => expect(scan('a,b\n1,2').cut).toBeUndefined());
  test('a short last line that was ended is malformed, not cut', () => {
    const found = scan('a,b\n1,2\n3\n');
    expect(found.cut).toBeUndefined();
    expect(found.malformed).toHaveLength(1);
  });
  test('a quote that stays open for megabytes does not fill the memory', () => {
    const scanner = createCsvScanner(',');
    scanner.push(Buffer.from('a,b\n1,2\n3,"'));
    for (let piece = 0; piece < 20; piece++) scanner.push(Buffer.alloc(1 << 20, 120));
    expect(scanner.end().cut).toMatchObject({ line: 3 });
  });

  test('a cell of megabytes is set aside, what follows is read on the right line', () => {
    const found = scan(`a,b\n1,"${'x\n'.repeat(2_000_000)}"\n2,3\n`);
    expect(found.cut).toBeUndefined();
    expect(found.malformed).toMatchObject([{ line: 2, reason: 'is longer than 2 MB' }]);
    expect([found.records, found.lineOf(0)]).toEqual([1, 2_000_003]);
  });
});

test.each([
  ['a,b,c\n1;2', ','],
  ['a;b;c\n', ';'],
  ['"a,x"\t"b"\tc\n', '\t'],
  ['a|b\n', '|'],
])('the delimiter of %j', (content, delimiter) =>
  expect(detectDelimiter(Buffer.from(content))).toBe(delimiter),
);

test('a header with BOM and quotes', () => {
  expect(parseHeader(Buffer.from('\ufeff"BilledCost",Tags '), ',')).toEqual(['BilledCost', 'Tags']);
});
