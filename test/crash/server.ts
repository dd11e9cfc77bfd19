/** Kills the server with SIGKILL at seeded moments while it imports and reports, starts it again, and counts. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { writeSampleOrg } from '../../src/sandbox/sample-org/index.ts';
import { createRandom } from '../sources/stand-in/random.ts';
import { countMoney, type Money } from './count-money.ts';
import { type Life, startLife } from './life.ts';

export interface ServerCrashOptions {
  readonly dir: string;
  readonly moments: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}

interface Place {
  readonly dir: string;
  readonly sample: Awaited<ReturnType<typeof writeSampleOrg>>;
}

interface World {
  readonly messages: ReadonlyMap<string, number>;
  readonly money: Money;
}

/** Monday 09:00 in Berlin, the reports' time; the import runs an hour before. */
const NOW = Date.parse('2026-11-16T08:00:10Z');
const MINUTE = 60_000;
/** Claims and messages of a dead process are free again after this. */
const LATER = 15 * MINUTE;
/** Small bills, so that fifty lives take minutes and not hours. */
const SOURCES = ['azure', 'openai', 'anthropic'];

/** How many worlds were not as without a crash. */
export async function crashServer({ dir, moments, seed, say }: ServerCrashOptions): Promise<number> {
  const random = createRandom(seed);
  const place: Place = { dir, sample: await writeSampleOrg({ dir, now: NOW }) };
  const whole = await inWorld(place, 'whole', async (live) => {
    const life = live(NOW);
    await life.said('UP');
    const up = performance.now();
    await life.said('IMPORTED');
    const imported = performance.now() - up;
    await life.said('DONE');
    const done = performance.now() - up;
    await life.ended;
    return { imported, done };
  });
  say(
    `without a crash: ${describe(whole.world)}; import ${ms(whole.result.imported)}, reports until ${ms(whole.result.done)}`,
  );

  let wrong = 0;
  const killedDuring = { import: 0, report: 0 };
  for (let moment = 1; moment <= moments; moment++) {
    // Half of the moments during the import, half during the reports, which take less time.
    const { imported, done } = whole.result;
    const inImport = moment % 2 === 1;
    const at = inImport ? random() * imported : imported + random() * (done - imported);
    const { world } = await inWorld(place, `moment-${moment}`, async (live) => {
      const life = live(NOW);
      await life.said('UP');
      await life.killAfter(at);
      let now = NOW;
      for (let restart = 0; restart < 2; restart++) {
        now += LATER;
        const next = live(now);
        // One restart in three is killed as well.
        if (restart === 0 && random() < 1 / 3) {
          await next.said('UP');
          await next.killAfter(random() * done);
        } else await next.ended;
      }
      return undefined;
    });
    killedDuring[inImport ? 'import' : 'report'] += 1;
    const problems = compare(world, whole.world);
    if (problems.length > 0) wrong += 1;
    say(
      `${moment}/${moments} killed after ${ms(at)} (${inImport ? 'import' : 'report'}): ${problems.join('; ') || 'as without a crash'}`,
    );
  }
  say(
    `${moments} kills (${killedDuring.import} during the import, ${killedDuring.report} during the reports): ` +
      `${moments - wrong} as without a crash, ${wrong} wrong`,
  );
  return wrong;
}

async function inWorld<T>(
  { dir, sample }: Place,
  name: string,
  work: (live: (now: number) => Life) => Promise<T>,
): Promise<{ result: T; world: World }> {
  const secrets = { signingSecret: 'crash', botToken: 'xoxb-crash' };
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const sandbox = createSandbox({
    ...secrets,
    appUrl: () => 'http://127.0.0.1:1/',
    workspace: sample.workspace,
    now: () => Date.now(),
    log,
    fileProcessingMs: 20,
  });
  const url = await sandbox.listen(0, '127.0.0.1');
  const db = `file:${join(dir, `${name}.db`)}`;
  const result = await work((now) =>
    startLife({
      config: sample.configPath,
      db,
      now,
      sources: sample.sources.filter(({ name }) => SOURCES.includes(name)),
      slack: { ...secrets, apiUrl: `${url}/api/` },
    }),
  );
  const messages = new Map<string, number>();
  for (const [channel, list] of sandbox.state.messages)
    for (const { text, threadTs } of list) {
      const key = `${channel}${threadTs ? ' thread' : ''} ${text}`;
      messages.set(key, (messages.get(key) ?? 0) + 1);
    }
  await sandbox.close();
  const money = await countMoney(db);
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${db.slice('file:'.length)}${suffix}`, { force: true });
  return { result, world: { messages, money } };
}

function compare(world: World, expected: World): string[] {
  const problems: string[] = [];
  for (const [key, count] of world.messages) {
    const wanted = expected.messages.get(key) ?? 0;
    if (count > wanted) problems.push(`${count} instead of ${wanted} times: ${key.slice(0, 80)}`);
  }
  for (const [key, count] of expected.messages)
    if ((world.messages.get(key) ?? 0) < count) problems.push(`lost: ${key.slice(0, 80)}`);
  for (const [what, value] of Object.entries(expected.money))
    if (world.money[what] !== value) problems.push(`${what} is ${world.money[what]} instead of ${value}`);
  return problems;
}

function describe({ messages, money }: World): string {
  const count = [...messages.values()].reduce((sum, one) => sum + one, 0);
  return `${count} messages, ${money.facts} facts, ${money.batches} imports, EffectiveCost ${money.effective}`;
}

function ms(value: number): string {
  return `${Math.round(value)} ms`;
}
