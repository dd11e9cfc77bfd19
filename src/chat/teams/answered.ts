/** Remembers which messages are answers: a report or an alert is not rewritten because somebody looked closer. */
import type { MessageRef } from '../types.ts';

export interface Answered {
  note(ref: MessageRef): void;
  has(ref: MessageRef): boolean;
}

/** An older answer is answered anew, below it. */
const MOST = 2_000;

export function createAnswered(): Answered {
  const noted = new Set<string>();
  return {
    note(ref) {
      noted.add(keyOf(ref));
      for (const oldest of noted) {
        if (noted.size <= MOST) break;
        noted.delete(oldest);
      }
    },
    has: (ref) => noted.has(keyOf(ref)),
  };
}

function keyOf({ channel, id }: MessageRef): string {
  return JSON.stringify([channel, id]);
}
