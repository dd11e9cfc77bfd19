/** `pennywatch serve`: the server. */
import type { Command } from 'commander';
import type { Environment } from '../config.ts';
import { createLog, startServer } from '../main.ts';
import { type CommonOptions, EXIT, guarded, loadFor, runningClock, withCommon } from './shell.ts';
import { untilStopped } from './until-stopped.ts';

export function registerServe(program: Command): void {
  const command = program.command('serve').description('run the server: Slack, Teams, health and metrics');
  withCommon(command).action(guarded(serve, (options) => options));
}

async function serve(options: CommonOptions): Promise<never> {
  const config = await loadFor(options);
  const log = createLog(config.environment.logLevel ?? 'info');
  for (const warning of chatWarnings(config.environment)) log.warn({}, warning);
  const server = await startServer({ config, db: options.db, now: runningClock(options), log });
  await untilStopped();
  log.info({}, 'stopping');
  await server.stop();
  // Whoever still waits for Slack's permission to post would keep the process for a minute; the outbox knows it.
  process.exit(EXIT.done);
}

/** What somebody who starts the server should know of its chat platforms. */
export function chatWarnings({ slack, teams, publicUrl }: Environment): readonly string[] {
  if (!slack && !teams)
    return [
      'No chat platform is configured: set SLACK_BOT_TOKEN with SLACK_SIGNING_SECRET or SLACK_APP_TOKEN, or MicrosoftAppId with MicrosoftAppPassword and MicrosoftAppTenantId',
    ];
  return [
    ...(teams?.local
      ? [
          'PENNYWATCH_TEAMS_LOCAL is set: whoever sends to /api/messages from this machine is believed; the server listens on this machine only',
        ]
      : []),
    ...(publicUrl && !teams?.appPassword && !teams?.local
      ? [
          'PENNYWATCH_PUBLIC_URL is set without MicrosoftAppPassword, which signs the addresses of charts: they are sent inside the messages',
        ]
      : []),
  ];
}
