/** Pennywatch as `serve` runs it, which also imports in its jobs thread when it is told to. */
import { createLog, startServer } from '../../../src/main.ts';
import { NOW, settingsOfOrganisation } from '../big-store.ts';
import { listenToParent, startOf } from './child.ts';
import { BIG, BOT_TOKEN, type ServeStart, SIGNING_SECRET } from './words.ts';

const { url, slackUrl } = startOf<ServeStart>();
const server = await startServer({
  config: {
    settings: settingsOfOrganisation(BIG),
    environment: {
      port: 0,
      databaseUrl: url,
      slack: { botToken: BOT_TOKEN, signingSecret: SIGNING_SECRET, apiUrl: `${slackUrl}/api/` },
      logLevel: 'error',
    },
    path: undefined,
  },
  now: () => NOW,
  log: createLog('error'),
  host: '127.0.0.1',
});

let importing: Promise<number> | undefined;
let stopping = false;

listenToParent(`${server.url}/slack/events`, {
  import({ files }: { files: readonly string[] }) {
    stopping = false;
    importing = importUntilStopped(files);
  },
  async 'stop-import'() {
    stopping = true;
    return { imports: await importing };
  },
});

/** One bill after the other: each replaces the one before, as a restated bill does. */
async function importUntilStopped(files: readonly string[]): Promise<number> {
  let imports = 0;
  while (!stopping) {
    const file = files[imports % files.length] ?? '';
    const actor = { kind: 'system', job: 'bench' } as const;
    const result = await server.threads.run('importFocus', { files: [file], source: 'bench', actor });
    if (!result.reconciliation.ok) throw new Error('The import does not add up.');
    imports += 1;
  }
  return imports;
}
