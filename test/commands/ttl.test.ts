/** What people type about ends, what they are answered, and schedules as a list. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildTtlKeepForm, submitTtlKeep } from '../../src/commands/forms/ttl-keep.ts';
import { tokenise } from '../../src/commands/tokens.ts';
import { parseTtl } from '../../src/commands/ttl/parse.ts';
import { settingsOf } from '../settings.ts';
import { LENA, MIRA, openWorkbench, SETTINGS, STRANGER, type Workbench } from './workbench.ts';

describe('words', () => {
  const experiment = 'experiment:x';
  it.each([
    ['', { verb: 'list' }],
    ['all', { verb: 'list' }],
    ['experiment:x', { verb: 'show', thing: experiment }],
    ['experiment x', { verb: 'show', thing: experiment }],
    ['experiment x off', { verb: 'off', thing: experiment }],
    [
      '"experiment:my run 3" 2w',
      { verb: 'set', thing: 'experiment:my run 3', until: { kind: 'hours', hours: 336 } },
    ],
    ['experiment:x 48h', { verb: 'set', thing: experiment, until: { kind: 'hours', hours: 48 } }],
    ['experiment:x for 3 days', { verb: 'set', thing: experiment, until: { kind: 'hours', hours: 72 } }],
    [
      'env dev until 2026-12-01',
      { verb: 'set', thing: 'environment:dev', until: { kind: 'day', day: '2026-12-01' } },
    ],
    [
      'bert training 5d “last try”',
      { verb: 'set', thing: 'bert training', until: { kind: 'hours', hours: 120 }, reason: 'last try' },
    ],
    [
      'experiment:x keep until 2026-12-01 18:00 "one more"',
      {
        verb: 'keep',
        thing: experiment,
        until: { kind: 'day', day: '2026-12-01', time: '18:00' },
        reason: 'one more',
      },
    ],
    ['experiment:x keep 24h', { verb: 'keep', thing: experiment, until: { kind: 'hours', hours: 24 } }],
  ])('%s', (text, meaning) => expect(parseTtl(tokenise(text))).toEqual(meaning));

  it.each([
    'experiment:x keep',
    'experiment:x 48',
    'experiment:x until friday',
    'experiment:x 99999h',
    'experiment:x "why"',
  ])('%s is refused with what may be written', (text) =>
    expect(() => parseTtl(tokenise(text))).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('48h') }),
    ),
  );
});

describe('ttl and schedules', () => {
  let bench: Workbench;
  beforeEach(async () => {
    bench = await openWorkbench({
      ...SETTINGS,
      actions: {
        ...settingsOf().actions,
        schedules: [
          {
            name: 'dev-nights',
            scope: { kind: 'team', name: 'search' },
            days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
            stop: '19:00',
            start: '07:00',
            timeZone: 'Asia/Kolkata',
            holidays: ['2026-11-24'],
            country: 'XX',
          },
        ],
      },
    });
  });
  afterEach(() => bench.temp.close());

  it('set, show, list, keep and take off', async () => {
    expect((await bench.run('ttl')).text).toContain('No time limit is set');
    const set = await bench.run('ttl model bert 48h "two nights"', MIRA);
    expect(set.text).toContain('bert may go on until');
    expect(set.text).toContain('two nights');
    expect(set.data).toMatchObject({ scope: 'model:bert', setBy: 'Mira Chen', reason: 'two nights' });
    expect((await bench.run('ttl bert')).text).toContain('The owner is asked on');
    expect((await bench.run('ttl')).text).toMatch(/1 time limit is set.*running.*Mira Chen/s);
    const kept = await bench.run('ttl model:bert keep 24h', MIRA);
    expect(Date.parse(String(kept.data.until)) - Date.parse(String(set.data.until))).toBe(24 * 3_600_000);
    expect((await bench.run('ttl bert off', MIRA)).text).toContain('has no time limit any more');
    expect((await bench.run('ttl bert')).text).toContain('was over on');
  });

  it('refuses whoever may not, what may not, and asks back for what it does not know', async () => {
    expect(await bench.refusal('ttl bert 48h', LENA)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await bench.refusal('ttl bert 48h', STRANGER)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await bench.refusal('ttl team search 48h', MIRA)).toMatchObject({
      code: 'INVALID',
      hint: expect.stringContaining('experiment:NAME'),
    });
    expect(await bench.refusal('ttl bert keep 24h', MIRA)).toMatchObject({ code: 'NOT_FOUND' });
    const asked = await bench.run('ttl brat 48h', MIRA);
    expect(asked.buttons.map(({ action }) => action)).toContainEqual({
      do: 'command',
      text: 'ttl model:bert 48h',
    });
  });

  it('the dialog makes a command, and needs a day', () => {
    const form = buildTtlKeepForm(bench.asking(MIRA), 'ttl experiment:x keep');
    expect(form.fields.map(({ name }) => name)).toEqual(['until', 'reason']);
    const text = submitTtlKeep(form.text, { until: '2026-12-01', reason: 'it "hangs"' });
    expect(parseTtl(tokenise(text.replace(/^ttl /, '')))).toEqual({
      verb: 'keep',
      thing: 'experiment:x',
      until: { kind: 'day', day: '2026-12-01' },
      reason: "it 'hangs'",
    });
    expect(() => submitTtlKeep(form.text, {})).toThrow('Until when');
  });

  it('schedules says when each turns next, which days it leaves out, and what it does not know', async () => {
    const { text, data } = await bench.run('schedules');
    expect(text).toContain('dev-nights');
    expect(text).toContain('Mon–Fri (Asia/Kolkata)');
    expect(text).toContain('No public holidays are known for XX');
    expect(data).toMatchObject({ mode: 'dry-run', rows: [{ scope: 'team:search', turns: [] }] });
    const [row] = data.rows as { nextStop: string; nextStart: string }[];
    expect([row?.nextStop.slice(11, 16), row?.nextStart.slice(11, 16)]).toEqual(['13:30', '01:30']);
  });

  it('schedules says how one is written where there is none', async () => {
    const none = await openWorkbench();
    expect((await none.run('schedules')).text).toContain('actions.schedules');
    await none.temp.close();
  });
});
