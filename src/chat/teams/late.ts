/** An invoke must be answered within seconds: what takes longer is said to be coming, and comes another way. */
import type { InvokeAnswer } from './types.ts';

/** The one answer to an invoke. */
export interface Slot {
  /** Takes the first answer; false when there was one already, so that this one must be said another way. */
  give(answer: InvokeAnswer): boolean;
}

export interface Patience {
  /** Milliseconds. */
  readonly patience: number;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** The answer when patience ends. */
  readonly late: InvokeAnswer;
  /** The answer when everything is done and there was nothing to say. */
  readonly silent: InvokeAnswer;
}

/** Resolves with the first answer. `run` goes on after a late one; whoever runs it hears of its failures. */
export function answerInTime(
  run: (slot: Slot) => Promise<void>,
  { patience, wait, late, silent }: Patience,
): Promise<InvokeAnswer> {
  return new Promise((resolve) => {
    let answered = false;
    const give = (answer: InvokeAnswer): boolean => {
      if (answered) return false;
      answered = true;
      resolve(answer);
      return true;
    };
    void wait(patience).then(() => give(late));
    void run({ give })
      .catch(() => undefined)
      .then(() => give(silent));
  });
}
