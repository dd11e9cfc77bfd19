/** Billing source: FOCUS and CUR 2.0 exports in Amazon S3, Google Cloud Storage and Azure Blob Storage. */
import type { BillingSource } from '../types.ts';
import { about } from './about.ts';
import { checkBucket } from './check.ts';
import { fetchExports } from './fetch.ts';
import { permissions } from './permissions.ts';
import { FocusBucketSettings } from './settings.ts';

export const focusBucket: BillingSource<FocusBucketSettings> = {
  id: 'focus-bucket',
  about,
  settings: FocusBucketSettings,
  permissions,
  check: checkBucket,
  fetch: fetchExports,
};
