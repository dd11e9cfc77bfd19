/**
 * npm run crash:actions [-- --seed 1 --points 1000]: kills the process that stops and starts machines with SIGKILL, at so
 * many seeded points between a proposal and the end of its undo, and starts it again. Every resource is changed once, none
 * is forgotten, what is said is so, every message is there once, and the audit chain holds.
 */
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { verifyChain } from '../../../src/store/audit-verify.ts';
import { createRandom } from '../../sources/stand-in/random.ts';
import { createKiller } from './killer.ts';
import { bundleChild } from './life.ts';
import { drawTask } from './points.ts';
import { createTally } from './tally.ts';
import { openWorld } from './world.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, points: { type: 'string', default: '1000' } },
});
const seed = Number(values.seed);
const wanted = Number(values.points);
/** Models of one database, each of which has one proposal. */
const MODELS = Math.min(60, Math.max(4, wanted));
const MOST_WRONG = 20;
const TELL_EVERY = 25;

const say = (line: string) => void process.stdout.write(`${line}\n`);
const random = createRandom(seed);
const tally = createTally();
let stopped = false;
// Ctrl-C: the proposal that is under way is lived through, and what was counted so far is told.
process.once('SIGINT', () => {
  stopped = true;
});
const isOver = () => stopped || tally.kills() >= wanted || tally.wrong() >= MOST_WRONG;
let told = 0;
const bundle = await bundleChild();
try {
  while (!isOver()) {
    const world = await openWorld(MODELS);
    const killer = createKiller({ world, bundle, random, tally, wanted });
    try {
      for (const model of world.place.models) {
        if (isOver()) break;
        const wrong = await killer.live(drawTask(random, model));
        for (const why of wrong) say(`WRONG (seed ${seed}, point ${tally.kills()}, ${model}): ${why}`);
        if (tally.kills() < told + TELL_EVERY) continue;
        told = tally.kills();
        say(`${told}/${wanted} points, ${tally.proposals()} proposals and undos, ${tally.wrong()} wrong`);
      }
      await killer.end();
      const chain = await verifyChain(world.store);
      tally.chain(chain.entries);
      if (!chain.ok) {
        tally.blame(1);
        say(`WRONG (seed ${seed}, point ${tally.kills()}): the audit chain: ${chain.broken?.why}`);
      }
      tally.calls(world.ledger);
      say(
        `${tally.kills()}/${wanted} points, ${tally.proposals()} proposals, chain of ${chain.entries} entries ${chain.ok ? 'intact' : 'BROKEN'}`,
      );
    } finally {
      await killer.end();
      await world.close();
    }
  }
} finally {
  rmSync(bundle, { recursive: true, force: true });
}
for (const line of tally.lines()) say(line);
process.exitCode = tally.wrong() > 0 ? 1 : 0;
