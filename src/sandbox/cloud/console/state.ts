/** Reads every stand-in as it is now, for the page. */

import type { SampleCloud, SampleProvider } from '../sample/index.ts';
import { CLUSTER } from '../sample/kubernetes.ts';
import type { StandIn } from '../types.ts';
import { awsRows } from './aws-rows.ts';
import { azureRows, gcpRows, kubernetesRows } from './cloud-rows.ts';
import { anthropicRows, litellmRows, openaiRows } from './key-rows.ts';
import type { CloudCall, CloudRow, CloudState } from './types.ts';

const CALLS = 12;

const READERS: Readonly<Record<SampleProvider, { vendor: string; rows: (snapshot: unknown) => CloudRow[] }>> =
  {
    aws: { vendor: 'AWS', rows: awsRows },
    gcp: { vendor: 'Google Cloud', rows: gcpRows },
    azure: { vendor: 'Azure', rows: azureRows },
    kubernetes: { vendor: 'Kubernetes', rows: (snapshot) => kubernetesRows(snapshot, CLUSTER) },
    litellm: { vendor: 'LiteLLM', rows: litellmRows },
    openai: { vendor: 'OpenAI', rows: openaiRows },
    anthropic: { vendor: 'Anthropic', rows: anthropicRows },
  };

export function readClouds({ standIns }: Pick<SampleCloud, 'standIns'>): CloudState {
  const all = (Object.keys(READERS) as SampleProvider[]).map((provider) => ({
    ...READERS[provider],
    standIn: standIns[provider],
  }));
  return {
    rows: all.flatMap(({ rows, standIn }) => rows(standIn.snapshot())),
    calls: all
      .flatMap(({ vendor, standIn }) => changes(vendor, standIn))
      .sort((a, b) => (a.at < b.at ? 1 : -1))
      .slice(0, CALLS),
  };
}

function changes(vendor: string, { calls }: StandIn): CloudCall[] {
  return calls
    .filter(({ write }) => write)
    .slice(-CALLS)
    .map(({ at, operation, target, status }) => ({
      vendor,
      at: new Date(at).toISOString(),
      operation,
      target,
      status,
    }));
}
