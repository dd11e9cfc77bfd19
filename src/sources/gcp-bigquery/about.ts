/** What is to be known about polling a billing export in BigQuery. */
import type { SourceFacts } from '../types.ts';

export const about: SourceFacts = {
  title: 'Google Cloud (billing export in BigQuery)',
  schedule: '23 */6 * * *',
  lagDays: 2,
  trailingDays: 5,
  monthFinalOnDay: 10,
  historyMonths: 13,
  chunkMonths: 1,
  notes: [
    'Lag: Google loads the export several times a day without a guarantee; most rows come within a day, some services report days later. Days that got late rows are found by export_time and fetched again, up to 400 days back.',
    'Cost: no charge per request. Queries read bytes at $6.25 per TiB on demand, at least 10 MB each; the first TiB of a month is free. Every query is first run dry and refused above maximumBytesBilled (20 GiB, about $0.12).',
    'A poll runs two queries: what was exported lately, and the charges of the newest days. A month of history reads all days since, so the first polls read the most.',
    'History: an export starts when it is switched on; with a dataset in the US or EU multi-region it begins with the month before.',
    'Days are UTC. The invoice month may differ from the month of use; both are kept.',
    'BilledCost is the net cost: discounts (sustained and committed use, free tier, negotiated) are taken off the usage, promotions and other credits are charges of the category Credit. Fees of commitments are not spread: EffectiveCost equals BilledCost, except in the FOCUS export.',
    'Google gives the FOCUS export as a preview; it has no service categories.',
    'With GCP_ACCESS_TOKEN (or accessTokenVariable) that token is used in place of Application Default Credentials; an apiEndpoint that is not Google gets no other credentials.',
  ],
  example: `sources:
  - name: gcp
    kind: gcp-bigquery
    table: acme-billing.billing.gcp_billing_export_v1_01ABCD_234567_89EFAB
`,
  steps: [
    'In the console, open Billing → Billing export → BigQuery export, and switch on "Standard usage cost" (or "Detailed usage cost" when single resources are wanted), into a dataset in the US or EU multi-region.',
    'Wait until the table shows up in the dataset: some hours, and up to five days until the month before is there.',
    'Run the commands of `pennywatch permissions gcp-bigquery`: a service account that may run queries and read this one table.',
    'Give Pennywatch the account: attach it to the machine, use workload identity, or make a key file and set `GOOGLE_APPLICATION_CREDENTIALS` to its path.',
    'Write the table as `project.dataset.table` under `sources:` in pennywatch.yaml.',
    'If queries are to be paid by another project, name it as `project`.',
    'List the label keys your rules use as `labels`, unless they are among the usual ones.',
    'Run `pennywatch doctor`: it asks for the table and says what a query reads.',
    'Run `pennywatch poll gcp-bigquery` and compare a closed month with Billing → Reports.',
  ],
  variables: {
    GOOGLE_APPLICATION_CREDENTIALS:
      "Path of the service account's key file (or workload identity configuration); not needed where an account is attached.",
    GCP_ACCESS_TOKEN: 'An access token in place of credentials, for trying out and for emulators.',
    BIGQUERY_API_ENDPOINT: 'Where BigQuery is asked, for emulators and private end points.',
  },
};
