/** A thread that imports, reports, answers or draws, with its own connection, so that nothing delays the one that listens. */
import { workerData } from 'node:worker_threads';
import { createDirectories, type DirectoryAccess } from './chat-directories.ts';
import type { Settings } from './core/settings.ts';
import { createButtonShelf } from './flows/button-shelf.ts';
import type { Context } from './flows/context.ts';
import { loadSentences } from './flows/report/load-templates.ts';
import { createLog } from './log.ts';
import { openStore } from './store/open.ts';
import { createActionParts } from './threads/action-parts.ts';
import { createTasks, type TaskInput, type TaskName } from './threads/tasks.ts';
import { pack, type Wired } from './threads/wire.ts';

/** What a thread is started with. */
export interface WorkerSetup {
  readonly settings: Settings;
  readonly databaseUrl: string;
  readonly logLevel: string;
  /** Where pennywatch.yaml is: an organisation's own templates are beside it. */
  readonly configPath?: string;
  /** Stand in front of the environment for live sources. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Where to ask who people are. */
  readonly chat?: DirectoryAccess;
}

const { settings, databaseUrl, logLevel, configPath, variables, chat } = workerData as WorkerSetup;
let opening: Promise<Omit<Context, 'now'>> | undefined;

async function open(): Promise<Omit<Context, 'now'>> {
  const store = await openStore(databaseUrl, { migrate: false, busy: 'retry' });
  const log = createLog(logLevel);
  const sentences = loadSentences(configPath);
  const directories = createDirectories(chat ?? {}, { store, log });
  return { settings, store, log, shelf: createButtonShelf(store, log), sentences, directories };
}

/** Runs the named task; the clock goes on from the caller's. */
export async function run(input: TaskInput<{ name: TaskName; data: unknown }>): Promise<Wired<unknown>> {
  const started = performance.now();
  const now = () => Math.round(input.now + performance.now() - started);
  const tasks = createTasks(async () => {
    opening ??= open();
    const { log } = await opening;
    const acting = createActionParts({ now, log, ...(variables && { variables }) });
    return { ...(await opening), now, acting };
  }, variables);
  const task = tasks[input.data.name] as (data: unknown) => Promise<unknown>;
  return pack(() => task(input.data.data));
}
