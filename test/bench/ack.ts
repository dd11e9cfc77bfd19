/** How fast a slash command is acknowledged at 50 a second while an import runs, beside a Bolt app that does nothing else. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Child, startChild } from './ack/child.ts';
import { BIG, type EchoStart, type LoadResult, type LoadStart, type ServeStart } from './ack/words.ts';
import { makeBigStore } from './big-store.ts';
import { generateFocus } from './generate-focus.ts';
import { percentile } from './measure.ts';
import type { BenchLine, BenchOptions } from './types.ts';

const ROWS = 1_000_000;
const PER_SECOND = 50;
const SECONDS = 30;
const GOAL_MS = 100;
const GOAL_RATIO = 3;

interface Phase extends LoadResult {
  readonly imports: number;
}

export async function run({ dir, rows = ROWS, quick, say }: BenchOptions): Promise<BenchLine[]> {
  const many = quick ? 20_000 : rows;
  say(`generating two bills of ${many.toLocaleString('en-US')} rows for one month`);
  const bills = [join(dir, 'bill-1'), join(dir, 'bill-2')];
  const files: string[] = [];
  for (const [index, folder] of bills.entries()) files.push(await billAt(folder, many, index + 1));
  const database = join(dir, 'ack.db');
  const big = await makeBigStore(database, { ...BIG, ...(quick && { days: 10 }) });
  await big.context.store.$disconnect();

  const children: Child[] = [];
  const start = async <Start>(file: string, what: Start): Promise<Child> => {
    const child = await startChild(file, what);
    children.push(child);
    return child;
  };
  try {
    const slack = await start('slack.ts', {});
    const server = await start<ServeStart>('serve.ts', { url: `file:${database}`, slackUrl: slack.url });
    const echo = await start<EchoStart>('echo.ts', { slackUrl: slack.url });
    const sender = await start('load.ts', {});
    const load = { answerUrl: `${slack.url}/answer`, perSecond: PER_SECOND, seconds: quick ? 3 : SECONDS };
    say('commands to Pennywatch while it imports');
    const ours = await measure({ server, sender, files }, { ...load, url: server.url });
    const { answers, pictures } = await slack.ask<{ answers: number; pictures: number }>('count', {});
    say('commands to a bare Bolt app while Pennywatch imports');
    const bare = await measure({ server, sender, files }, { ...load, url: echo.url });
    return linesOf(ours, bare, `${answers} answers and ${pictures} charts had arrived when the load ended`);
  } finally {
    await Promise.all(children.map((child) => child.stop()));
  }
}

async function billAt(folder: string, rows: number, seed: number): Promise<string> {
  mkdirSync(folder, { recursive: true });
  return (await generateFocus({ dir: folder, rows, seed })).csv;
}

/** The server imports one bill after the other for as long as the load lasts. */
async function measure(
  { server, sender, files }: { server: Child; sender: Child; files: readonly string[] },
  load: LoadStart,
): Promise<Phase> {
  await server.ask('import', { files });
  const result = await sender.ask<LoadResult>('send', load);
  const { imports } = await server.ask<{ imports: number }>('stop-import', {});
  if (result.refused.length > 0)
    throw new Error(`${result.refused.length} commands got no acknowledgement: ${result.refused[0]}`);
  return { ...result, imports };
}

function linesOf(ours: Phase, bare: Phase, answered: string): BenchLine[] {
  const at = (share: number) => [percentile(ours.times, share), percentile(bare.times, share)] as const;
  const line = (share: number): BenchLine => {
    const [value, baseline] = at(share);
    return {
      name: `command acknowledged at ${PER_SECOND}/s while an import runs, p${share * 100}`,
      value,
      unit: 'ms',
      baseline: { name: 'bare Bolt', value: baseline },
    };
  };
  const [value, baseline] = at(0.99);
  return [
    line(0.5),
    {
      ...line(0.99),
      goal: `≤ ${GOAL_MS} ms and ≤ ${GOAL_RATIO} × bare Bolt`,
      met: value <= GOAL_MS && value <= GOAL_RATIO * baseline,
      note: `${ours.times.length} commands, one in ten asks for a model; ${answered}; ${ours.imports} imports finished beside Pennywatch's commands, ${bare.imports} beside Bolt's`,
    },
  ];
}
