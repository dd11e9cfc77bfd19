import { afterEach, beforeEach, expect, it } from 'vitest';
import { findForm } from '../../src/commands/forms.ts';
import { listBudgets } from '../../src/store/budgets.ts';
import type { Form } from '../../src/view/elements.ts';
import { initialValues } from '../initial-values.ts';
import { addSteadyCosts, MIRA, openWorkbench, TOMAS, type Workbench } from './workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench();
});
afterEach(() => bench.temp.close());

const open = (form: string, text: string, channel?: string): Promise<Form> | Form =>
  findForm(form).build(bench.asking(MIRA, channel), text);

it('sets a budget: filled with what there is, and its values make the command', async () => {
  const [button] = (await bench.run('budget ranker')).buttons;
  expect(button?.action).toEqual({ do: 'form', form: 'budget-set', text: 'budget set model:ranker' });
  const form = await open('budget-set', 'budget set model:ranker');
  expect(initialValues(form)).toEqual({
    scope: 'model:ranker',
    amount: undefined,
    currency: 'USD',
    period: 'monthly',
  });
  const values = { scope: 'model:ranker', amount: '15k', currency: 'EUR', period: 'weekly' };
  const command = findForm('budget-set').submit(form.text, values);
  await bench.run(command);
  expect((await listBudgets(bench.temp.store)).at(-1)).toMatchObject({
    scope: 'model:ranker',
    amountMicros: 15_000_000_000n,
    currency: 'EUR',
    period: 'weekly',
  });
  expect(initialValues(await open('budget-set', form.text))).toEqual({ ...values, amount: '15000' });
  expect(() => findForm('budget-set').submit('budget set', { amount: '5' })).toThrow('The budget of what?');
});

it('sets an owner from a list of people, or a group by its handle', async () => {
  const form = await open('owner-set', 'owner set model:ranker');
  const person = form.fields.find(({ name }) => name === 'person');
  expect(person?.kind === 'select' && person.options.map(({ label }) => label)).toEqual([
    'Jon Park',
    'Lena Hoffmann',
    'Mira Chen',
    'Tomás Oliveira',
  ]);
  const { submit } = findForm('owner-set');
  expect((await bench.run(submit(form.text, { person: TOMAS.email }))).text).toContain('→ Tomás Oliveira');
  expect((await bench.run(submit(form.text, { group: '@ml-leads' }))).text).toContain('→ @ml-leads');
  expect(() => submit(form.text, {})).toThrow('Who shall own it?');
});

it('subscribes the channel, or the person where there is none', async () => {
  const form = await open('subscribe', 'subscribe');
  expect(initialValues(form)).toEqual({ scope: 'team:search', frequency: 'weekly', where: 'here' });
  expect(initialValues(await open('subscribe', 'subscribe', ''))).toMatchObject({ where: 'me' });
  const command = findForm('subscribe').submit(form.text, { scope: 'org', frequency: 'daily', where: 'me' });
  expect((await bench.run(command)).text).toContain('You now get the daily report of the whole organisation');
});

it('puts another thing beside an answer, in the same time and currency', async () => {
  await addSteadyCosts(bench);
  const asked = await bench.run('model bert 7d in EUR');
  const button = asked.buttons.find(({ label }) => label === 'Compare…');
  const form = await open('compare', button?.action.text ?? '');
  const [menu] = form.fields;
  expect(menu?.kind === 'select' && menu.options.map(({ value }) => value)).toEqual(['ranker', 'churn']);
  const { submit } = findForm('compare');
  expect(submit(form.text, { with: 'ranker' })).toBe('compare model bert ranker 7d in EUR');
  const three = await bench.run(submit(form.text, { with: 'ranker', also: 'team growth' }));
  expect(three.data.things).toMatchObject([
    { scope: 'model:bert' },
    { scope: 'model:ranker' },
    { scope: 'team:growth', currency: 'EUR' },
  ]);
  expect(() => submit(form.text, {})).toThrow('Compare bert with what?');
});
