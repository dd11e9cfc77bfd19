/** Has a task lived through: starts a process, kills it where it was drawn, starts the next one, until the task is over. */
import { setTimeout as sleep } from 'node:timers/promises';
import { checkTask, lookBefore } from './check.ts';
import { postMessages } from './check-messages.ts';
import { type Life, startLife } from './life.ts';
import { phaseOf } from './phase.ts';
import { drawEarly, drawFault, drawPoint, drawSlow } from './points.ts';
import type { Tally } from './tally.ts';
import type { Point, StorePoint, Task } from './words.ts';
import type { World } from './world.ts';

export interface Killer {
  /** Resolves to what is wrong with it, in words. */
  live(task: Task): Promise<readonly string[]>;
  end(): Promise<void>;
}

/** A life that says nothing for so long never will. */
const PATIENCE = 60_000;
/** A proposal that is not over after so many lives never will be. */
const MOST_LIVES = 60;
/** How many of the proposals that a life goes on with see it die while people propose and approve. */
const EARLY = 0.4;
/** What is not clear becomes so in a few transactions. */
const CLEARING = 5;

interface Going {
  readonly life: Life;
  readonly point: Point | undefined;
  /** Set once it works. */
  timer?: NodeJS.Timeout;
  working: boolean;
  /** Killed to the plan. */
  fell?: Point['kind'];
  store?: StorePoint;
}

export function createKiller({
  world,
  bundle,
  random,
  tally,
  wanted,
}: {
  readonly world: World;
  readonly bundle: string;
  readonly random: () => number;
  readonly tally: Tally;
  readonly wanted: number;
}): Killer {
  let going: Going | undefined;
  let spare: Life | undefined;

  const begin = (): Going => {
    const life = spare ?? startLife(bundle, world.place);
    // The next one gets up meanwhile.
    spare = startLife(bundle, world.place);
    const point = tally.kills() < wanted ? drawPoint(random) : undefined;
    const one: Going = { life, point, working: false };
    if (point && point.kind !== 'time' && point.kind !== 'store')
      world.gate.arm(point, () => fell(one, point.kind));
    return one;
  };
  const fell = async (one: Going, kind: Point['kind']) => {
    if (one.life.isDead()) return;
    one.fell = kind;
    await one.life.kill();
  };
  const order = (one: Going, task: Task) => {
    const { point } = one;
    // A life that has worked already begins a new proposal: proposing and approving take few steps to be hit.
    const early = one.working && tally.kills() < wanted && random() < EARLY ? drawEarly(random) : undefined;
    const kill = early ?? (!one.working && point?.kind === 'store' ? point : undefined);
    if (kill) one.store = kill;
    one.life.tell({ do: 'live', task, ...(kill && { kill }) });
    if (!one.working && point?.kind === 'time')
      one.timer = setTimeout(() => void fell(one, 'time'), point.after);
    one.working = true;
  };
  /** Undefined when it is dead. */
  const hear = async (one: Going) => {
    const limit = new AbortController();
    const silent = sleep(PATIENCE, 'silent' as const, { signal: limit.signal }).catch(() => undefined);
    const word = await Promise.race([one.life.hear(), silent]);
    limit.abort();
    if (word !== 'silent') return word;
    await one.life.kill();
    return { said: 'wrong' as const, why: 'It said nothing for a minute.' };
  };
  const goOn = (one: Going) => {
    world.thaw();
    const kill: StorePoint | undefined =
      tally.kills() < wanted && random() < 0.7
        ? { kind: 'store', k: 1 + Math.floor(random() * CLEARING), edge: random() < 0.3 ? 'open' : 'kept' }
        : undefined;
    if (kill) one.store = kill;
    one.life.tell({ do: 'go-on', ...(kill && { kill }) });
  };
  /** Why it died, if nobody wanted that. */
  const bury = async (one: Going, task: Task, from: number): Promise<string | undefined> => {
    clearTimeout(one.timer);
    world.gate.disarm();
    const how = await one.life.ended;
    const kind = one.fell ?? (how === 'SIGKILL' && one.store ? 'store' : undefined);
    if (kind === undefined) return `The process ended by itself (${how}): ${one.life.complaint()}`;
    tally.kill(kind, await phaseOf(world, task.model, world.ledger.effects.length - from));
    if (random() < 0.4) await postMessages(world);
    return undefined;
  };

  const lives = async (task: Task, from: number): Promise<string | undefined> => {
    for (let count = 0; count < MOST_LIVES; ) {
      if (!going) {
        going = begin();
        count += 1;
        const up = going.working ? undefined : await hear(going);
        if (up?.said === 'wrong') return up.why;
      }
      const one = going;
      if (!one.life.isDead()) order(one, task);
      for (;;) {
        const word = await hear(one);
        if (word?.said === 'unclear') goOn(one);
        else if (word?.said === 'over') return undefined;
        else if (word?.said === 'wrong') return word.why;
        else if (word === undefined) break;
      }
      going = undefined;
      const why = await bury(one, task, from);
      if (why !== undefined) return why;
    }
    return `It is not over after ${MOST_LIVES} lives.`;
  };

  return {
    async live(task) {
      const before = lookBefore(world, task);
      const from = world.ledger.effects.length;
      const fault = drawFault(random);
      if (fault) {
        world.cloud.fail(fault);
        tally.trouble(fault.kind);
      }
      if (drawSlow(random)) {
        world.freeze();
        tally.trouble('slow');
      }
      const stuck = await lives(task, from);
      world.thaw();
      await world.gate.flush();
      world.cloud.snapshot();
      const effects = world.ledger.effects.slice(from);
      const { wrong, proposals, items } = await checkTask(world, task, { before, effects });
      tally.checked(proposals, items);
      const all = [...(stuck === undefined ? [] : [stuck]), ...wrong];
      tally.blame(all.length);
      return all;
    },
    async end() {
      clearTimeout(going?.timer);
      world.gate.disarm();
      await Promise.all([going?.life.kill(), spare?.kill()]);
      going = undefined;
      spare = undefined;
    },
  };
}
