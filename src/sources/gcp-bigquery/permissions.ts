/** What has to be granted in Google Cloud, as commands. */
import type { Permissions } from '../types.ts';
import { type BigQuerySettings, fullName } from './settings.ts';

const ROLE = `title: Pennywatch billing reader
stage: GA
includedPermissions:
- bigquery.tables.get
- bigquery.tables.getData`;

export function permissionsOf(settings: BigQuerySettings | undefined): Permissions {
  const table = settings?.table ?? { project: 'PROJECT', dataset: 'DATASET', table: 'TABLE' };
  const project = settings?.project ?? table.project;
  const account = `pennywatch@${project}.iam.gserviceaccount.com`;
  const onTable = `${table.project}:${table.dataset}.${table.table}`;
  return {
    summary: `A service account may run queries in the project ${project} and read the table ${fullName(table)}; it sees no other data.`,
    documents: [
      {
        title: 'Commands (Cloud Shell)',
        language: 'sh',
        text: [
          `gcloud iam service-accounts create pennywatch --project=${project}`,
          `gcloud projects add-iam-policy-binding ${project} --member=serviceAccount:${account} --role=roles/bigquery.jobUser --condition=None`,
          `bq add-iam-policy-binding --member=serviceAccount:${account} --role=roles/bigquery.dataViewer '${onTable}'`,
          `gcloud services enable bigquery.googleapis.com --project=${project}`,
        ].join('\n'),
      },
      {
        title: 'Custom role with less than roles/bigquery.dataViewer (role.yaml)',
        language: 'text',
        text: ROLE,
      },
      {
        title: 'Commands for the custom role',
        language: 'sh',
        text: [
          `gcloud iam roles create pennywatchBillingReader --project=${table.project} --file=role.yaml`,
          `bq add-iam-policy-binding --member=serviceAccount:${account} --role=projects/${table.project}/roles/pennywatchBillingReader '${onTable}'`,
        ].join('\n'),
      },
      {
        title: 'Permissions in use',
        language: 'text',
        text: `on the project ${project}: bigquery.jobs.create\non the table: bigquery.tables.get, bigquery.tables.getData\non the dataset (optional, to name the exports when the table's name is wrong): bigquery.tables.list`,
      },
    ],
  };
}
