/** Rows of the Google Cloud bill: FOCUS 1.0 with x_ columns. */
import type { Day } from '../../core/day.ts';
import { accountOf, commonColumns } from './focus-row.ts';
import { meterOf } from './meters.ts';
import { code, DIGITS } from './random.ts';
import type { BillSource } from './sources.ts';
import { tagsOf } from './tags.ts';
import type { Entry, FocusRow, Line } from './types.ts';

const COST_TYPE = {
  Usage: 'regular',
  Purchase: 'regular',
  Tax: 'tax',
  Credit: 'regular',
  Adjustment: 'adjustment',
} as const;

/** Full resource name as Google writes it. */
export function gcpResourceId(source: BillSource, line: Line, resource: string): string {
  const project = accountOf(source, line);
  const place = `projects/${project.id}/locations/${source.region}`;
  switch (meterOf(line.use.meter).resource) {
    case 'custom-job':
      return `//aiplatform.googleapis.com/${place}/customJobs/${code(resource, 19, DIGITS)}`;
    case 'endpoint':
      return `//aiplatform.googleapis.com/${place}/endpoints/${code(resource, 19, DIGITS)}`;
    case 'publisher-model':
      return `//aiplatform.googleapis.com/${place}/publishers/google/models/gemini-2.5-flash`;
    case 'instance':
      return `//compute.googleapis.com/projects/${project.name}/zones/${source.region}-a/instances/${resource}`;
    case 'dataset':
      return `//bigquery.googleapis.com/projects/${project.name}/datasets/${resource}`;
    case 'bucket':
      return `//storage.googleapis.com/${resource}`;
    default:
      return '';
  }
}

export function gcpRow(source: BillSource, entry: Entry, today: Day): [FocusRow, FocusRow] {
  const { line } = entry;
  const usage = entry.quantity !== undefined;
  const tags = tagsOf('gcp', line, entry.start);
  const id = gcpResourceId(source, line, entry.resource);
  const own: FocusRow = {
    RegionId: usage ? source.region : undefined,
    RegionName: usage ? 'Netherlands (europe-west4)' : undefined,
    ResourceId: id || undefined,
    ResourceName: id ? entry.resource : undefined,
    ResourceType: id ? meterOf(line.use.meter).resource : undefined,
    Tags: JSON.stringify(tags),
    x_CostType: COST_TYPE[entry.category],
    x_Credits: '[]',
    x_ExportTime: `${entry.end < today ? entry.end : today}T04:12:00Z`,
    x_InvoiceMonth: entry.period.slice(0, 7).replace('-', ''),
    x_ProjectNumber: accountOf(source, line).id,
  };
  return [commonColumns(source, entry), own];
}
