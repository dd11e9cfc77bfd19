/** What has to be configured to ask Azure Cost Management. */
import type { ZodType } from 'zod';
import { field, mapping, name, names, oneOf, text } from '../../core/field.ts';
import { DIMENSION_NAMES, type DimensionName } from './dimensions.ts';
import { findNested, parseScope, type Scope } from './scope.ts';

export interface AzureSettings {
  readonly scopes: readonly Scope[];
  readonly tags: readonly string[];
  readonly dimensions: readonly DimensionName[];
  readonly amortized: boolean;
  readonly amount: 'Cost' | 'PreTaxCost';
  readonly groupings: number;
  readonly queries: number;
  readonly baseUrl?: string | undefined;
  readonly apiVersion: string;
  readonly clientType: string;
  readonly tenantVariable: string;
  readonly clientVariable: string;
  readonly secretVariable: string;
  readonly accessTokenVariable: string;
}

/** Two in the API's documentation; more is taken by the service today, which the setting `groupings` makes use of. */
export const DOCUMENTED_GROUPINGS = 2;

const SCOPE =
  'the path of a subscription, resource group, management group, billing account or billing profile, for example /subscriptions/00000000-0000-0000-0000-000000000000';
const DISTINCT = 'scopes of which none lies within another, because its cost would be counted twice';

const scopes = names('at least one scope', 1)
  .refine((list) => list.every((value) => parseScope(value) !== undefined), SCOPE)
  .transform((list) => list.flatMap((value) => parseScope(value) ?? []))
  .refine((list) => findNested(list) === undefined, DISTINCT);

const variable = (fallback: string, meaning: string) =>
  field(
    name('the name of an environment variable', (value) => /^[A-Za-z_]\w*$/.test(value)).default(fallback),
    { type: 'text', meaning, fallback },
  );

const whole = (expected: string, from: number, to: number, fallback: number) =>
  text(expected, (value) => /^\d{1,4}$/.test(value) && Number(value) >= from && Number(value) <= to)
    .transform(Number)
    .default(fallback);

export const azureSettings: ZodType<AzureSettings> = mapping({
  scopes: field(scopes, {
    type: 'list of text',
    meaning: 'Whose cost is asked for; none may lie within another.',
  }),
  tags: field(
    names('a list of tag keys')
      .refine(
        (keys) => new Set(keys.map((key) => key.toLowerCase())).size === keys.length,
        'different tag keys',
      )
      .default([]),
    {
      type: 'list of text',
      meaning: 'Tag keys that charges are broken down by, most important first.',
      fallback: 'none',
    },
  ),
  dimensions: field(
    names('a list of dimensions')
      .refine((list) => list.every(isDimension), `some of ${DIMENSION_NAMES.join(', ')}`)
      .transform((list) => list.filter(isDimension))
      .default(['SubscriptionId', 'ChargeType']),
    {
      type: 'list of text',
      meaning: `What else charges are broken down by, beside the service: ${DIMENSION_NAMES.filter((each) => each !== 'ServiceName').join(', ')}.`,
      fallback: 'SubscriptionId, ChargeType',
    },
  ),
  amortized: field(
    oneOf(['yes', 'no'])
      .default('yes')
      .transform((value) => value === 'yes'),
    {
      type: 'yes or no',
      meaning: 'Whether amortized cost is asked for too, as EffectiveCost.',
      fallback: 'yes',
    },
  ),
  amount: field(oneOf(['Cost', 'PreTaxCost']).default('Cost'), {
    type: 'Cost or PreTaxCost',
    meaning: 'Which amount is added up, in the billing currency.',
    fallback: 'Cost',
  }),
  groupings: field(whole('a whole number from 2 to 10', 2, 10, DOCUMENTED_GROUPINGS), {
    type: 'number',
    meaning:
      'Groupings per query. The documentation promises 2; more make fewer queries where the service takes them.',
    fallback: '2',
  }),
  queries: field(whole('a whole number from 1 to 1000', 1, 1000, 60), {
    type: 'number',
    meaning: 'Queries at most per scope, month and cost type; what is not broken down by then stays whole.',
    fallback: '60',
  }),
  baseUrl: field(name('a https address, or a http one of this machine', isSafeAddress).optional(), {
    type: 'text',
    meaning: 'Azure Resource Manager, where it is not the public one.',
    fallback: 'AZURE_RESOURCE_MANAGER_URL, else https://management.azure.com',
  }),
  apiVersion: field(
    name('a version like 2025-03-01', (value) => /^\d{4}-\d\d-\d\d(-preview)?$/.test(value)).default(
      '2025-03-01',
    ),
    { type: 'text', meaning: 'Version of the Query API.', fallback: '2025-03-01' },
  ),
  clientType: field(
    name('letters, digits, - and _', (value) => /^[\w-]{1,60}$/.test(value)).default('Pennywatch'),
    { type: 'text', meaning: 'Sent as ClientType, which gives a quota of its own.', fallback: 'Pennywatch' },
  ),
  tenantVariable: variable('AZURE_TENANT_ID', 'Variable that holds the tenant.'),
  clientVariable: variable('AZURE_CLIENT_ID', 'Variable that holds the app registration (client id).'),
  secretVariable: variable('AZURE_CLIENT_SECRET', 'Variable that holds its client secret.'),
  accessTokenVariable: variable(
    'AZURE_ACCESS_TOKEN',
    'Variable that holds a ready access token, for emulators.',
  ),
});

function isDimension(value: string): value is DimensionName {
  return DIMENSION_NAMES.some((known) => known === value);
}

/** A token must not cross a network in the clear. */
export function isSafeAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, search, hash } = new URL(address);
  if (username || search || hash) return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

export function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}
