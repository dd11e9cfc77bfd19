/** BigQuery with a Cloud Billing export: jobs, dry runs, results in pages, in the shapes of its REST API. */
import { COLUMNS, type GcpExport } from './gcp-columns.ts';
import { googleRefusal, REFUSALS, type RefusalKind, troubled, unauthorised } from './gcp-errors.ts';
import { append, type Exported, type ExportRow, rowOf } from './gcp-rows.ts';
import { InvalidQuery, openEngine, type SentParameter } from './gcp-sql.ts';
import { type StandIn, type StandInAnswer, type StandInRequest, startStandIn } from './server.ts';

export interface GcpOptions {
  readonly port?: number;
  readonly export?: GcpExport;
  /** Rows of a page at most, whatever is asked for. */
  readonly pageSize?: number;
  /** What a row counts for the bytes of a query. */
  readonly bytesPerRow?: number;
}

export interface GcpStandIn extends StandIn {
  /** Refuses queries for this reason from now on. */
  deny(kind: RefusalKind | undefined): void;
  /** The next jobs fail for this reason after they were taken. */
  breakJobs(count: number, reason: string): void;
  /** The next jobs are taken, and the answer says otherwise. */
  loseAnswers(count: number): void;
  /** More rows of the export, as its columns. */
  add(rows: readonly ExportRow[]): void;
}

interface Job {
  readonly sql: string;
  readonly parameters: readonly SentParameter[];
  readonly bytes: number;
  readonly reason: string | undefined;
  asked: number;
  result: { columns: string[]; rows: (string | null)[][] } | undefined;
}

interface SentJob {
  readonly jobReference?: { readonly jobId?: string; readonly location?: string };
  readonly configuration: {
    readonly dryRun?: boolean;
    readonly query: {
      readonly query: string;
      readonly maximumBytesBilled?: string;
      readonly queryParameters?: readonly SentParameter[];
    };
  };
}

const PROJECT = 'acme-billing';
const LOCATION = 'EU';
const TOKEN = 'ya29.stand-in-access-token';
const TABLES: Readonly<Record<GcpExport, string>> = {
  standard: 'gcp_billing_export_v1_01ABCD_234567_89EFAB',
  detailed: 'gcp_billing_export_resource_v1_01ABCD_234567_89EFAB',
  focus: 'gcp_billing_export_focus_01ABCD_234567_89EFAB',
};

export async function startGcpBigQuery(options: GcpOptions = {}): Promise<GcpStandIn> {
  const kind = options.export ?? 'standard';
  const table = TABLES[kind];
  const engine = await openEngine(`${PROJECT}.billing.${table}`, COLUMNS[kind]);
  const jobs = new Map<string, Job>();
  let exported: Exported[] = [];
  let extra: ExportRow[] = [];
  let bills = 0;
  let stale = true;
  let revoked = false;
  let denied: RefusalKind | undefined;
  let broken = { count: 0, reason: '' };
  let lost = 0;

  const rows = () => [...exported.map((one) => rowOf(kind, one)), ...extra];

  async function answer(request: StandInRequest): Promise<StandInAnswer> {
    if (revoked || request.headers.authorization !== `Bearer ${TOKEN}`) return unauthorised();
    const [, path = ''] =
      new RegExp(`^/bigquery/v2/projects/${PROJECT}(/.*)$`).exec(request.url.pathname) ?? [];
    const [, section = '', id = '', , leaf] = path.split('/');
    if (request.method === 'POST' && path === '/jobs') return insert(JSON.parse(request.body) as SentJob);
    if (request.method === 'GET' && section === 'queries') return results(id, request.url.searchParams);
    if (request.method === 'GET' && section === 'jobs')
      return jobs.has(id) ? { body: job(id) } : notFound(`Job ${id}`);
    if (request.method === 'GET' && path === '/datasets/billing/tables')
      return {
        body: { kind: 'bigquery#tableList', tables: [{ tableReference: { tableId: table } }], totalItems: 1 },
      };
    if (request.method === 'GET' && section === 'datasets' && leaf !== undefined) {
      const name = path.split('/')[4] ?? '';
      return id === 'billing' && name === table
        ? { body: metadata() }
        : notFound(`Table ${PROJECT}:${id}.${name}`);
    }
    return googleRefusal(404, 'notFound', `No such method: ${request.method} ${request.url.pathname}`);
  }

  function metadata() {
    return {
      kind: 'bigquery#table',
      tableReference: { projectId: PROJECT, datasetId: 'billing', tableId: table },
      type: 'TABLE',
      location: LOCATION,
      timePartitioning: { type: 'DAY' },
      schema: { fields: COLUMNS[kind] },
      numRows: String(rows().length),
    };
  }

  async function insert(sent: SentJob): Promise<StandInAnswer> {
    if (denied) return REFUSALS[denied](PROJECT, `${PROJECT}:billing.${table}`);
    const { query: sql, queryParameters: parameters = [], maximumBytesBilled } = sent.configuration.query;
    if (sent.jobReference?.location !== LOCATION)
      return notFound(
        `Dataset ${PROJECT}:billing was not found in location ${sent.jobReference?.location ?? 'US'}`,
      );
    const bytes = bytesOf(sql, parameters);
    if (sent.configuration.dryRun) {
      try {
        await load();
        await engine.check(sql, parameters);
      } catch (error) {
        return invalid(error);
      }
      return { body: { ...shape('dry', bytes, 'DONE'), configuration: sent.configuration } };
    }
    const jobId = sent.jobReference?.jobId ?? `job_${jobs.size}`;
    if (jobs.has(jobId))
      return googleRefusal(
        409,
        'duplicate',
        `Already Exists: Job ${PROJECT}:${LOCATION}.${jobId}`,
        'ALREADY_EXISTS',
      );
    const tooMuch = maximumBytesBilled !== undefined && bytes > Number(maximumBytesBilled);
    const reason = tooMuch ? 'bytesBilledLimitExceeded' : broken.count-- > 0 ? broken.reason : undefined;
    jobs.set(jobId, { sql, parameters, bytes, reason, asked: 0, result: undefined });
    if (lost-- > 0) return troubled(503);
    return { body: { ...shape(jobId, bytes, 'RUNNING'), configuration: sent.configuration } };
  }

  async function results(id: string, query: URLSearchParams): Promise<StandInAnswer> {
    const found = jobs.get(id);
    if (!found || query.get('location') !== LOCATION) return notFound(`Job ${PROJECT}:${id}`);
    const reference = { projectId: PROJECT, jobId: id, location: LOCATION };
    // The first time, it still runs.
    found.asked += 1;
    if (found.asked === 1)
      return {
        body: { kind: 'bigquery#getQueryResultsResponse', jobReference: reference, jobComplete: false },
      };
    if (found.reason === 'bytesBilledLimitExceeded')
      return googleRefusal(
        400,
        found.reason,
        `Query exceeded limit for bytes billed: 1. ${found.bytes} or higher required.`,
        'INVALID_ARGUMENT',
      );
    if (found.reason)
      return googleRefusal(
        503,
        found.reason,
        'Error encountered during execution. Retrying may solve the problem.',
      );
    try {
      await load();
      found.result ??= await engine.run(found.sql, found.parameters);
    } catch (error) {
      return invalid(error);
    }
    const { columns, rows: all } = found.result;
    const start = Number(query.get('pageToken') ?? 0);
    const size = Math.min(Number(query.get('maxResults') ?? 1e6), options.pageSize ?? 1e6);
    const end = start + size;
    return {
      headers: { 'content-type': 'application/json; charset=UTF-8' },
      body: {
        kind: 'bigquery#getQueryResultsResponse',
        jobReference: reference,
        jobComplete: true,
        schema: { fields: columns.map((name) => ({ name, type: 'STRING', mode: 'NULLABLE' })) },
        totalRows: String(all.length),
        totalBytesProcessed: String(found.bytes),
        cacheHit: false,
        ...(end < all.length && { pageToken: String(end) }),
        rows: all.slice(start, end).map((row) => ({ f: row.map((v) => ({ v })) })),
      },
    };
  }

  async function load(): Promise<void> {
    if (stale) await engine.load(rows());
    stale = false;
  }

  function bytesOf(sql: string, parameters: readonly SentParameter[]): number {
    const from = parameters.find(({ name }) => name === 'loaded_from')?.parameterValue.value;
    const pruned = sql.includes('_PARTITIONTIME >= @loaded_from') && from !== undefined;
    const read = rows().filter((row) => !pruned || String(row._PARTITIONTIME) >= from);
    return read.length * (options.bytesPerRow ?? 512);
  }

  function job(id: string) {
    const found = jobs.get(id);
    return shape(id, found?.bytes ?? 0, 'DONE', found?.reason);
  }

  const server = await startStandIn({ answer, refuse: troubled }, options.port);
  return {
    url: server.url,
    requests: server.requests,
    variables: { BIGQUERY_API_ENDPOINT: server.url, GCP_ACCESS_TOKEN: TOKEN },
    options: { table: `${PROJECT}.billing.${table}` },
    bill(charges) {
      exported = append(exported, charges, bills);
      bills += 1;
      stale = true;
    },
    add(more) {
      extra = [...extra, ...more];
      stale = true;
    },
    trouble: server.trouble,
    revoke: (now) => {
      revoked = now;
    },
    deny: (reason) => {
      denied = reason;
    },
    breakJobs: (count, reason) => {
      broken = { count, reason };
    },
    loseAnswers: (count) => {
      lost = count;
    },
    async close() {
      await server.close();
      engine.close();
    },
  };
}

function shape(jobId: string, bytes: number, state: string, reason?: string) {
  return {
    kind: 'bigquery#job',
    id: `${PROJECT}:${LOCATION}.${jobId}`,
    jobReference: { projectId: PROJECT, jobId, location: LOCATION },
    status: { state, ...(reason && { errorResult: { reason, message: 'The job failed.' } }) },
    statistics: { totalBytesProcessed: String(bytes), query: { totalBytesProcessed: String(bytes) } },
  };
}

function notFound(what: string): StandInAnswer {
  return googleRefusal(404, 'notFound', `Not found: ${what}`, 'NOT_FOUND');
}

function invalid(error: unknown): StandInAnswer {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof InvalidQuery && message.startsWith('Not found')) return notFound(message);
  return googleRefusal(400, 'invalidQuery', message.slice(0, 500), 'INVALID_ARGUMENT');
}
