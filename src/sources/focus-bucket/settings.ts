/** What is configured: where the exports are, and by which credentials they are read. */
import type { output } from 'zod';
import { field, mapping, name, oneOf } from '../../core/field.ts';

const LOCATION =
  's3://bucket/prefix, gs://bucket/prefix or https://ACCOUNT.blob.core.windows.net/container/prefix';

export interface Location {
  readonly cloud: 's3' | 'gcs' | 'azure';
  /** Bucket or container. */
  readonly bucket: string;
  /** Empty, or ends with a slash. */
  readonly prefix: string;
  /** Of Azure: "https://ACCOUNT.blob.core.windows.net". */
  readonly account: string;
  /** As people write it, without a trailing slash. */
  readonly shown: string;
}

/** Where a location text points; undefined when it is none. */
export function parseLocation(text: string): Location | undefined {
  const parts =
    /^(s3|gs):\/\/([a-z0-9][a-z0-9._-]{1,221})(?:\/(.*))?$/.exec(text) ??
    /^(https:\/\/[a-z0-9-]+\.blob\.[a-z0-9.-]+)\/([a-z0-9$-]{1,63})(?:\/(.*))?$/i.exec(text);
  const [, scheme = '', bucket = '', path = ''] = parts ?? [];
  if (!parts || /[?#]/.test(text)) return undefined;
  const prefix = path.replace(/^\/+|\/+$/g, '');
  const cloud = scheme === 's3' ? 's3' : scheme === 'gs' ? 'gcs' : 'azure';
  const start = cloud === 'azure' ? scheme : `${scheme}:/`;
  return {
    cloud,
    bucket,
    prefix: prefix === '' ? '' : `${prefix}/`,
    account: cloud === 'azure' ? scheme : '',
    shown: [start, bucket, ...(prefix === '' ? [] : [prefix])].join('/'),
  };
}

const URL_TEXT = 'an address starting with https:// or http://';
const VARIABLE = 'the name of an environment variable';
const isVariable = (text: string) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);

export const FocusBucketSettings = mapping({
  location: field(
    name(LOCATION, (text) => parseLocation(text) !== undefined).transform(
      (text) =>
        parseLocation(text) ?? { cloud: 's3' as const, bucket: '', prefix: '', account: '', shown: '' },
    ),
    {
      type: 'text',
      meaning: `Where the exports are: ${LOCATION}. Everything below the prefix is looked at.`,
    },
  ),
  endpoint: field(name(URL_TEXT, (text) => /^https?:\/\/[^\s/?#]+/.test(text)).optional(), {
    type: 'text',
    meaning: 'Address of an S3-compatible store (MinIO, R2 …), a Cloud Storage or a Blob Storage emulator.',
    fallback: 'the cloud itself, or what AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL or STORAGE_EMULATOR_HOST say',
  }),
  region: field(name('an AWS region such as eu-central-1', (text) => /^[a-z0-9-]+$/.test(text)).optional(), {
    type: 'text',
    meaning: 'AWS region of the bucket; a wrong one is followed to the right one.',
    fallback: 'AWS_REGION, or us-east-1',
  }),
  pathStyle: field(
    oneOf(['true', 'false'])
      .transform((text) => text === 'true')
      .optional(),
    {
      type: 'true or false',
      meaning: 'Whether the bucket is named in the path of S3 addresses and not in their host.',
      fallback: 'true with an endpoint, else false',
    },
  ),
  roleArn: field(
    name('the ARN of a role', (text) => /^arn:aws[a-z-]*:iam::\d{12}:role\/.+/.test(text)).optional(),
    {
      type: 'text',
      meaning: 'Role of another AWS account that is assumed to read the bucket.',
    },
  ),
  externalId: field(name('text').optional(), {
    type: 'text',
    meaning: "External id that the role's trust policy asks for.",
  }),
  accessKeyVariable: field(name(VARIABLE, isVariable).default('AWS_ACCESS_KEY_ID'), {
    type: 'text',
    meaning: 'Variable that holds the access key id, for S3-compatible stores beside AWS.',
    fallback: 'AWS_ACCESS_KEY_ID',
  }),
  secretKeyVariable: field(name(VARIABLE, isVariable).default('AWS_SECRET_ACCESS_KEY'), {
    type: 'text',
    meaning: 'Variable that holds the secret access key that belongs to it.',
    fallback: 'AWS_SECRET_ACCESS_KEY',
  }),
  tokenVariable: field(name(VARIABLE, isVariable).default('CLOUDSDK_AUTH_ACCESS_TOKEN'), {
    type: 'text',
    meaning: 'Variable that holds an access token for Cloud Storage, instead of the default credentials.',
    fallback: 'CLOUDSDK_AUTH_ACCESS_TOKEN',
  }),
  sasVariable: field(name(VARIABLE, isVariable).default('AZURE_STORAGE_SAS_TOKEN'), {
    type: 'text',
    meaning:
      'Variable that holds a shared access signature for Blob Storage, instead of a signed-in identity.',
    fallback: 'AZURE_STORAGE_SAS_TOKEN',
  }),
});
export type FocusBucketSettings = output<typeof FocusBucketSettings>;
