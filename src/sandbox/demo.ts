/** The demo: a sample organisation's bills through the ordinary importer, and the real Slack app in a local workspace. */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { defaultSource, type LoadedConfig, loadConfig } from '../config.ts';
import type { Actor } from '../core/actor.ts';
import { AppError } from '../core/errors.ts';
import type { Logger } from '../core/log.ts';
import { type RunningServer, type StartOptions, startServer } from '../main.ts';
import { saveSubscription } from '../store/subscriptions.ts';
import { lockForWriting } from '../store/write-lock.ts';
import { type BillsBucket, BUCKET, serveBillsBucket } from './bills-bucket.ts';
import { createSandbox, type Sandbox } from './create-sandbox.ts';
import { tellStory } from './demo-story.ts';
import { type SampleOrg, writeSampleOrg } from './sample-org/index.ts';

export interface DemoOptions {
  /** Folder that is made anew for the demo's bills and database. */
  readonly dir: string;
  readonly port: number;
  readonly now: () => number;
  readonly log: Logger;
  /** Told what is going on, a line at a time. */
  readonly say: (line: string) => void;
  /** As `startServer` takes it. */
  readonly threads?: StartOptions['threads'];
}

export interface Demo {
  readonly url: string;
  readonly sample: SampleOrg;
  readonly server: RunningServer;
  readonly sandbox: Sandbox;
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';
/** Last Monday's reports are posted whatever day the demo is started on; in hours. */
const A_WEEK = 7 * 24;
const A_MONTH = 30 * 86_400_000;
/** How long an uploaded picture stays unprocessed: short, but long enough that nothing works without waiting for it. */
const FILE_PROCESSING_MS = 150;

/** Makes the sample organisation, imports its bills, and starts workspace and app. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { now, log, say } = options;
  const dir = resolve(options.dir);
  rmSync(dir, { recursive: true, force: true });
  const sample = await writeSampleOrg({ dir, now: now() });
  say(`Made the bills of a sample organisation in ${dir}`);
  const bucket = await bucketOf(sample);
  const config = demoConfig(sample, dir, bucket);

  const secrets = {
    signingSecret: randomBytes(16).toString('hex'),
    botToken: `xoxb-${randomBytes(12).toString('hex')}`,
  };
  let server: RunningServer | undefined;
  const sandbox = createSandbox({
    ...secrets,
    appUrl: () => `${server?.url}/slack/events`,
    workspace: sample.workspace,
    now,
    log,
    fileProcessingMs: FILE_PROCESSING_MS,
  });
  const url = await sandbox.listen(options.port, HOST).catch(async (error: unknown) => {
    await bucket.close();
    throw portError(error, options.port);
  });
  try {
    const slack = { ...secrets, apiUrl: `${url}/api/` };
    const apiToken = randomBytes(24).toString('base64url');
    const environment = { ...config.environment, slack, apiToken };
    server = await startServer({
      config: { ...config, environment },
      now,
      log,
      host: HOST,
      port: 0,
      lateHours: A_WEEK,
      // A tick in the midst of the import would report half of the bills.
      scheduled: false,
      variables: {
        [ACCESS_KEY]: bucket.accessKeyId,
        [SECRET_KEY]: bucket.secretAccessKey,
      },
      ...(options.threads && { threads: options.threads }),
    });
    await importSample(server, sample, say);
    await subscribeFinops(server, sample);
    await tellStory(server, sample, apiToken);
    await server.jobs.runNow('analysis');
    say('Judged every complete day: open anomalies and budget alerts are in the team channels');
    await server.jobs.runNow('reports');
    server.jobs.start();
    say("Posted last week's reports in every team's channel and in #finops");
  } catch (error) {
    await server?.stop();
    await sandbox.close();
    await bucket.close();
    throw error;
  }
  const running = server;
  return {
    url,
    sample,
    server: running,
    sandbox,
    stop: async () => {
      await running.stop();
      await sandbox.close();
      await bucket.close();
    },
  };
}

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

function demoConfig(sample: SampleOrg, dir: string, { endpoint }: BillsBucket): LoadedConfig {
  const env = { DATABASE_URL: `file:${join(dir, 'pennywatch.db')}` };
  const config = loadConfig({ file: sample.configPath, env });
  const options = {
    location: `s3://${BUCKET}/${PREFIX}`,
    endpoint,
    accessKeyVariable: ACCESS_KEY,
    secretKeyVariable: SECRET_KEY,
  };
  const live = { ...defaultSource('focus-bucket'), name: LIVE, options };
  return { ...config, settings: { ...config.settings, sources: [live] } };
}

/** The whole organisation's report goes to #finops, as if somebody had typed `subscribe org weekly` there a month ago. */
async function subscribeFinops({ context }: RunningServer, { workspace }: SampleOrg): Promise<void> {
  const channel = workspace.channels.find(({ name }) => name === 'finops');
  const admin = workspace.people.find(({ name }) => name === 'Jon Park');
  if (!channel || !admin) return;
  await context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    await saveSubscription(tx, {
      platform: 'slack',
      workspace: workspace.teamId,
      target: channel.id,
      kind: 'channel',
      scope: 'org',
      frequency: 'weekly',
      createdBy: `slack:${admin.id}`,
      createdAt: new Date(context.now() - A_MONTH),
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
