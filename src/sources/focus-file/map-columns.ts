/** Finds the FOCUS columns in a file's header and refuses files that lack what a bill needs. */
import { AppError } from '../../core/errors.ts';
import {
  COST_COLUMNS,
  detectVersion,
  meantColumn,
  PROVIDER_COLUMNS,
  READ_COLUMNS,
  type ReadColumn,
} from './focus-columns.ts';
import { foreignFormat } from './foreign-format.ts';

export interface ColumnMap {
  readonly focusVersion: string;
  /** Where each read column is, by position in the file. */
  readonly positions: ReadonlyMap<ReadColumn, number>;
  readonly warnings: readonly string[];
}

const REQUIRED = ['ChargePeriodStart', 'BillingCurrency', 'ChargeCategory', 'ServiceName'] as const;
/** Without these the money is right but less can be said about it. */
const EXPECTED = [
  'BillingAccountId',
  'BillingPeriodStart',
  'ChargePeriodEnd',
  'BilledCost',
  'EffectiveCost',
  'ListCost',
  'ContractedCost',
  'ServiceCategory',
  'Tags',
] as const;

/**
 * Maps a header. BillingAccountId, BillingPeriodStart and ChargePeriodEnd may be missing although FOCUS wants
 * them: the money is still right, and it is said. Throws INVALID when the file is not FOCUS.
 */
export function mapColumns(path: string, names: readonly string[]): ColumnMap {
  const warnings: string[] = [];
  const positions = new Map<string, number>();
  const ignored: string[] = [];
  for (const [position, name] of names.entries()) {
    if (READ_COLUMNS.some((column) => column === name) && names.indexOf(name) !== position)
      throw new AppError('INVALID', `${path} has the column ${name} twice.`, {
        hint: 'Export it with each column once.',
      });
    if (meantColumn(name) === name) positions.set(name, position);
  }
  for (const [position, name] of names.entries()) {
    const meant = meantColumn(name);
    if (meant === name) continue;
    if (meant === undefined || positions.has(meant)) {
      if (name !== '') ignored.push(name);
      continue;
    }
    positions.set(meant, position);
    warnings.push(`Column "${cut(name)}" is read as ${meant}.`);
  }
  refuseUnlessFocus(path, names, positions);
  const missing = EXPECTED.filter((column) => !positions.has(column));
  if (missing.length > 0)
    warnings.push(
      `Missing ${missing.length === 1 ? 'column' : 'columns'}: ${missing.map(consequence).join('; ')}.`,
    );
  if (ignored.length > 0) warnings.push(`Ignored columns that are not FOCUS: ${listed(ignored, 10)}.`);
  return { focusVersion: detectVersion(new Set(positions.keys())), positions: readOnly(positions), warnings };
}

function refuseUnlessFocus(
  path: string,
  names: readonly string[],
  positions: ReadonlyMap<string, number>,
): void {
  const missing: string[] = REQUIRED.filter((column) => !positions.has(column));
  if (!PROVIDER_COLUMNS.some((column) => positions.has(column)))
    missing.push('ProviderName (or ServiceProviderName)');
  if (!positions.has('BilledCost') && !positions.has('EffectiveCost'))
    missing.push('BilledCost or EffectiveCost');
  if (missing.length === 0) return;
  const foreign = foreignFormat(names);
  throw new AppError(
    'INVALID',
    `${path} is not a FOCUS file: missing ${missing.join(', ')}. Found ${names.length} ${names.length === 1 ? 'column' : 'columns'}: ${listed(names, 8)}.`,
    { hint: foreign ?? 'Export the charges in FOCUS format (1.0 or newer).' },
  );
}

function consequence(column: (typeof EXPECTED)[number]): string {
  if (COST_COLUMNS.some((cost) => cost === column)) return `${column} (unknown, not zero)`;
  if (column === 'BillingAccountId')
    return 'BillingAccountId (all charges are filed under one unnamed account)';
  if (column === 'BillingPeriodStart') return 'BillingPeriodStart (the month of each charge is taken)';
  if (column === 'ChargePeriodEnd') return 'ChargePeriodEnd (the newest day is taken as still arriving)';
  return column;
}

function readOnly(positions: ReadonlyMap<string, number>): ReadonlyMap<ReadColumn, number> {
  const found = READ_COLUMNS.flatMap((column) => {
    const position = positions.get(column);
    return position === undefined ? [] : [[column, position] as const];
  });
  return new Map(found);
}

function listed(names: readonly string[], most: number): string {
  const shown = names.slice(0, most).map(cut).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

function cut(name: string): string {
  return name.length > 60 ? `${name.slice(0, 60)}…` : name;
}
