/** BigQuery's answers: the fields that are used, and rows as texts by column. */
import * as z from 'zod';
import { AppError } from '../../core/errors.ts';

export interface TableColumn {
  readonly name: string;
  readonly type: string;
  readonly mode?: string | undefined;
  readonly fields?: readonly TableColumn[] | undefined;
}

const Column: z.ZodType<TableColumn> = z.lazy(() =>
  z.looseObject({
    name: z.string(),
    type: z.string(),
    mode: z.string().optional(),
    fields: z.array(Column).optional(),
  }),
);

export const TableAnswer = z.looseObject({
  /** TABLE, VIEW, MATERIALIZED_VIEW … */
  type: z.string().default('TABLE'),
  location: z.string().optional(),
  schema: z.looseObject({ fields: z.array(Column) }),
  timePartitioning: z.looseObject({ type: z.string().optional(), field: z.string().optional() }).optional(),
});
export type TableAnswer = z.infer<typeof TableAnswer>;

export const TableList = z.looseObject({
  tables: z.array(z.looseObject({ tableReference: z.looseObject({ tableId: z.string() }) })).default([]),
});

const ErrorProto = z.looseObject({ reason: z.string().default(''), message: z.string().default('') });

export const JobAnswer = z.looseObject({
  status: z.looseObject({ state: z.string(), errorResult: ErrorProto.optional() }),
  statistics: z
    .looseObject({
      totalBytesProcessed: z.string().regex(/^\d+$/).optional(),
    })
    .default({}),
});
export type JobAnswer = z.infer<typeof JobAnswer>;

export const ResultsAnswer = z.looseObject({
  jobComplete: z.boolean(),
  schema: z.looseObject({ fields: z.array(Column) }).optional(),
  rows: z.array(z.looseObject({ f: z.array(z.looseObject({ v: z.unknown() })) })).default([]),
  pageToken: z.string().optional(),
  totalRows: z.string().regex(/^\d+$/).optional(),
  totalBytesProcessed: z.string().optional(),
  cacheHit: z.boolean().optional(),
});
export type ResultsAnswer = z.infer<typeof ResultsAnswer>;

/** A row of a result: every column is text or null, numbers included, so that nothing is rounded. */
export type Row = Readonly<Record<string, string | null>>;

/** What BigQuery answered, checked. Throws UPSTREAM when a needed field is missing. */
export function parse<T>(schema: z.ZodType<T>, answer: unknown, what: string): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).slice(0, 3);
  throw new AppError(
    'UPSTREAM',
    `BigQuery's answer about ${what} is not as documented: ${wrong.join('; ')}.`,
    {
      hint: 'Nothing was stored. Please report this with the version of Pennywatch.',
    },
  );
}

/** Rows of a page by the names of their columns. Throws UPSTREAM when a row does not fit its schema. */
export function rowsOf({ schema, rows }: ResultsAnswer): Row[] {
  const columns = schema?.fields ?? [];
  return rows.map(({ f }) => {
    if (f.length !== columns.length) throw misfit();
    return Object.fromEntries(
      columns.map(({ name }, index) => {
        const value = f[index]?.v ?? null;
        if (value !== null && typeof value !== 'string') throw misfit();
        return [name, value];
      }),
    );
  });
}

function misfit(): AppError {
  return new AppError('UPSTREAM', "A row of BigQuery's answer does not fit its columns.", {
    hint: 'Nothing was stored. Please report this with the version of Pennywatch.',
  });
}
