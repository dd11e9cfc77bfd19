/** A process of its own for each part, so that none lends its time to another. */
import { type ChildProcess, fork } from 'node:child_process';

export interface Child {
  /** Where it listens; empty when it does not. */
  readonly url: string;
  ask<T>(what: string, data: unknown): Promise<T>;
  stop(): Promise<void>;
}

interface Message {
  readonly what: string;
  readonly data?: unknown;
  readonly error?: string;
}

/** Starts a file of this folder and waits until it says that it is ready. */
export async function startChild<Start>(file: string, start: Start): Promise<Child> {
  const child = fork(new URL(file, import.meta.url), [JSON.stringify(start)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const { url } = (await answerOf(child, 'ready')) as { url: string };
  return {
    url,
    async ask<T>(what: string, data: unknown): Promise<T> {
      const answer = answerOf(child, what);
      child.send({ what, data } satisfies Message);
      return (await answer) as T;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
    },
  };
}

function answerOf(child: ChildProcess, what: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const end = (code: number | null) =>
      settle(() => reject(new Error(`A process of the bench ended (${code}).`)));
    const hear = (message: Message) => {
      if (message.what !== what) return;
      settle(() => (message.error ? reject(new Error(message.error)) : resolve(message.data)));
    };
    const settle = (then: () => void) => {
      child.off('exit', end).off('message', hear);
      then();
    };
    child.on('exit', end).on('message', hear);
  });
}

/** The other side: what the process does when it is asked. */
export function listenToParent(
  url: string,
  answers: Readonly<Record<string, (data: never) => unknown>>,
): void {
  process.on('message', async ({ what, data }: Message) => {
    try {
      process.send?.({ what, data: await answers[what]?.(data as never) });
    } catch (error) {
      process.send?.({ what, error: error instanceof Error ? error.message : String(error) });
    }
  });
  process.on('disconnect', () => process.exit());
  process.send?.({ what: 'ready', data: { url } });
}

export function startOf<Start>(): Start {
  return JSON.parse(process.argv[2] ?? '{}') as Start;
}
