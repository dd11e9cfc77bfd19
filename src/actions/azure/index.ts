/** What can be done with resources of Azure. */
import type { ProviderAction } from '../types.ts';
import { aksPoolScale } from './aks-pool-scale.ts';
import { amlComputeStop } from './aml-compute-stop.ts';
import { amlDeploymentScale } from './aml-deployment-scale.ts';
import { vmDeallocate } from './vm-deallocate.ts';

export const azureActions: readonly ProviderAction[] = [
  vmDeallocate,
  amlComputeStop,
  amlDeploymentScale,
  aksPoolScale,
];
