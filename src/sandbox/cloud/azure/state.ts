/** Resources by their id, changes that take their time, and operations that can be asked how far they are. */
import type { StandInOptions } from '../types.ts';
import type { ArmResource } from './types.ts';

export interface Operation {
  readonly id: string;
  readonly startedAt: number;
  status: 'InProgress' | 'Succeeded' | 'Failed';
  endedAt?: number;
  error?: { readonly code: string; readonly message: string };
}

export interface AzureState {
  /** By id in lower case: Azure's ids have no case. */
  readonly resources: Map<string, ArmResource>;
  readonly locked: Set<string>;
  /** Of VMs: what the instance view says. */
  readonly power: Map<string, { state: string; failure?: { code: string; message: string } }>;
  readonly noCapacity: Set<string>;
  readonly operations: Map<string, Operation>;
  now(): number;
  /** Brings every change that is due to its end. */
  settle(): void;
  /** Runs `end` after the lag; it may say why it failed. */
  later(end: () => Operation['error'] | undefined): Operation;
  /** A new version of a resource. */
  nextTag(): string;
}

export function createState({ now, lag }: StandInOptions): AzureState {
  const pending: { readonly at: number; end(): void }[] = [];
  const operations = new Map<string, Operation>();
  let versions = 0;
  return {
    resources: new Map(),
    locked: new Set(),
    power: new Map(),
    noCapacity: new Set(),
    operations,
    now,
    settle() {
      while (pending[0] && pending[0].at <= now()) pending.shift()?.end();
    },
    later(end) {
      const id = `00000000-0000-4000-8000-${String(operations.size + 1).padStart(12, '0')}`;
      const operation: Operation = { id, startedAt: now(), status: 'InProgress' };
      operations.set(id, operation);
      pending.push({
        at: now() + lag,
        end() {
          const error = end();
          operation.status = error ? 'Failed' : 'Succeeded';
          operation.endedAt = now();
          if (error) operation.error = error;
        },
      });
      return operation;
    },
    nextTag() {
      versions++;
      return `"${versions.toString(16).padStart(8, '0')}"`;
    },
  };
}
