/** Azure Cost Management's Query API: actual and amortized cost per day, by service, charge type, tags and more. */
import type { BillingSource } from '../types.ts';
import { about } from './about.ts';
import { check } from './check.ts';
import { fetchCosts } from './fetch.ts';
import { permissions } from './permissions.ts';
import { type AzureSettings, azureSettings } from './settings.ts';

export const azureCostManagement: BillingSource<AzureSettings> = {
  id: 'azure-cost-management',
  about,
  settings: azureSettings,
  permissions,
  check,
  fetch: fetchCosts,
};
