/** Rows of the Azure bill: FOCUS 1.0 in EUR, with x_ columns and tags without braces, as Azure documents them. */
import { accountOf, commonColumns } from './focus-row.ts';
import { meterOf } from './meters.ts';
import type { BillSource } from './sources.ts';
import { tagsOf } from './tags.ts';
import type { Entry, FocusRow, Line } from './types.ts';

/** Azure resource id (its own case, as in real exports). */
export function azureResourceId(source: BillSource, line: Line, resource: string): string {
  const group = `${accountOf(source, line).id}/resourceGroups/${groupOf(line)}/providers`;
  switch (meterOf(line.use.meter).resource) {
    case 'aml-compute':
      return `${group}/Microsoft.MachineLearningServices/workspaces/wrenfield-ml/computes/${resource}`;
    case 'aml-endpoint':
      return `${group}/Microsoft.MachineLearningServices/workspaces/wrenfield-ml/onlineEndpoints/${resource}`;
    case 'vm':
      return `${group}/Microsoft.Compute/virtualMachines/${resource}`;
    case 'openai':
      return `${group}/Microsoft.CognitiveServices/accounts/${resource}`;
    case 'storage':
      return `${group}/Microsoft.Storage/storageAccounts/${resource}`;
    case 'workspace':
      return `${group}/Microsoft.OperationalInsights/workspaces/${resource}`;
    default:
      return '';
  }
}

function groupOf(line: Line): string {
  return line.team ? `rg-${line.team}` : 'rg-default';
}

export function azureRow(source: BillSource, entry: Entry): [FocusRow, FocusRow] {
  const { line } = entry;
  const meter = meterOf(line.use.meter);
  const id = azureResourceId(source, line, entry.resource);
  const tags = Object.entries(tagsOf('azure', line, entry.start));
  const own: FocusRow = {
    RegionId: source.region,
    RegionName: 'West Europe',
    ResourceId: id || undefined,
    ResourceName: id ? entry.resource : undefined,
    ResourceType: id.split('/').slice(6, 8).join('/').toLowerCase() || undefined,
    Tags:
      tags.length > 0
        ? tags.map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(',')
        : undefined,
    x_BillingExchangeRate: '1',
    x_PricingCurrency: 'EUR',
    x_ResourceGroupName: groupOf(line),
    x_SkuMeterCategory: meter.service,
    x_SkuMeterName: meter.item,
  };
  return [commonColumns(source, entry), own];
}
