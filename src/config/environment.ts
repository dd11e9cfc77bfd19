/** Reads the environment: addresses, log level, secrets. Secrets are checked by shape and never echoed. */
import * as z from 'zod';
import { factsOf, field, text } from '../core/field.ts';
import { redactAddress } from '../core/secret.ts';
import { type TeamsEnvironment, teamsVariables, toTeams } from './environment-teams.ts';
import { found, type Problem } from './problem.ts';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export interface SlackEnvironment {
  readonly botToken: string;
  readonly signingSecret?: string;
  readonly appToken?: string;
  /** Ends in "/". */
  readonly apiUrl?: string;
}

export interface Environment {
  readonly port: number;
  readonly databaseUrl: string;
  /** Absent when SLACK_BOT_TOKEN is not set (or not usable). */
  readonly slack?: SlackEnvironment;
  /** Absent when neither MicrosoftAppId nor PENNYWATCH_TEAMS_LOCAL is set (or something they need is missing). */
  readonly teams?: TeamsEnvironment;
  /** Where people's chat clients reach this server, without "/" at the end; absent: they do not. */
  readonly publicUrl?: string;
  /** Absent when LOG_LEVEL is not set: each command has its own default. */
  readonly logLevel?: (typeof LOG_LEVELS)[number];
  /** Absent: nobody may tell events over HTTP. */
  readonly apiToken?: string;
}

const DEFAULT_PORT = 4600;
const DEFAULT_DATABASE = 'file:./pennywatch.db';
const SLACK_TOKEN = /^[\w.-]+$/;

const Variables = z.object({
  PORT: field(text('a port number from 0 to 65535', isPort).transform(Number).default(DEFAULT_PORT), {
    type: 'port',
    fallback: String(DEFAULT_PORT),
    meaning: 'Port that `serve` listens on; 0 takes any free one.',
  }),
  DATABASE_URL: field(text('file:PATH').default(DEFAULT_DATABASE), {
    type: 'address',
    fallback: DEFAULT_DATABASE,
    meaning: 'The database.',
  }),
  SLACK_BOT_TOKEN: field(
    text(
      'the Bot User OAuth Token, which starts with xoxb-',
      (value) => value.startsWith('xoxb-') && SLACK_TOKEN.test(value),
    ).optional(),
    {
      type: 'secret',
      meaning: 'Bot User OAuth Token (xoxb-…). Switches Slack on.',
    },
  ),
  SLACK_SIGNING_SECRET: field(
    text(
      'the Signing Secret of the app (Basic Information), not a token',
      (value) => /^\S+$/.test(value) && !/^(xox|xapp-)/.test(value),
    ).optional(),
    {
      type: 'secret',
      meaning: 'Signing Secret: proves that HTTP requests come from Slack.',
    },
  ),
  SLACK_APP_TOKEN: field(
    text(
      'an app-level token, which starts with xapp-',
      (value) => value.startsWith('xapp-') && SLACK_TOKEN.test(value),
    ).optional(),
    {
      type: 'secret',
      meaning: 'App-level token (xapp-…). Switches Socket Mode on, which needs no public address.',
    },
  ),
  SLACK_API_URL: field(
    text('an http or https address such as https://slack.com/api/', isWebAddress)
      .transform(withSlash)
      .optional(),
    {
      type: 'address',
      fallback: "Slack's own",
      meaning: 'Another Slack Web API, for tests.',
    },
  ),
  ...teamsVariables,
  PENNYWATCH_PUBLIC_URL: field(
    text('an https address such as https://pennywatch.example.com', isPublicAddress)
      .transform((value) => value.replace(/\/+$/, ''))
      .optional(),
    {
      type: 'address',
      fallback: 'charts are sent inside the messages',
      meaning: 'Address of this server as chat clients reach it: Teams then loads charts from it.',
    },
  ),
  PENNYWATCH_API_TOKEN: field(
    text(
      'at least 24 characters without spaces, for example of `openssl rand -hex 32`',
      isApiToken,
    ).optional(),
    {
      type: 'secret',
      meaning: 'Pipelines send it to `POST /api/v1/events`. Switches that address on.',
    },
  ),
  LOG_LEVEL: field(z.enum(LOG_LEVELS, { error: `one of ${LOG_LEVELS.join(', ')}` }).optional(), {
    type: LOG_LEVELS.join(' | '),
    fallback: 'info for serve, warn for other commands',
    meaning: 'How much is logged on stderr.',
  }),
});

export const VARIABLES: Readonly<Record<string, z.ZodType>> = Variables.shape;

/** The environment with defaults in place of whatever is wrong, and what is wrong. */
export function readEnvironment(env: NodeJS.ProcessEnv): {
  environment: Environment;
  problems: readonly Problem[];
} {
  // A variable set to nothing (as compose files do) is one that is not set.
  const given = Object.fromEntries(
    Object.keys(VARIABLES).flatMap((key) => (env[key]?.trim() ? [[key, env[key].trim()]] : [])),
  );
  const first = Variables.safeParse(given);
  if (first.success)
    return { environment: toEnvironment(first.data), problems: toTeams(first.data).problems };
  const problems = first.error.issues.map((issue) => {
    const key = String(issue.path[0]);
    delete given[key];
    return { path: key, message: describe(key, env[key]?.trim(), issue.message) };
  });
  const read = Variables.parse(given);
  // Of a variable that is malformed, nothing else is said.
  const missing = toTeams(read).problems.filter(({ path }) => !problems.some((one) => one.path === path));
  return { environment: toEnvironment(read), problems: [...problems, ...missing] };
}

function describe(key: string, value: string | undefined, expected: string): string {
  const facts = VARIABLES[key] && factsOf(VARIABLES[key]);
  if (facts?.type === 'secret') return `found something else (not shown), expected ${expected}`;
  return `found ${found(redactAddress(value ?? ''))}, expected ${expected}`;
}

function toEnvironment(values: z.infer<typeof Variables>): Environment {
  const { SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, SLACK_APP_TOKEN, SLACK_API_URL, LOG_LEVEL } = values;
  const { PENNYWATCH_API_TOKEN, PENNYWATCH_PUBLIC_URL } = values;
  const { teams } = toTeams(values);
  return Object.freeze({
    port: values.PORT,
    databaseUrl: values.DATABASE_URL,
    ...(SLACK_BOT_TOKEN && {
      slack: Object.freeze({
        botToken: SLACK_BOT_TOKEN,
        ...(SLACK_SIGNING_SECRET && { signingSecret: SLACK_SIGNING_SECRET }),
        ...(SLACK_APP_TOKEN && { appToken: SLACK_APP_TOKEN }),
        ...(SLACK_API_URL && { apiUrl: SLACK_API_URL }),
      }),
    }),
    ...(teams && { teams: Object.freeze(teams) }),
    ...(PENNYWATCH_PUBLIC_URL && { publicUrl: PENNYWATCH_PUBLIC_URL }),
    ...(LOG_LEVEL && { logLevel: LOG_LEVEL }),
    ...(PENNYWATCH_API_TOKEN && { apiToken: PENNYWATCH_API_TOKEN }),
  });
}

/** What may be logged about the environment: secrets only as "set" or "not set". */
export function describeEnvironment(environment: Environment): Readonly<Record<string, string>> {
  const { slack, teams } = environment;
  const said = (value: string | undefined) => (value ? 'set' : 'not set');
  return {
    PORT: String(environment.port),
    DATABASE_URL: redactAddress(environment.databaseUrl),
    SLACK_BOT_TOKEN: said(slack?.botToken),
    SLACK_SIGNING_SECRET: said(slack?.signingSecret),
    SLACK_APP_TOKEN: said(slack?.appToken),
    SLACK_API_URL: slack?.apiUrl ? redactAddress(slack.apiUrl) : "Slack's own",
    MicrosoftAppId: teams?.appId ?? 'not set',
    MicrosoftAppPassword: said(teams?.appPassword),
    MicrosoftAppType: teams?.appType ?? 'not set',
    MicrosoftAppTenantId: teams?.tenantId ?? 'not set',
    PENNYWATCH_TEAMS_TENANTS: teams?.tenants.join(',') || 'not set',
    PENNYWATCH_TEAMS_CHARTS: teams?.nativeCharts ? 'native' : 'picture',
    PENNYWATCH_TEAMS_LOCAL: String(teams?.local ?? false),
    PENNYWATCH_PUBLIC_URL: environment.publicUrl ?? 'not set',
    PENNYWATCH_API_TOKEN: said(environment.apiToken),
    LOG_LEVEL: environment.logLevel ?? 'not set',
  };
}

/** Guessing a shorter one would be worth the try; that of Slack is for Slack. */
function isApiToken(value: string): boolean {
  return /^[\x21-\x7e]{24,}$/.test(value) && !/^(xox[a-z]|xapp)-/.test(value);
}

function isPort(value: string): boolean {
  return /^\d{1,5}$/.test(value) && Number(value) <= 65_535;
}

function isWebAddress(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

/** Teams loads pictures over https only. */
function isPublicAddress(value: string): boolean {
  if (!isWebAddress(value)) return false;
  const { protocol, username, password, search, hash } = new URL(value);
  return protocol === 'https:' && `${username}${password}${search}${hash}` === '';
}

function withSlash(value: string): string {
  return value.endsWith('/') ? value : `${value}/`;
}
