/** What people and the polling flow have to know about exports in buckets. */
import type { SourceFacts } from '../types.ts';

export const about: SourceFacts = {
  title: 'FOCUS and CUR 2.0 exports in a bucket',
  schedule: '11 */4 * * *',
  lagDays: 2,
  trailingDays: 3,
  monthFinalOnDay: 15,
  historyMonths: 13,
  chunkMonths: 13,
  notes: [
    'Reads Amazon S3 (and what speaks its API), Google Cloud Storage and Azure Blob Storage.',
    'Clouds deliver exports one to six times a day and correct the month before until about the 15th.',
    'A poll lists the prefix and downloads only the periods that changed, each whole; a bill is replaced whole.',
    'Costs of polling are those of the bucket: about $0.005 per 1,000 listings, plus traffic out of the region.',
    'FOCUS 1.0 to 1.3 and AWS CUR 2.0 are read, as CSV, CSV.gz and Parquet.',
    'A period whose manifest names a missing file waits for the next poll; nothing is imported by halves.',
  ],
  example: `sources:
  - kind: focus-bucket
    location: s3://my-exports/focus`,
  steps: [
    'AWS: in Billing and Cost Management > Data Exports, create a "FOCUS 1.2 with AWS columns" export (daily, gzip or Parquet, overwrite) to a bucket.',
    'AWS: attach the policy that `pennywatch permissions focus-bucket` prints; give its keys by variables, or a role by `roleArn`.',
    'Azure: in Cost Management > Exports, create "Cost and usage details (FOCUS)", daily, month to date, gzip, with file partitioning.',
    'Azure: grant "Storage Blob Data Reader" on the container, or set a shared access signature in `AZURE_STORAGE_SAS_TOKEN`.',
    'Google Cloud: export the FOCUS view from BigQuery to a bucket as Parquet by a scheduled query, one folder per month.',
    'Google Cloud: grant `roles/storage.objectViewer`, and set `GOOGLE_APPLICATION_CREDENTIALS` or run under that service account.',
    'Write `location` under `sources:` in pennywatch.yaml: the folder that the export is delivered to.',
    'Run `pennywatch doctor`: it lists the folder and says what it recognised.',
    'Run `pennywatch poll focus-bucket`.',
  ],
  variables: {
    AWS_ACCESS_KEY_ID: "S3: access key id; without it the SDK's usual chain (profile, SSO, role) is asked",
    AWS_SECRET_ACCESS_KEY: 'S3: secret access key that belongs to it',
    AWS_SESSION_TOKEN: 'S3: token of temporary keys',
    AWS_REGION: 'S3: region of the bucket, also AWS_DEFAULT_REGION',
    AWS_ENDPOINT_URL_S3: 'S3: address of an S3-compatible store or emulator, also AWS_ENDPOINT_URL',
    AWS_ENDPOINT_URL_STS: 'S3: address of the service that hands out roles',
    GOOGLE_APPLICATION_CREDENTIALS: 'Cloud Storage: key file of the service account',
    CLOUDSDK_AUTH_ACCESS_TOKEN: 'Cloud Storage: an access token instead of it',
    STORAGE_EMULATOR_HOST: 'Cloud Storage: address of an emulator',
    AZURE_STORAGE_SAS_TOKEN: 'Blob Storage: shared access signature with read and list',
    AZURE_STORAGE_CONNECTION_STRING: 'Blob Storage: connection string instead of it',
    AZURE_TENANT_ID: 'Blob Storage: tenant of the application, with AZURE_CLIENT_ID and AZURE_CLIENT_SECRET',
  },
};
