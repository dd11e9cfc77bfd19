import { describe, expect, it } from 'vitest';
import { isDayFirst, parseStamp } from '../../../src/flows/detect-file/parse-stamp.ts';
import { parseValue } from '../../../src/flows/detect-file/parse-value.ts';
import { readRows } from '../../../src/flows/detect-file/read-rows.ts';

describe('times', () => {
  it.each([
    ['2026-11-20', '2026-11-20T00:00:00.000Z'],
    ['2026-11-20 14:00:00', '2026-11-20T14:00:00.000Z'],
    ['2026-11-20T14', '2026-11-20T14:00:00.000Z'],
    ['2026-11-20T14:05', '2026-11-20T14:05:00.000Z'],
    ['2026-11-20T14:05:06.789Z', '2026-11-20T14:05:06.789Z'],
    ['2026-11-20T14:05:06.789123+00:00', '2026-11-20T14:05:06.789Z'],
    ['2026-11-20 14:00:00+01:00', '2026-11-20T13:00:00.000Z'],
    ['2026-11-20T14:00:00-0530', '2026-11-20T19:30:00.000Z'],
    ['2026-11-20 14:00:00 UTC', '2026-11-20T14:00:00.000Z'],
    ['2026-11-20T24:00', '2026-11-21T00:00:00.000Z'],
    ['2026/11/20', '2026-11-20T00:00:00.000Z'],
    ['20261120', '2026-11-20T00:00:00.000Z'],
    ['20261120T140506Z', '2026-11-20T14:05:06.000Z'],
    ['2026-11', '2026-11-01T00:00:00.000Z'],
    ['9/2/2023', '2023-09-02T00:00:00.000Z'],
    ['9/2/2023 2:30 PM', '2023-09-02T14:30:00.000Z'],
    ['9/2/2023 12:30 AM', '2023-09-02T00:30:00.000Z'],
    ['11/20/26', '2026-11-20T00:00:00.000Z'],
    ['20-Nov-2026', '2026-11-20T00:00:00.000Z'],
    ['Nov 20, 2026 2:30 PM', '2026-11-20T14:30:00.000Z'],
    ['Fri, 20 November 2026 14:00:00 GMT', '2026-11-20T14:00:00.000Z'],
    ['20.11.2026 14:00', '2026-11-20T14:00:00.000Z'],
    ['1763647200', '2025-11-20T14:00:00.000Z'],
    ['1763647200.5', '2025-11-20T14:00:00.500Z'],
    ['1763647200000', '2025-11-20T14:00:00.000Z'],
    ['1763647200000000', '2025-11-20T14:00:00.000Z'],
    ['1763647200000000000', '2025-11-20T14:00:00.000Z'],
  ])('%s', (text, expected) => {
    expect(new Date(parseStamp(text)?.at ?? Number.NaN).toISOString()).toBe(expected);
  });

  it.each([
    '',
    'yesterday',
    '2026-02-30',
    '2026-13-01',
    '2026-11-20T25:00',
    '20/11/26',
    '14:00',
    'Total 20, 2026',
    'Mayhem 20, 2026',
    'Nov 31, 2026',
    'NaN',
    '1e30',
  ])('not %j', (text) => expect(parseStamp(text)).toBeUndefined());

  it('keeps the date that is written, whatever the zone', () => {
    expect(parseStamp('2026-11-20T00:00:00+02:00')?.wall).toBe(Date.UTC(2026, 10, 20));
  });

  it('finds out from other rows whether the day comes first', () => {
    expect(isDayFirst(['01/02/2026', '13/02/2026'])).toBe(true);
    expect(isDayFirst(['01/02/2026', '01/13/2026'])).toBe(false);
    expect(new Date(parseStamp('01/02/2026', true)?.at ?? 0).getUTCMonth()).toBe(1);
  });
});

describe('values', () => {
  it.each([
    ['12.5', 12.5],
    ['-3', -3],
    ['−3', -3],
    ['+3', 3],
    ['.5', 0.5],
    ['1e-3', 0.001],
    ['1,234,567.5', 1234567.5],
    ['$1,234.50', 1234.5],
    ['-$12', -12],
    ['$-12', -12],
    ['(12.50)', -12.5],
    ['12.50 USD', 12.5],
    ['', Number.NaN],
    ['NaN', Number.NaN],
    ['null', Number.NaN],
    ['n/a', Number.NaN],
    ['inf', Number.NaN],
    ['-Infinity', Number.NaN],
    ['1e999', Number.NaN],
  ])('%s', (text, expected) => expect(parseValue(text)).toBe(expected));

  it('with a decimal comma', () => {
    expect(parseValue('1.234,50', true)).toBe(1234.5);
    expect(parseValue('12,5', true)).toBe(12.5);
    expect(parseValue('12.5', true)).toBe(12.5);
  });

  it.each(['abc', '12 apples', '1,23', '--5', '0x10', '1.2.3'])('not %j', (text) =>
    expect(parseValue(text)).toBeUndefined(),
  );
});

describe('files', () => {
  const read = (csv: string) =>
    readRows(csv, 's.csv').rows.map(({ stamp, value }) => [
      new Date(stamp.at).toISOString().slice(0, 10),
      value,
    ]);
  const both = [
    ['2026-11-20', 5],
    ['2026-11-21', 6],
  ];
  it.each([
    ['without a header', '2026-11-20,5\n2026-11-21,6'],
    ['with one', 'timestamp,value\n2026-11-20,5\n2026-11-21,6\n'],
    ['with other names', 'ds,y\n2026-11-20,5\n2026-11-21,6'],
    ['with unknown names', 'Wann;Betrag\n2026-11-20;5,0\n2026-11-21;6,0'],
    ['the other way round', 'cost,date\n5,2026-11-20\n6,2026-11-21'],
    ['the other way round without a header', '5,2026-11-20\n6,2026-11-21'],
    ['among other columns', ',team,value,timestamp\n0,growth,5,2026-11-20\n1,growth,6,2026-11-21'],
    ['quoted, with BOM and CRLF', '\uFEFF"timestamp","value"\r\n"2026-11-20","5"\r\n"2026-11-21","6"\r\n'],
    ['with comments and empty lines', '# exported\n\ntimestamp,value\n2026-11-20,5\n\n,\n2026-11-21,6\n\n'],
    ['with tabs and spaces', 'timestamp\tvalue\n 2026-11-20\t5\n2026-11-21 \t 6'],
    ['with bars', 'date|cost\n2026-11-20|5\n2026-11-21|6'],
    ['in epoch time', `when,how much\n${Date.UTC(2026, 10, 20)},5\n${Date.UTC(2026, 10, 21)},6`],
    ['in epoch time, second', `5,${Date.UTC(2026, 10, 20) / 1000}\n6,${Date.UTC(2026, 10, 21) / 1000}`],
  ])('%s', (_, csv) => expect(read(csv)).toEqual(both));

  it.each([
    [
      'timestamp,value\n2026-11-20,5\n2026-11-21,abc\n2026-11-22,x',
      'Line 3 of s.csv: "abc" is not a number. So is it with 1 more of 3 rows.',
    ],
    ['timestamp,value\n2026-11-20,5\n\nsoon,5', 'Line 4 of s.csv: "soon" is not a time.'],
    ['2026-11-20,x', 'Line 1 of s.csv: "x" is not a number.'],
    ['a,b,c\n1,2,3', 'Which of the columns "a", "b", "c" of s.csv hold times and values?'],
    ['2026-11-20,2,3', 's.csv has 3 columns and no line that names them.'],
    ['value\n5', 's.csv has no two columns in its first line.'],
    ['', 's.csv is empty.'],
    ['timestamp,value\n"2026-11-20,5\n', /^s\.csv is not a CSV file: /],
  ])('says what is wrong with %j', (csv, message) => {
    expect(() => read(csv)).toThrowError(message);
    expect(() => read(csv)).toThrowError(expect.objectContaining({ code: 'INVALID' }));
  });
});
