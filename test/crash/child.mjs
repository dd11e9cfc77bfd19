// One life of the server, from the compiled program: imports the sample bills, makes and posts the due reports, stops.
// Usage: node test/crash/child.mjs CONFIG DATABASE_URL NOW_ISO FILES_JSON ; SLACK_* in the environment.
import { loadConfig } from '../../dist/config.js';
import { createLog, startServer } from '../../dist/main.js';

const [config, db, nowText, sources] = process.argv.slice(2);
// The reports' time comes when the import is done: an hour after the clock it starts with.
const HOUR = 3_600_000;
let offset = Date.parse(nowText) - HOUR - Date.now();
const server = await startServer({
  config: loadConfig({ file: config, env: process.env }),
  db,
  now: () => Date.now() + offset,
  log: createLog('error'),
  host: '127.0.0.1',
  port: 0,
});
process.stdout.write('UP\n');
for (const { name, files } of JSON.parse(sources))
  await server.threads.run('importFocus', {
    files,
    source: name,
    actor: { kind: 'system', job: 'crash-test' },
  });
offset += HOUR;
process.stdout.write('IMPORTED\n');
await server.jobs.runNow('reports');
await server.jobs.runNow('outbox');
process.stdout.write('DONE\n');
await server.stop();
process.exit(0);
