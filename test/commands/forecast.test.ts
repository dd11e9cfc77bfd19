/** `/cost forecast`: what it says, how it is written, and the same as data. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseForecast } from '../../src/commands/forecast/parse.ts';
import { onlyReads } from '../../src/commands/reading.ts';
import { answerSentence } from '../../src/commands/sentence.ts';
import { eachDay } from '../../src/core/day.ts';
import { addPlan } from '../../src/store/planned-spend.ts';
import { addFacts } from '../temp-store.ts';
import { MIRA, openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;
beforeAll(async () => {
  bench = await openWorkbench();
  const fact = (day: string, cost: string, model: string) => ({
    day,
    cost,
    tags: { model, stage: 'training' },
  });
  await addFacts(bench.context, [
    ...eachDay('2026-09-01', '2026-11-19').map((day) => fact(day, '30', 'bert')),
    ...eachDay('2026-09-01', '2026-11-19').map((day) =>
      fact(day, `${40 + ((Number(day.slice(8)) * 7) % 5) * 5}`, 'ranker'),
    ),
    ...eachDay('2026-11-10', '2026-11-19').map((day) => fact(day, '5', 'churn')),
  ]);
  await addPlan(bench.temp.store, {
    scope: 'model:bert',
    amountMicros: 310_000_000n,
    currency: 'USD',
    start: '2026-12-01',
    end: '2026-12-02',
    reason: 'retrain',
    createdBy: 'test',
    createdAt: new Date(0),
  });
});
afterAll(() => bench.temp.close());

const headingOf = (text: string) => text.split('\n')[0];

describe('forecast', () => {
  it('says where the month ends, beside its budget, then why, the picture, the table and the small print', async () => {
    const { text, view, data, buttons } = await bench.run('forecast model bert');
    expect(headingOf(text)).toBe('bert: $900 by 30 Nov; budget $1,000');
    expect(text).toContain(
      '🟢 within budget: $570 spent until Thu 19 Nov; 11 days to come at about $30.00 a day ($30.00 in the last 28 days, $30.00 in the last 7).',
    );
    expect(text).toContain('Planned spend is in it: $310 on 1–2 Dec (retrain).');
    expect(text).toMatch(/December, whole month +\$1,240 /);
    expect(text).toMatch(/Next 7 days \(20–26 Nov\) +\$210 /);
    expect(text).toContain('learnt from 80 complete days · complete until Thu 19 Nov (2 days ago)');
    const [chart] = view.elements.flatMap((element) => (element.kind === 'chart' ? [element.chart] : []));
    expect(chart).toMatchObject({
      id: 'forecast-fan',
      title: 'bert is on course for $900 of $1,000 in November',
    });
    expect(chart?.days).toHaveLength(30);
    expect(buttons.map(({ action }) => action.text)).toEqual([
      'model bert mtd',
      'budget model:bert',
      'forecast model:bert',
    ]);
    expect(data).toMatchObject({
      question: 'forecast model:bert',
      scope: 'model:bert',
      currency: 'USD',
      watermark: '2026-11-19',
      monthEnd: { start: '2026-11-01', end: '2026-11-30', mean: '900', lower80: '900', spent: '570' },
      nextDay: { start: '2026-11-20', end: '2026-11-20', mean: '30' },
      next7: { mean: '210', lower95: '210', upper95: '210' },
      next90: { mean: '3010' },
      budget: { amount: '1000', period: 'monthly' },
      accuracy: { month: null },
    });
    expect((data.days as unknown[]).length).toBe(90);
    expect((data.days as unknown[])[0]).toEqual({
      day: '2026-11-20',
      ...Object.fromEntries(
        ['mean', 'lower50', 'upper50', 'lower80', 'upper80', 'lower95', 'upper95'].map((key) => [key, '30']),
      ),
    });
  });

  it('without a budget draws the days to come, and gives a range where costs swing', async () => {
    const { text, view } = await bench.run('forecast ranker next month');
    expect(headingOf(text)).toMatch(/^ranker: \$1,5\d\d in December \(80 %: \$1,[45]\d\d–\$1,[56]\d\d\)$/);
    expect(text).toMatch(/Usage by .*, chosen on its past: off by \d+ % a day when tried from \d+ past days/);
    const [chart] = view.elements.flatMap((element) => (element.kind === 'chart' ? [element.chart] : []));
    expect(chart?.days).toHaveLength(150);
    expect(chart?.lines?.bands.map(({ shade }) => shade)).toEqual(['outer', 'middle', 'inner']);
  });

  it('of everything is asked for with nothing, and in another currency', async () => {
    const { data } = await bench.run('forecast');
    const euros = (await bench.run('forecast org in EUR')).data;
    const own = headingOf((await bench.run('forecast model bert in EUR')).text);
    expect(own).toMatch(/^bert: €818 by 30 Nov.*; budget €909 \(\$1,000\)$/);
    expect([data.scope, euros.scope, euros.currency]).toEqual(['org', 'org', 'EUR']);
    const month = (one: typeof data) => Number((one.monthEnd as { mean: string }).mean);
    expect(month(euros) * 1.1).toBeCloseTo(month(data), 2);
  });

  it('says why there is none, with what is known', async () => {
    const { text, data } = await bench.run('forecast churn');
    expect(headingOf(text)).toBe('churn: $50.00 until Thu 19 Nov, no forecast');
    expect(text).toContain('There is no forecast: 10 complete days are known, and it takes 14.');
    expect(data).toMatchObject({ monthEnd: null, reason: '10 complete days are known, and it takes 14' });
  });

  it('asks back what it does not know', async () => {
    expect((await bench.run('forecast brt next week')).buttons[0]?.action.text).toBe(
      'forecast model:bert next week',
    );
    expect(await bench.refusal('forecast bert last month')).toMatchObject({ code: 'INVALID' });
  });

  it.each([
    ['forecast for bert', 'forecast for bert'],
    ['what is the forecast for model bert?', 'forecast model:bert'],
    ['what will bert cost by the end of the month', 'forecast model:bert'],
    ['how much will we spend this month', 'forecast'],
    ['cost forecast of ranker in euros', 'forecast model:ranker in EUR'],
    ['what will bert cost next month?', 'forecast model:bert next month'],
    ['how much will we spend in the next 90 days', 'forecast next quarter'],
  ])('is understood when people say "%s"', async (sentence, command) => {
    const answer = await answerSentence(bench.asking(MIRA), sentence);
    expect(answer.command).toBe(command);
  });

  it('only reads', () => {
    expect(onlyReads('forecast model:bert')).toBe(true);
  });
});

it.each([
  ['model bert', { thing: 'model bert' }],
  ['for bert next quarter', { thing: 'bert', focus: 'next90' }],
  ['bert/training for the next 7 days in eur', { thing: 'bert/training', currency: 'EUR', focus: 'next7' }],
  ['team search tomorrow', { thing: 'team search', focus: 'nextDay' }],
  ['bert by the end of the month', { thing: 'bert' }],
  ['model all', { thing: 'org' }],
  ['', { thing: '' }],
])('"forecast %s" is read', (args, wanted) => {
  expect(parseForecast(args)).toEqual(wanted);
});
