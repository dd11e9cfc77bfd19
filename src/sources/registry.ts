/** Every billing source. Adding one is a folder here, a line below, and a test. */
import { anthropic } from './anthropic/index.ts';
import { awsCostExplorer } from './aws-cost-explorer/index.ts';
import { azureCostManagement } from './azure-cost-management/index.ts';
import { bind } from './bind.ts';
import { focusBucket } from './focus-bucket/index.ts';
import { focusFile } from './focus-file/index.ts';
import { gcpBigQuery } from './gcp-bigquery/index.ts';
import { litellm } from './litellm/index.ts';
import { openai } from './openai/index.ts';
import type { AnySource } from './types.ts';

/** Read when somebody names files. */
export const fileSources = [focusFile] as const;

/** Polled on their schedules. */
export const sources: readonly AnySource[] = [
  // In the order of their ids.
  bind(anthropic),
  bind(awsCostExplorer),
  bind(azureCostManagement),
  bind(focusBucket),
  bind(gcpBigQuery),
  bind(litellm),
  bind(openai),
];
