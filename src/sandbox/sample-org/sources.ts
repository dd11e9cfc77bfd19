/** The five bills: who issues them, in which currency and format, and how late they are. */
import type { Day } from '../../core/day.ts';
import type { SourceName } from './meter.ts';
import type { Environment } from './types.ts';

export interface BillSource {
  readonly name: SourceName;
  readonly provider: string;
  readonly issuer: string;
  readonly publisher: string;
  readonly currency: string;
  readonly billingAccountId: string;
  readonly billingAccountName: string;
  readonly billingAccountType: string;
  /** Days before today of the newest day in the file, and how much of that day is there. */
  readonly lag: number;
  readonly newest: number;
  /** Thousandths of the list price that are paid. */
  readonly contracted: bigint;
  readonly region: string;
  readonly accountType: string;
  readonly accounts: Readonly<Record<Environment | 'shared', { readonly id: string; readonly name: string }>>;
  /** How this bill writes a day's midnight. */
  readonly midnight: (day: Day) => string;
}

export const SOURCES: Readonly<Record<SourceName, BillSource>> = {
  aws: {
    name: 'aws',
    provider: 'AWS',
    issuer: 'Amazon Web Services, Inc.',
    publisher: 'Amazon Web Services, Inc.',
    currency: 'USD',
    billingAccountId: '418302957716',
    billingAccountName: 'Wrenfield GmbH',
    billingAccountType: 'Management account',
    // The export of the evening before: yesterday until 18:00.
    lag: 1,
    newest: 0.75,
    contracted: 1000n,
    region: 'us-east-1',
    accountType: 'Member account',
    accounts: {
      prod: { id: '730146285519', name: 'wrenfield-ml-prod' },
      staging: { id: '902817364405', name: 'wrenfield-ml-staging' },
      dev: { id: '556093718242', name: 'wrenfield-ml-dev' },
      shared: { id: '284610957338', name: 'wrenfield-shared' },
    },
    midnight: (day) => `${day}T00:00:00.000Z`,
  },
  gcp: {
    name: 'gcp',
    provider: 'Google Cloud',
    issuer: 'Google Cloud EMEA Limited',
    publisher: 'Google Cloud',
    currency: 'USD',
    billingAccountId: '01C7E2-9A40F5-3BD816',
    billingAccountName: 'Wrenfield',
    billingAccountType: 'Billing account',
    lag: 2,
    newest: 0.625,
    contracted: 950n,
    region: 'europe-west4',
    accountType: 'Project',
    accounts: {
      prod: { id: '548201937465', name: 'wrenfield-ml-prod' },
      staging: { id: '617350284911', name: 'wrenfield-ml-staging' },
      dev: { id: '702946158330', name: 'wrenfield-ml-dev' },
      shared: { id: '391827465002', name: 'wrenfield-shared' },
    },
    midnight: (day) => `${day}T00:00:00Z`,
  },
  azure: {
    name: 'azure',
    provider: 'Microsoft',
    issuer: 'Microsoft',
    publisher: 'Microsoft',
    currency: 'EUR',
    billingAccountId: '/providers/Microsoft.Billing/billingAccounts/71530922',
    billingAccountName: 'Wrenfield GmbH',
    billingAccountType: 'Billing Profile',
    lag: 3,
    newest: 0.5,
    contracted: 920n,
    region: 'westeurope',
    accountType: 'Subscription',
    accounts: {
      prod: { id: '/subscriptions/5b0f6c1e-7d32-4a19-9c84-2e61f0a7d358', name: 'Wrenfield ML Production' },
      staging: { id: '/subscriptions/c48e2a97-1f60-4d3b-b5a2-90e7d6134fc8', name: 'Wrenfield ML Staging' },
      dev: { id: '/subscriptions/e2937d05-6ab8-4c71-8f1e-4d05b9c36a12', name: 'Wrenfield ML Development' },
      shared: { id: '/subscriptions/0d6a84f3-52c9-4e07-a1bd-7f38e2c915b6', name: 'Wrenfield Shared' },
    },
    midnight: (day) => `${day}T00:00Z`,
  },
  openai: vendor('openai', 'OpenAI', 'OpenAI, L.L.C.', 'org-h7Vq2MxT9bLd4Rk'),
  anthropic: vendor('anthropic', 'Anthropic', 'Anthropic, PBC', 'd1f7c2a0-93be-4c58-8e41-6b0a7f25d9e3'),
};

/** LLM vendors: one organisation, a project or workspace per product and environment, no tags. */
function vendor(name: 'openai' | 'anthropic', provider: string, issuer: string, account: string): BillSource {
  const none = { id: '', name: '' };
  return {
    name,
    provider,
    issuer,
    publisher: provider,
    currency: 'USD',
    billingAccountId: account,
    billingAccountName: 'Wrenfield',
    billingAccountType: 'Organization',
    lag: 1,
    newest: 1,
    contracted: 1000n,
    region: '',
    accountType: name === 'openai' ? 'Project' : 'Workspace',
    accounts: { prod: none, staging: none, dev: none, shared: none },
    midnight: (day) => `${day}T00:00:00Z`,
  };
}
