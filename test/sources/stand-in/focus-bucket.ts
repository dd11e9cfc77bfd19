/** Stand-in of a bucket with FOCUS exports, in any of the three clouds, laid out as that cloud does it. */
import { gzipSync } from 'node:zlib';
import { addDays, addMonths, endOfMonth } from '../../../src/core/day.ts';
import { azureBlobVendor, SAS } from './azure-blob.ts';
import { createObjects, type Objects } from './focus-bucket-objects.ts';
import { GCS_TOKEN, gcsVendor } from './gcs.ts';
import { S3_KEYS, s3Vendor } from './s3.ts';
import { type StandIn, startStandIn, type Vendor } from './server.ts';
import type { TruthCharge } from './truth.ts';

export type Cloud = 's3' | 'gcs' | 'azure';

export interface FocusBucketStandIn extends StandIn {
  readonly objects: Objects;
}

const BUCKET = 'exports';

export async function startFocusBucket(
  options: { port?: number; cloud?: Cloud; pageSize?: number } = {},
): Promise<FocusBucketStandIn> {
  const { cloud = 's3' } = options;
  const objects = createObjects(options.pageSize);
  const server = await startStandIn(vendorOf(cloud, objects), options.port);
  const billed = new Set<string>();
  return {
    ...server,
    ...pointers(cloud, server.url),
    objects,
    bill(charges) {
      for (const key of billed) objects.remove(key);
      billed.clear();
      // Delivered in the night to the last day there is.
      const last = charges
        .map(({ day }) => day)
        .sort()
        .at(-1);
      for (const [month, rows] of byMonth(charges))
        for (const [key, body] of exported(cloud, month, rows)) {
          objects.put(key, body, `${last}T03:00:00Z`);
          billed.add(key);
        }
    },
    revoke(revoked) {
      objects.revoked = revoked;
    },
  };
}

function vendorOf(cloud: Cloud, objects: Objects): Vendor {
  return {
    s3: () => s3Vendor(objects, BUCKET),
    gcs: () => gcsVendor(objects, BUCKET),
    azure: () => azureBlobVendor(objects, 'acct', BUCKET),
  }[cloud]();
}

function pointers(cloud: Cloud, url: string): Pick<StandIn, 'variables' | 'options'> {
  return {
    s3: {
      variables: { ...S3_KEYS, AWS_ENDPOINT_URL_S3: url },
      options: { location: `s3://${BUCKET}/focus` },
    },
    gcs: {
      variables: { CLOUDSDK_AUTH_ACCESS_TOKEN: GCS_TOKEN },
      options: { location: `gs://${BUCKET}/focus`, endpoint: url },
    },
    azure: {
      variables: { AZURE_STORAGE_SAS_TOKEN: SAS },
      options: {
        location: `https://acct.blob.core.windows.net/${BUCKET}/focus`,
        endpoint: `${url}/acct`,
      },
    },
  }[cloud];
}

/** Keys and contents of a month's export, the manifest last. */
export function exported(
  cloud: Cloud,
  month: string,
  charges: readonly TruthCharge[],
): [string, Buffer | string][] {
  const half = Math.ceil(charges.length / 2);
  const parts = [charges.slice(0, half), charges.slice(half)]
    .filter((rows) => rows.length > 0)
    .map((rows) => gzipSync(focusCsv(rows)));
  const [from, to] = [`${month}-01`, endOfMonth(`${month}-01`)].map((day) => day.replaceAll('-', ''));
  const run = `focus/daily/${from}-${to}/0a1b2c3d-0000-4000-8000-00000000${month.replace('-', '').slice(2)}`;
  const folder = {
    s3: `focus/daily/data/BILLING_PERIOD=${month}/daily-`,
    gcs: `focus/${month}/part-`,
    azure: `${run}/part_0_`,
  }[cloud];
  const files = parts.map((body, index): [string, Buffer] => [`${folder}0000${index + 1}.csv.gz`, body]);
  if (cloud === 'gcs') return files;
  if (cloud === 's3')
    return [
      ...files,
      [
        `focus/daily/metadata/BILLING_PERIOD=${month}/daily-Manifest.json`,
        JSON.stringify({ dataFiles: files.map(([key]) => `s3://${BUCKET}/${key}`), columns: [] }),
      ],
    ];
  const blobs = files.map(([blobName, body]) => ({ blobName, byteCount: body.length, dataRowCount: half }));
  return [
    ...files,
    [
      `${run}/manifest.json`,
      JSON.stringify({ manifestVersion: '2024-04-01', blobCount: blobs.length, blobs }),
    ],
  ];
}

function byMonth(charges: readonly TruthCharge[]): Map<string, TruthCharge[]> {
  const months = new Map<string, TruthCharge[]>();
  for (const charge of charges) {
    const month = charge.day.slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), charge]);
  }
  return months;
}

/** FOCUS 1.2 as CSV. */
export function focusCsv(charges: readonly TruthCharge[]): string {
  const rows = charges.map((charge) => {
    const month = `${charge.day.slice(0, 7)}-01`;
    const cells = {
      BilledCost: charge.amount,
      EffectiveCost: charge.amount,
      ListCost: charge.amount,
      ContractedCost: charge.amount,
      BillingAccountId: '999999999999',
      BillingAccountType: 'Management',
      BillingCurrency: charge.currency,
      BillingPeriodStart: `${month}T00:00:00Z`,
      BillingPeriodEnd: `${addMonths(month, 1)}T00:00:00Z`,
      ChargePeriodStart: `${charge.day}T00:00:00Z`,
      ChargePeriodEnd: `${addDays(charge.day, 1)}T00:00:00Z`,
      ChargeCategory: charge.amount.startsWith('-') ? 'Credit' : 'Usage',
      ProviderName: 'Stand-in Cloud',
      ServiceName: charge.service,
      ServiceCategory: 'Compute',
      SubAccountId: charge.account,
      Tags: JSON.stringify(charge.tags),
    };
    return cells;
  });
  const header = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) =>
    Object.values(row)
      .map((cell) => `"${cell.replaceAll('"', '""')}"`)
      .join(','),
  );
  return `${[header.join(','), ...lines].join('\n')}\n`;
}
