/** Operations on Google Cloud. */
import type { ProviderAction } from '../types.ts';
import { computeStop } from './compute-stop.ts';
import { gkeNodePoolResize } from './gke-node-pool-resize.ts';
import { vertexCustomJobCancel } from './vertex-custom-job-cancel.ts';
import { vertexEndpointUndeploy } from './vertex-endpoint-undeploy.ts';
import { workbenchStop } from './workbench-stop.ts';

export const gcpActions: readonly ProviderAction[] = [
  computeStop,
  vertexCustomJobCancel,
  vertexEndpointUndeploy,
  workbenchStop,
  gkeNodePoolResize,
];
