/** How fast `/cost` answers over 3.65 million allocated facts, without and with the picture. */
import { join } from 'node:path';
import { runCommand } from '../../src/commands/run.ts';
import type { CommandContext, CommandResult } from '../../src/commands/types.ts';
import type { Context } from '../../src/flows/context.ts';
import { rasterise } from '../../src/view/charts/rasterise.ts';
import type { ChartSpec } from '../../src/view/charts/types.ts';
import type { View } from '../../src/view/elements.ts';
import { type BigStore, makeBigStore, modelName, teamName } from './big-store.ts';
import { percentile, timed, timedEach } from './measure.ts';
import type { BenchLine, BenchOptions } from './types.ts';

const SIZE = { teams: 12, models: 200, days: 730 };
const QUICK = { teams: 4, models: 8, days: 70 };
/** Goals of `/cost model`, milliseconds. */
const WITHOUT_CHART = 300;
const WITH_CHART = 800;

/** The other questions people ask all day, each about 30 days unless it says otherwise. */
const OTHERS = (size: typeof SIZE): Record<string, readonly string[]> => ({
  'cost model … 90d by service': names(size.models, 20).map(
    (index) => `model ${modelName(index)} 90d by service`,
  ),
  'cost team …': names(size.teams, 12).map((index) => `team ${teamName(index)}`),
  'cost model all': Array<string>(5).fill('model all'),
  'cost top': Array<string>(5).fill('top'),
  'cost compare …': names(size.models - 1, 20).map(
    (index) => `compare ${modelName(index)} ${modelName(index + 1)}`,
  ),
  'cost coverage': Array<string>(3).fill('coverage'),
});

export async function run({ dir, quick, say }: BenchOptions): Promise<BenchLine[]> {
  const size = quick ? QUICK : SIZE;
  say(`generating ${(size.models * size.days * 25).toLocaleString('en-US')} daily facts`);
  const big = await makeBigStore(join(dir, 'ask.db'), size);
  const { context } = big;
  const lines: BenchLine[] = [];
  const questions = names(size.models, size.models).map((index) => `model ${modelName(index)} 30d`);

  say(`asking about ${questions.length} models`);
  await answer(context, 'help');
  await draw(context, questions[0] ?? '');
  const cold = await coldTimes(big, questions.slice(0, quick ? 2 : 9));
  const plain = await timedEach(questions, (text) => answer(context, text));
  const pictured = await timedEach(questions, (text) => draw(context, text));
  const facts = `${big.facts.toLocaleString('en-US')} facts; the organisation's total, for the share, is added up once and kept until costs are written again`;
  lines.push(
    ...both('cost model … 30d', plain, WITHOUT_CHART, facts),
    ...both('cost model … 30d with its chart', pictured, WITH_CHART),
    { name: 'cost model … 30d, first on a new connection, p50', value: percentile(cold, 0.5), unit: 'ms' },
  );
  for (const [name, texts] of Object.entries(OTHERS(size))) {
    say(`asking: ${name}`);
    const times = await timedEach(quick ? texts.slice(0, 2) : texts, (text) => answer(context, text));
    lines.push({ name: `${name}, p50`, value: percentile(times, 0.5), unit: 'ms' });
  }
  await context.store.$disconnect();
  return lines;
}

function both(name: string, times: readonly number[], goal: number, note?: string): BenchLine[] {
  return ([0.5, 0.95] as const).map((share, index) => {
    const value = percentile(times, share);
    return {
      name: `${name}, p${share * 100}`,
      value,
      unit: 'ms',
      goal: `≤ ${goal} ms`,
      met: value <= goal,
      ...(index === 0 && note && { note }),
    };
  });
}

/** A new connection has nothing in its cache; the operating system may. */
async function coldTimes(big: BigStore, questions: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (const text of questions) {
    const { close, ...context } = await big.reopen();
    times.push(await timed(() => answer(context, text)));
    await close();
  }
  return times;
}

/** Answers and fails when there is no answer: a refusal is quick. */
async function answer(context: Context, text: string): Promise<CommandResult> {
  const asked: CommandContext = {
    ...context,
    actor: { kind: 'person', platform: 'slack', id: 'U1', name: 'Mira', workspace: 'T1' },
  };
  const result = await runCommand(asked, text);
  if (!result.known || 'error' in result.data)
    throw new Error(`"${text}" is not answered: ${JSON.stringify(result.data)}`);
  return result;
}

async function draw(context: Context, text: string): Promise<void> {
  const charts = chartsOf((await answer(context, text)).view);
  if (charts.length === 0) throw new Error(`The answer to "${text}" has no chart.`);
  for (const chart of charts) await rasterise(chart);
}

export function chartsOf(view: View): ChartSpec[] {
  return view.elements.flatMap((element) => (element.kind === 'chart' ? [element.chart] : []));
}

/** `count` of the numbers below `end`, evenly spread. */
function names(end: number, count: number): number[] {
  const wanted = Math.min(end, count);
  return Array.from({ length: wanted }, (_, index) => Math.floor((index * end) / wanted));
}
