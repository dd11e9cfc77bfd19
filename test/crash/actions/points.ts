/** Draws where a process dies, and what else goes wrong: the same for the same seed. */
import type { Fault } from '../../../src/sandbox/cloud/types.ts';
import type { Kind, Point, StorePoint, Task } from './words.ts';

type Random = () => number;

/** How often each kind, of a hundred. */
const SHARES: readonly (readonly [Kind, number])[] = [
  ['before', 22],
  ['after', 25],
  ['late', 10],
  ['time', 18],
  ['store', 25],
];
/** A proposal and its undo make about so many requests, writing requests and transactions. */
const REQUESTS = 60;
const WRITES = 6;
const TRANSACTIONS = 26;
const LONGEST = 1_200;

export function drawPoint(random: Random): Point {
  const kind = drawKind(random);
  switch (kind) {
    case 'time':
      return { kind, after: Math.floor(random() * LONGEST) };
    case 'store':
      return { kind, k: upTo(random, TRANSACTIONS), edge: random() < 0.5 ? 'open' : 'kept' };
    case 'before':
    case 'after':
    case 'late': {
      const among = kind === 'late' || random() < 0.6 ? 'writes' : 'all';
      const k = upTo(random, among === 'writes' ? WRITES : REQUESTS);
      return { kind, among, k, behind: Math.floor(random() * 8) };
    }
  }
}

/** While people propose and approve: a draft, a request and an approval are a transaction each. */
export function drawEarly(random: Random): StorePoint {
  return { kind: 'store', k: upTo(random, 3), edge: random() < 0.5 ? 'open' : 'kept' };
}

export function drawTask(random: Random, model: string): Task {
  return {
    model,
    leftOut: random() < 0.25 ? Math.floor(random() * 4) : -1,
    draftAnew: random() < 0.5,
    undo: random() < 0.6,
  };
}

/** Trouble that a provider makes by itself; most proposals see none. */
export function drawFault(random: Random): Fault | undefined {
  const kinds = ['throttled', 'lost', 'denied', 'broken'] as const;
  const kind = random() < 0.2 ? kinds[Math.floor(random() * kinds.length)] : undefined;
  return kind && { kind, times: kind === 'throttled' ? 2 : 1 };
}

/** Some providers take so long that nobody waits. */
export function drawSlow(random: Random): boolean {
  return random() < 0.04;
}

function drawKind(random: Random): Kind {
  let left = random() * 100;
  for (const [kind, share] of SHARES) {
    left -= share;
    if (left < 0) return kind;
  }
  return 'store';
}

function upTo(random: Random, most: number): number {
  return 1 + Math.floor(random() * most);
}
