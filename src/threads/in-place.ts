/** The same tasks without threads: for a single command, and for tests that look inside. */
import type { Context } from '../flows/context.ts';
import type { Threads } from './pools.ts';
import { createTasks } from './tasks.ts';

export function runInPlace(context: Context, variables?: Readonly<Record<string, string>>): Threads {
  const tasks = createTasks(async () => context, variables);
  return {
    run: (name, data) => (tasks[name] as (input: unknown) => Promise<never>)(data),
    running: () => [],
    close: async () => {
      await tasks.settle(null);
    },
  };
}
