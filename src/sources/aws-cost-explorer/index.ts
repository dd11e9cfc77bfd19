/** AWS's bill from Cost Explorer, with as few of its $0.01 requests as possible. */
import type { BillingSource } from '../types.ts';
import { about } from './about.ts';
import { checkAccess } from './check.ts';
import { fetchBills } from './fetch.ts';
import { permissionsOf } from './permissions.ts';
import { AwsSettings } from './settings.ts';

export const awsCostExplorer: BillingSource<AwsSettings> = {
  id: 'aws-cost-explorer',
  about,
  settings: AwsSettings,
  permissions: permissionsOf,
  check: checkAccess,
  fetch: fetchBills,
};
