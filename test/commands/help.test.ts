import { afterEach, beforeEach, expect, it } from 'vitest';
import { commands } from '../../src/commands/registry.ts';
import { TASKS } from '../../src/commands/types.ts';
import { listAudit } from '../../src/store/audit.ts';
import { addSteadyCosts, openWorkbench, type Workbench } from './workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench();
});
afterEach(() => bench.temp.close());

it('lists every command under its task, with a button of names that exist here', async () => {
  await addSteadyCosts(bench);
  const { text, buttons, data } = await bench.run('help');
  expect(text).toContain('Whose is it');
  const asked = buttons.map(({ action }) => action.text);
  for (const name of [
    'model ranker',
    'compare ranker bert',
    'owner ranker',
    'feature search-box',
    'budget list',
  ])
    expect(asked).toContain(name);
  const others = commands.filter(({ name }) => name !== 'help').map(({ name }) => name);
  expect(new Set(asked.map((words) => words.split(' ')[0]))).toEqual(new Set(others));
  for (const { task } of data.rows as { task: string }[]) expect(TASKS).toContain(task);
});

it('is found behind a command too', async () => {
  const { text } = await bench.run('help budget');
  for (const typed of ['budget help', 'budget ?', 'BUDGET --help'])
    expect((await bench.run(typed)).text).toBe(text);
});

it('works where nothing has a name yet: every button answers, in words', async () => {
  const { buttons } = await bench.run('help');
  for (const { action } of buttons) {
    const said = await bench.run(action.text).then(
      ({ text }) => text,
      () => bench.refusal(action.text).then(({ message, hint }) => `${message} ${hint}`),
    );
    expect(said.length, action.text).toBeGreaterThan(20);
  }
});

it('changes nothing when every button is pressed', async () => {
  await addSteadyCosts(bench);
  const before = await listAudit(bench.temp.store);
  for (const { action } of (await bench.run('help')).buttons) await bench.run(action.text);
  expect(await listAudit(bench.temp.store)).toEqual(before);
  expect(await bench.temp.store.subscription.count()).toBe(0);
});

it('tells one command in full, and the closest for one that does not exist', async () => {
  for (const { name, usage, examples } of commands) {
    const { text } = await bench.run(`help ${name}`);
    expect(text).toContain(`/cost ${name} ${usage}`.trim());
    for (const example of examples) expect(text).toContain(`/cost ${example}`);
  }
  expect((await bench.refusal('help budgte')).hint).toBe('Did you mean budget?');
});

it("asks what is to be stopped, with the dearest models' names and what else was typed", async () => {
  await addSteadyCosts(bench);
  const { text, buttons } = await bench.run('stop --env dev');
  expect(text).toContain('What is to be stopped?');
  expect(buttons.map(({ action }) => action.text)).toEqual([
    'stop model:ranker --env dev',
    'stop model:bert --env dev',
    'stop model:churn --env dev',
  ]);
  const unknown = await bench.run('stop brt');
  expect(unknown.text).toContain("I don't know a model, team, service or feature called brt");
  expect(unknown.buttons.map(({ action }) => action.text)).toContain('stop model:bert');
});
