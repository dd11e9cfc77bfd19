/** The state of the sources as a message. */
import { bold, code, type Element, text, type View } from '../elements.ts';
import { countOf, formatDay } from '../format.ts';
import { scheduleWords, type TroubleLine, troubleElements } from './job-troubles.ts';

export interface SourceLine {
  readonly name: string;
  /** "usage" for what holds no cost. */
  readonly kind: string;
  readonly watermark?: string;
  readonly stale: boolean;
  readonly error?: string;
  readonly lastImport?: { readonly at: Date; readonly rows: number; readonly quarantined: number };
  readonly reconciled: { readonly days: number; readonly different: number };
}

export interface SourcesReport {
  readonly today: string;
  readonly sources: readonly SourceLine[];
  readonly timeZone: string;
  readonly troubles: readonly TroubleLine[];
  readonly scheduled: { readonly count: number; readonly next?: number };
}

export function composeSources({ today, sources, timeZone, troubles, scheduled }: SourcesReport): View {
  if (sources.length === 0)
    return {
      elements: [
        { kind: 'heading', text: 'No source has delivered data yet' },
        {
          kind: 'text',
          spans: [
            text('Import a FOCUS bill on the server: '),
            code('pennywatch import focus FILE'),
            text('.'),
          ],
        },
        ...troubleElements(troubles, timeZone),
      ],
    };
  const stale = sources.filter((source) => source.stale || source.error);
  const elements: Element[] = [
    {
      kind: 'heading',
      text:
        stale.length === 0
          ? `${countOf(sources.length, 'source')}, all up to date`
          : `${stale.length} of ${countOf(sources.length, 'source')} need a look`,
    },
    {
      kind: 'table',
      columns: [
        { title: 'Source' },
        { title: 'State' },
        { title: 'Complete until' },
        { title: 'Last import' },
        { title: 'Rows', align: 'right' },
        { title: 'Adds up' },
      ],
      rows: sources.map((source) => [
        source.name,
        stateOf(source),
        source.watermark ? formatDay(source.watermark, today) : 'unknown',
        source.lastImport ? formatDay(source.lastImport.at.toISOString().slice(0, 10), today) : 'never',
        source.lastImport ? rowsOf(source.lastImport) : 'unknown',
        source.kind === 'usage' ? 'usage, no cost' : addsUp(source.reconciled),
      ]),
    },
  ];
  for (const { name, error } of sources)
    if (error) elements.push({ kind: 'text', spans: [bold(`${name}: `), text(error)] });
  elements.push(...troubleElements(troubles, timeZone), {
    kind: 'context',
    spans: [
      text(`${scheduleWords(scheduled, timeZone)} `),
      text(
        '"Adds up" compares the bill\'s own total of every day with what is stored and what is allocated, to the micro.',
      ),
    ],
  });
  return { elements };
}

function stateOf({ stale, error, watermark }: SourceLine): string {
  if (error) return 'failed';
  if (!watermark) return 'nothing complete yet';
  return stale ? 'stale' : 'fresh';
}

function rowsOf({ rows, quarantined }: { rows: number; quarantined: number }): string {
  const read = rows.toLocaleString('en-US');
  return quarantined > 0 ? `${read} (${quarantined.toLocaleString('en-US')} quarantined)` : read;
}

function addsUp({ days, different }: { days: number; different: number }): string {
  if (days === 0) return 'not checked';
  return different === 0
    ? `yes, ${countOf(days, 'day')}`
    : `no, ${countOf(different, 'day')} of ${days} differ`;
}
