/** Google Cloud: the billing export in BigQuery, standard, detailed or FOCUS. */
import type { BillingSource } from '../types.ts';
import { about } from './about.ts';
import { checkAccess } from './check.ts';
import { fetchCharges } from './fetch.ts';
import { permissionsOf } from './permissions.ts';
import { type BigQuerySettings, settings } from './settings.ts';

export const gcpBigQuery: BillingSource<BigQuerySettings> = {
  id: 'gcp-bigquery',
  about,
  settings,
  permissions: permissionsOf,
  check: checkAccess,
  fetch: fetchCharges,
};
