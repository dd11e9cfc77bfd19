/** `pennywatch doctor`: what is wrong with this installation, and how to mend it. */
import type { Command } from 'commander';
import { createSlack } from '../chat/slack/index.ts';
import { checkTeams } from '../chat/teams/check.ts';
import type { Environment } from '../config.ts';
import { inspectConfig } from '../config.ts';
import { doctor, doctorExitCode, type PlatformToCheck, renderDoctor } from '../flows/doctor.ts';
import { actionsToCheck } from './doctor-actions.ts';
import { sourcesToCheck } from './doctor-sources.ts';
import { type CommonOptions, clock, guarded, print, printJson, withCommon } from './shell.ts';

export function registerDoctor(program: Command): void {
  const command = program
    .command('doctor')
    .description('check configuration, database, files, data, chat, billing sources and accounts to act in')
    .option('--offline', 'ask neither billing sources nor clouds whether they would answer');
  withCommon(command).action(guarded(run, (options) => options));
}

interface DoctorOptions extends CommonOptions {
  readonly offline?: boolean;
}

async function run(options: DoctorOptions): Promise<number> {
  const config = inspectConfig({ file: options.config });
  const { settings } = config;
  const databaseUrl = options.db ?? config.environment.databaseUrl;
  const now = clock(options);
  const report = await doctor({
    config,
    databaseUrl,
    platforms: platformsToCheck(config.environment),
    ...(settings && !options.offline && { sources: sourcesToCheck({ settings, databaseUrl, now }) }),
    actions: actionsToCheck({
      now,
      offline: options.offline ?? false,
      slack: config.environment.slack,
    }),
    now,
  });
  if (options.json) printJson(report);
  else print(renderDoctor(report));
  return doctorExitCode(report);
}

const SLACK_SET_UP =
  'Create an app from templates/install/slack-manifest.yaml and set SLACK_BOT_TOKEN with SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN (Socket Mode); see README, "Connect Slack".';

const TEAMS_SET_UP =
  'Make an Azure Bot and set MicrosoftAppId, MicrosoftAppPassword and MicrosoftAppTenantId; see README, "Connect Teams".';

/** Every platform there is. One is enough: where one is set up, the others are mentioned without a warning. */
export function platformsToCheck(environment: Environment): readonly PlatformToCheck[] {
  const platforms = [slackToCheck(environment), teamsToCheck(environment)];
  if (!platforms.some(({ check }) => check)) return platforms;
  return platforms.map((platform) => ({ check: async () => ({ ok: true, detail: UNUSED }), ...platform }));
}

const UNUSED = 'Not set up, and not needed.';

function slackToCheck({ slack }: Environment): PlatformToCheck {
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const deps = { dispatch: async () => [], drawChart: async () => new Uint8Array(), log: silent };
  return {
    id: 'slack',
    title: 'Slack',
    setUp: SLACK_SET_UP,
    ...(slack && { check: () => createSlack(slack, deps).check() }),
  };
}

function teamsToCheck({ teams }: Environment): PlatformToCheck {
  return {
    id: 'teams',
    title: 'Microsoft Teams',
    setUp: TEAMS_SET_UP,
    ...(teams && {
      check: async () => ({ ...(await checkTeams(teams)), ...(teams.local && { mend: NOT_FOR_USE }) }),
    }),
  };
}

const NOT_FOR_USE =
  'PENNYWATCH_TEAMS_LOCAL believes whoever sends from this machine: good for trying, not for use. Unset it and set MicrosoftAppId with its secret and tenant.';
