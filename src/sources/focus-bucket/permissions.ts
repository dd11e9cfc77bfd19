/** The least that has to be granted, per cloud. */
import type { Permissions } from '../types.ts';
import type { FocusBucketSettings } from './settings.ts';

/** For the configured location, or all three clouds with placeholders. */
export function permissions(settings: FocusBucketSettings | undefined): Permissions {
  const cloud = settings?.location.cloud;
  const documents = [
    ...(cloud === undefined || cloud === 's3' ? [iamPolicy(settings)] : []),
    ...(cloud === undefined || cloud === 'gcs' ? [gcloud(settings)] : []),
    ...(cloud === undefined || cloud === 'azure' ? [az(settings)] : []),
  ];
  return { summary: 'Read and list the objects of the export, and nothing else in the bucket.', documents };
}

function iamPolicy(settings: FocusBucketSettings | undefined) {
  const bucket = settings?.location.bucket ?? 'BUCKET';
  const prefix = settings?.location.prefix ?? 'PREFIX/';
  const partition = /^arn:(aws[a-z-]*):/.exec(settings?.roleArn ?? '')?.[1] ?? 'aws';
  const arn = `arn:${partition}:s3:::${bucket}`;
  const policy = {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'ListExports',
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: arn,
        ...(prefix !== '' && { Condition: { StringLike: { 's3:prefix': `${prefix}*` } } }),
      },
      { Sid: 'ReadExports', Effect: 'Allow', Action: 's3:GetObject', Resource: `${arn}/${prefix}*` },
    ],
  };
  return {
    title: 'IAM policy for the user or role of Pennywatch (Amazon S3)',
    language: 'json' as const,
    text: JSON.stringify(policy, null, 2),
  };
}

function gcloud(settings: FocusBucketSettings | undefined) {
  const bucket = settings?.location.bucket ?? 'BUCKET';
  return {
    title: 'Role of the service account (Google Cloud Storage)',
    language: 'sh' as const,
    text: `gcloud storage buckets add-iam-policy-binding gs://${bucket} \\
  --member=serviceAccount:SERVICE_ACCOUNT \\
  --role=roles/storage.objectViewer`,
  };
}

function az(settings: FocusBucketSettings | undefined) {
  const { account = 'https://ACCOUNT.blob.core.windows.net', bucket = 'CONTAINER' } =
    settings?.location ?? {};
  const name = new URL(account).hostname.split('.')[0] ?? 'ACCOUNT';
  return {
    title: 'Role of the identity (Azure Blob Storage)',
    language: 'sh' as const,
    text: `az role assignment create --role "Storage Blob Data Reader" --assignee PRINCIPAL_ID \\
  --scope "/subscriptions/SUBSCRIPTION/resourceGroups/GROUP/providers/Microsoft.Storage/storageAccounts/${settings ? name : 'ACCOUNT'}/blobServices/default/containers/${bucket}"`,
  };
}
