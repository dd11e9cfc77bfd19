/**
 * The demo: a sample organisation's bills through the ordinary importer, stand-ins of the clouds that these bills come
 * from, and the real Slack app in a local workspace.
 */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { defaultSource, type Environment, type LoadedConfig, loadConfig } from '../config.ts';
import type { Actor } from '../core/actor.ts';
import { AppError } from '../core/errors.ts';
import type { Logger } from '../core/log.ts';
import { type RunningServer, type StartOptions, startServer } from '../main.ts';
import { saveSubscription } from '../store/subscriptions.ts';
import { lockForWriting } from '../store/write-lock.ts';
import { type BillsBucket, BUCKET, serveBillsBucket } from './bills-bucket.ts';
import { type SampleCloud, startSampleCloud } from './cloud/sample/index.ts';
import { createSandbox, type Sandbox } from './create-sandbox.ts';
import { tellStory } from './demo-story.ts';
import { type SampleOrg, writeSampleOrg } from './sample-org/index.ts';
import { entraIdOf, TEAMS_PLACES, TENANT_ID } from './sample-org/teams.ts';
import { CLOUDS, serveDemo } from './serve-demo.ts';
import { LOCAL_TEAMS, openTeamsClient, type TeamsClient } from './teams/index.ts';

export interface DemoOptions {
  /** Folder that is made anew for the demo's bills and database. */
  readonly dir: string;
  readonly port: number;
  /** Microsoft's local Teams client beside the workspace, on that port. */
  readonly teams?: { readonly port: number };
  readonly now: () => number;
  readonly log: Logger;
  /** Of what threads log; only warnings unless told. */
  readonly logLevel?: Environment['logLevel'];
  /** Told what is going on, a line at a time. */
  readonly say: (line: string) => void;
  /** As `startServer` takes it. */
  readonly threads?: StartOptions['threads'];
}

export interface Demo {
  readonly url: string;
  /** Where what runs in the sample clouds is looked at. */
  readonly cloudUrl: string;
  readonly cloud: SampleCloud;
  readonly sample: SampleOrg;
  readonly server: RunningServer;
  readonly sandbox: Sandbox;
  /** Absent unless it was asked for. */
  readonly teams?: TeamsClient;
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';
/** Last Monday's reports are posted whatever day the demo is started on; in hours. */
const A_WEEK = 7 * 24;
const A_MONTH = 30 * 86_400_000;
/** How long an uploaded picture stays unprocessed: short, but long enough that nothing works without waiting for it. */
const FILE_PROCESSING_MS = 150;
/** How long the sample clouds take to stop or start something: long enough to be seen. */
const CLOUD_LAG_MS = 4_000;

/** Makes the sample organisation, imports its bills, and starts workspace and app. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { now, say } = options;
  const dir = resolve(options.dir);
  const closers: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    // First, because what can be missing is missing now.
    const teams = options.teams && (await openTeamsClient({ dir, ...options.teams }));
    if (teams) closers.push(() => teams.close());
    rmSync(dir, { recursive: true, force: true });
    const sample = await writeSampleOrg({ dir, now: now(), teams: teams !== undefined });
    say(`Made the bills of a sample organisation in ${dir}`);
    const opened = await openDemo({ ...options, dir, teams }, sample, (close) => void closers.push(close));
    return { ...opened, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** `opened` is told how to close each part, in the order in which they are opened. */
async function openDemo(
  {
    dir,
    port,
    teams,
    now,
    log,
    logLevel = 'warn',
    say,
    threads,
  }: Omit<DemoOptions, 'teams'> & {
    readonly teams: TeamsClient | undefined;
  },
  sample: SampleOrg,
  opened: (close: () => Promise<void>) => void,
): Promise<Omit<Demo, 'stop'>> {
  const bucket = await bucketOf(sample);
  opened(() => bucket.close());
  const cloud = await startSampleCloud({ now, lag: CLOUD_LAG_MS, host: HOST });
  opened(() => cloud.close());
  const config = demoConfig(sample, { dir, bucket, cloud });
  const secrets = {
    signingSecret: randomBytes(16).toString('hex'),
    botToken: `xoxb-${randomBytes(12).toString('hex')}`,
  };
  let server: RunningServer | undefined;
  let url = '';
  const sandbox = createSandbox({
    ...secrets,
    appUrl: () => `${server?.url}/slack/events`,
    publicUrl: () => url,
    workspace: { ...sample.workspace, links: [CLOUDS_LINK] },
    now,
    log,
    fileProcessingMs: FILE_PROCESSING_MS,
  });
  const served = await serveDemo({ sandbox, cloud }, { host: HOST, port }).catch((error: unknown) => {
    throw portError(error, port);
  });
  opened(() => served.close());
  url = served.url;
  const slack = { ...secrets, apiUrl: `${url}/api/` };
  const apiToken = randomBytes(24).toString('base64url');
  const environment = {
    ...config.environment,
    slack,
    apiToken,
    logLevel,
    ...(teams && { teams: LOCAL_TEAMS }),
  };
  const running = await startServer({
    config: { ...config, environment },
    now,
    log,
    host: HOST,
    port: 0,
    lateHours: A_WEEK,
    // A tick in the midst of the import would report half of the bills.
    scheduled: false,
    variables: {
      ...cloud.variables,
      [ACCESS_KEY]: bucket.accessKeyId,
      [SECRET_KEY]: bucket.secretAccessKey,
    },
    ...(threads && { threads }),
  });
  server = running;
  opened(() => running.stop());
  await teams?.connect(running);
  if (teams) say("Installed Pennywatch in Microsoft's local Teams client");
  await importSample(running, sample, say);
  await subscribeToAll(running, sample, teams !== undefined);
  await tellStory(running, sample, apiToken);
  await running.jobs.runNow('analysis');
  say('Judged every complete day: open anomalies and budget alerts are in the team channels');
  await running.jobs.runNow('reports');
  await teams?.greet(running);
  running.jobs.start();
  say(
    `Posted last week's reports in every team's channel and in #finops${teams ? ', and in General of Teams' : ''}`,
  );
  const cloudUrl = `${url}/${CLOUDS}`;
  say(`What the organisation runs is in stand-ins of its clouds: see it start and stop at ${cloudUrl}`);
  return { url, cloudUrl, cloud, sample, server: running, sandbox, ...(teams && { teams }) };
}

const CLOUDS_LINK = {
  label: 'Sample clouds',
  meaning: 'what the organisation runs, at stand-ins of its vendors; watch it stop and start.',
  path: CLOUDS,
};

/** Its bills come from a bucket that is polled, as an export of AWS would; those of the others are imported. */
const LIVE = 'aws';
const PREFIX = 'exports/focus';
const ACCESS_KEY = 'DEMO_BUCKET_ACCESS_KEY_ID';
const SECRET_KEY = 'DEMO_BUCKET_SECRET_ACCESS_KEY';

function bucketOf({ sources }: SampleOrg): Promise<BillsBucket> {
  const files = sources.find(({ name }) => name === LIVE)?.files ?? [];
  return serveBillsBucket(files, PREFIX, {
    accessKeyId: randomBytes(10).toString('hex').toUpperCase(),
    secretAccessKey: randomBytes(20).toString('base64url'),
  });
}

function demoConfig(
  sample: SampleOrg,
  { dir, bucket, cloud }: { readonly dir: string; readonly bucket: BillsBucket; readonly cloud: SampleCloud },
): LoadedConfig {
  const env = { DATABASE_URL: `file:${join(dir, 'pennywatch.db')}` };
  const config = loadConfig({ file: sample.configPath, env });
  const options = {
    location: `s3://${BUCKET}/${PREFIX}`,
    endpoint: bucket.endpoint,
    accessKeyVariable: ACCESS_KEY,
    secretKeyVariable: SECRET_KEY,
  };
  const live = { ...defaultSource('focus-bucket'), name: LIVE, options };
  const actions = { ...config.settings.actions, accounts: cloud.accounts };
  return { ...config, settings: { ...config.settings, sources: [live], actions } };
}

/** The whole organisation's report, as if somebody had typed `subscribe org weekly` in these channels a month ago. */
async function subscribeToAll(
  { context }: RunningServer,
  { workspace }: SampleOrg,
  inTeams: boolean,
): Promise<void> {
  const channel = workspace.channels.find(({ name }) => name === 'finops');
  const admin = workspace.people.find(({ name }) => name === 'Jon Park');
  if (!channel || !admin) return;
  const createdAt = new Date(context.now() - A_MONTH);
  const common = { kind: 'channel', scope: 'org', frequency: 'weekly', createdAt } as const;
  await context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    await saveSubscription(tx, {
      ...common,
      platform: 'slack',
      workspace: workspace.teamId,
      target: channel.id,
      createdBy: `slack:${admin.id}`,
    });
    if (inTeams)
      await saveSubscription(tx, {
        ...common,
        platform: 'teams',
        workspace: TENANT_ID,
        target: TEAMS_PLACES.general.id,
        createdBy: `teams:${entraIdOf('jon')}`,
      });
  });
}

/** Through the running server's own threads, as an import of its own would go. */
async function importSample(
  server: RunningServer,
  sample: SampleOrg,
  say: (line: string) => void,
): Promise<void> {
  const actor: Actor = { kind: 'system', job: 'demo' };
  for (const { name, files } of sample.usageFiles) {
    const { files: read } = await server.threads.run('importUsage', { files, source: name, actor });
    const rows = read.reduce((sum, file) => sum + file.rowsRead, 0);
    say(`Imported ${name}: ${rows.toLocaleString('en-US')} rows of usage`);
  }
  for (const { name, files } of sample.sources.filter((source) => source.name !== LIVE)) {
    const result = await server.threads.run('importFocus', {
      files,
      source: name,
      actor,
    });
    const rows = result.files.reduce((sum, file) => sum + file.rowsRead, 0);
    say(
      `Imported ${name}: ${rows.toLocaleString('en-US')} rows, complete until ${result.watermark ?? 'unknown'}`,
    );
  }
  const polled = await server.threads.run('poll', { source: LIVE });
  if (polled.error) throw new AppError('INTERNAL', `${LIVE} could not be polled: ${polled.error.message}`);
  const rows = polled.batches.reduce((sum, batch) => sum + batch.rows, 0);
  say(
    `Polled ${LIVE}: ${rows.toLocaleString('en-US')} rows from an S3 bucket on this machine, complete until ${polled.watermark ?? 'unknown'}`,
  );
}

function portError(error: unknown, port: number): unknown {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'EADDRINUSE') return error;
  return new AppError('CONFLICT', `Port ${port} is in use by another program.`, {
    hint: 'Name another one: PORT=4700 npm run demo',
    cause: error,
  });
}
