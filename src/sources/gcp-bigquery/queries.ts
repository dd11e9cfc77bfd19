/** Runs queries: a dry run first, one job by an id of ours however often it is sent, results page by page. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../core/errors.ts';
import type { Access } from '../types.ts';
import type { Google } from './connect.ts';
import { isTransientReason } from './errors.ts';
import { JobAnswer, parse, ResultsAnswer, type Row, rowsOf } from './schema.ts';
import type { BigQuerySettings } from './settings.ts';
import { priceWords, sizeWords } from './size.ts';
import { type Statement, wire } from './statement.ts';

export interface Queries {
  /** Bytes the query would read; costs nothing. */
  bytes(statement: Statement): Promise<bigint>;
  /** The result's rows, by pages. Throws LIMIT when it would read more than is allowed. */
  rows(statement: Statement, what: string): AsyncGenerator<readonly Row[], void, undefined>;
}

export interface QueriesOptions {
  readonly google: Google;
  readonly settings: BigQuerySettings;
  readonly location: string | undefined;
  readonly access: Access;
}

/** Rows per page; BigQuery itself ends a page at 10 MB. */
const PAGE = 10_000;
const JOB_TIMEOUT = 600_000;
/** BigQuery waits this long for a query before it answers that it still runs. */
const LONG_POLL = 10_000;
const PAUSE = 1_000;
/** A job that broke down on Google's side never recovers: another one is made. */
const JOBS = 3;

export function createQueries({ google, settings, location, access }: QueriesOptions): Queries {
  const project = settings.project ?? settings.table.project;
  const place: Record<string, string> = location === undefined ? {} : { location };

  const configuration = ({ sql, parameters }: Statement) => ({
    query: sql,
    useLegacySql: false,
    parameterMode: 'NAMED',
    queryParameters: parameters.map(wire),
    maximumBytesBilled: settings.maximumBytesBilled.toString(),
  });

  async function bytes(statement: Statement): Promise<bigint> {
    const { maximumBytesBilled: _, ...query } = configuration(statement);
    const answer = await google({
      method: 'POST',
      path: '/jobs',
      body: { jobReference: { projectId: project, ...place }, configuration: { dryRun: true, query } },
    });
    const { statistics } = parse(JobAnswer, answer, 'a dry run');
    if (statistics.totalBytesProcessed === undefined)
      throw new AppError('UPSTREAM', 'BigQuery did not say how much the query would read.', {
        hint: 'It was not run. Please report this with the version of Pennywatch.',
      });
    return BigInt(statistics.totalBytesProcessed);
  }

  async function start(statement: Statement): Promise<string> {
    // Not from the seeded randomness: an id that was used before would bring the old job's result.
    const jobId = `pennywatch_${randomUUID()}`;
    await google({
      method: 'POST',
      path: '/jobs',
      body: {
        jobReference: { projectId: project, jobId, ...place },
        configuration: {
          labels: { app: 'pennywatch' },
          jobTimeoutMs: `${JOB_TIMEOUT}`,
          query: configuration(statement),
        },
      },
      // The answer to an earlier try was lost: the job is there.
      except: 409,
    });
    return jobId;
  }

  async function page(jobId: string, pageToken?: string): Promise<ResultsAnswer> {
    const answer = await google({
      method: 'GET',
      path: `/queries/${jobId}`,
      query: { ...place, maxResults: `${PAGE}`, timeoutMs: `${LONG_POLL}`, ...(pageToken && { pageToken }) },
    });
    return parse(ResultsAnswer, answer, 'the result of a query');
  }

  async function firstPage(jobId: string): Promise<ResultsAnswer> {
    for (;;) {
      const answer = await page(jobId);
      if (answer.jobComplete) return answer;
      await sleep(PAUSE * access.pace, undefined, { signal: access.signal });
    }
  }

  async function brokeDown(jobId: string): Promise<boolean> {
    const answer = await google({ method: 'GET', path: `/jobs/${jobId}`, query: place, except: 404 });
    if (answer === undefined) return false;
    const { status } = parse(JobAnswer, answer, 'a job');
    return status.errorResult !== undefined && isTransientReason(status.errorResult.reason);
  }

  async function run(statement: Statement): Promise<{ jobId: string; first: ResultsAnswer }> {
    for (let job = 1; ; job += 1) {
      const jobId = await start(statement);
      try {
        return { jobId, first: await firstPage(jobId) };
      } catch (error) {
        if (job === JOBS || !(error instanceof AppError) || !(await brokeDown(jobId))) throw error;
      }
    }
  }

  return {
    bytes,
    async *rows(statement, what) {
      const size = await bytes(statement);
      if (size > settings.maximumBytesBilled) throw tooMuch(size, settings.maximumBytesBilled, what);
      const { jobId, first } = await run(statement);
      access.log('BigQuery query', {
        what,
        bytes: first.totalBytesProcessed ?? size.toString(),
        estimatedPrice: priceWords(first.cacheHit ? 0n : size),
        rows: first.totalRows,
      });
      let seen = 0;
      for (let answer = first; ; answer = await page(jobId, answer.pageToken)) {
        const rows = rowsOf(answer);
        seen += rows.length;
        yield rows;
        if (!answer.pageToken) break;
      }
      if (first.totalRows !== undefined && BigInt(seen) !== BigInt(first.totalRows))
        throw new AppError(
          'UPSTREAM',
          `BigQuery said ${first.totalRows} rows for ${what} and sent ${seen}.`,
          {
            hint: 'Nothing of these days was stored; the next poll asks again.',
          },
        );
    },
  };
}

function tooMuch(size: bigint, maximum: bigint, what: string): AppError {
  return new AppError(
    'LIMIT',
    `The query for ${what} would read ${sizeWords(size)} (about ${priceWords(size)} on demand), more than the ${sizeWords(maximum)} that are allowed. It was not run.`,
    {
      hint: `Set maximumBytesBilled of this source to at least "${Number(size / 1024n ** 3n) + 1} GiB" in pennywatch.yaml, or lower historyMonths: older days read more.`,
    },
  );
}
