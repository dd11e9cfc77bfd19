/** Virtual machines are deallocated, not only powered off, and started again. */
import { afterEach, describe, expect, it } from 'vitest';
import { vmDeallocate } from '../../../src/actions/azure/vm-deallocate.ts';
import { testAction } from '../../contracts/action.ts';
import { type AzureStage, azureStage, GROUP, placed } from './stage.ts';

const ID = `${GROUP}/Microsoft.Compute/virtualMachines/ranker-train-1`;
const machine = { ...placed, name: 'ranker-train-1', size: 'Standard_NC24ads_A100_v4', disks: [128, 512] };
const open = (more = {}) => azureStage(ID, { virtualMachines: [{ ...machine, ...more }] });

testAction<AzureStage>(vmDeallocate, {
  stage: open,
  gone: ({ cloud }) => cloud.remove(ID),
  already: ({ cloud }) => cloud.setPower(ID, 'deallocated'),
  elsewhere: ({ cloud }) => cloud.setPower(ID, 'starting'),
  refused: {
    'it is starting': { put: ({ cloud }) => cloud.setPower(ID, 'starting'), words: /is starting/ },
    'a flexible scale set has it': {
      put({ cloud }) {
        const set = { id: `${GROUP}/Microsoft.Compute/virtualMachineScaleSets/workers` };
        Object.assign(cloud.resource(ID)?.properties ?? {}, { virtualMachineScaleSet: set });
      },
      words: /scale set workers/,
    },
  },
  settings: ({ cloud }) => (cloud.snapshot() as { power: unknown }).power,
  permissionOf: ({ operation }) => operation,
});

describe('deallocating a VM', () => {
  let stage: AzureStage;
  afterEach(() => stage.cloud.close());

  it('says which disks go on costing', async () => {
    stage = await open({ spot: true });
    const { effect, live } = await vmDeallocate.plan(stage.access, stage.input);
    expect(effect).toContain('2 disks (640 GB) go on costing');
    expect(effect).toContain('Spot');
    expect(live).toMatchObject({ state: 'running', createdAt: new Date('2026-01-12T08:00:00Z') });
    expect(live?.details[0]).toEqual({ label: 'Size', value: 'Standard_NC24ads_A100_v4' });
  });

  it('takes a machine that is only shut down inside, because that is billed all the same', async () => {
    stage = await open({ power: 'stopped' });
    const planned = await vmDeallocate.plan(stage.access, stage.input);
    expect(planned.refusal).toBeUndefined();
    expect(planned.effect).toContain('billed all the same');
  });

  it('finds the resource however the bill writes its id', async () => {
    stage = await azureStage(ID.toLowerCase(), { virtualMachines: [machine] });
    await vmDeallocate.run(stage.access, await vmDeallocate.plan(stage.access, stage.input), 'key');
    stage.settle();
    expect(stage.cloud.snapshot()).toMatchObject({ power: { [ID.toLowerCase()]: { state: 'deallocated' } } });
  });

  it('names the lock that forbids it', async () => {
    stage = await open({ locked: true });
    const planned = await vmDeallocate.plan(stage.access, stage.input);
    await expect(vmDeallocate.run(stage.access, planned, 'key')).rejects.toMatchObject({
      code: 'UPSTREAM',
      message: expect.stringContaining('a lock on the resource'),
    });
  });

  it('tells why it did not start again when Azure has no room for it', async () => {
    stage = await open({ noCapacity: true });
    const planned = await vmDeallocate.plan(stage.access, stage.input);
    await vmDeallocate.run(stage.access, planned, 'key');
    stage.settle();
    await vmDeallocate.undo?.run(stage.access, planned, 'key-2');
    stage.settle();
    expect(await vmDeallocate.undo?.verify(stage.access, planned)).toMatchObject({
      outcome: 'unchanged',
      said: expect.stringContaining('sufficient capacity'),
    });
  });

  it('waits with starting until it is deallocated', async () => {
    stage = await open();
    const planned = await vmDeallocate.plan(stage.access, stage.input);
    await vmDeallocate.run(stage.access, planned, 'key');
    await expect(vmDeallocate.undo?.run(stage.access, planned, 'key-2')).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });
});
