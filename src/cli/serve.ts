/** `pennywatch serve`: the server. */
import type { Command } from 'commander';
import { createLog, startServer } from '../main.ts';
import { type CommonOptions, EXIT, guarded, loadFor, runningClock, withCommon } from './shell.ts';
import { untilStopped } from './until-stopped.ts';

export function registerServe(program: Command): void {
  const command = program.command('serve').description('run the server: Slack, health and metrics');
  withCommon(command).action(guarded(serve, (options) => options));
}

async function serve(options: CommonOptions): Promise<never> {
  const config = await loadFor(options);
  const log = createLog(config.environment.logLevel ?? 'info');
  if (!config.environment.slack)
    log.warn({}, 'Slack is not configured: set SLACK_BOT_TOKEN with SLACK_SIGNING_SECRET or SLACK_APP_TOKEN');
  const server = await startServer({ config, db: options.db, now: runningClock(options), log });
  await untilStopped();
  log.info({}, 'stopping');
  await server.stop();
  // Whoever still waits for Slack's permission to post would keep the process for a minute; the outbox knows it.
  process.exit(EXIT.done);
}
