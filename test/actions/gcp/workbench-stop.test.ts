import { describe, expect, it } from 'vitest';
import { workbenchStop } from '../../../src/actions/gcp/workbench-stop.ts';
import { testAction } from '../../contracts/action.ts';
import { type GcpStage, held, openStage } from './stage.ts';

const PATH = 'projects/acme-ml-dev/locations/europe-west4-b/instances/mira-notebook';
const ID = `//notebooks.googleapis.com/${PATH}`;

function stage(state = 'ACTIVE'): Promise<GcpStage> {
  const place = { project: 'acme-ml-dev', location: 'europe-west4-b' };
  return openStage(ID, { notebooks: [{ ...place, name: 'mira-notebook', state }] });
}

testAction<GcpStage>(workbenchStop, {
  stage: () => stage(),
  gone: ({ cloud }) => cloud.remove('mira-notebook'),
  already: (at) => at.cloud.byHand(`/v2/${PATH}:stop`),
  refused: {},
  elsewhere: async (at) => {
    at.cloud.byHand(`/v2/${PATH}:stop`);
    at.settle();
    at.cloud.byHand(`/v2/${PATH}:start`);
  },
  settings: (at) => held(at, '/mira-notebook').state,
});

describe('gcp.workbench-stop', () => {
  it.each(['PROVISIONING', 'UPGRADING', 'SUSPENDED'])('refuses %s', async (state) => {
    const { access, input, cloud } = await stage(state);
    expect((await workbenchStop.plan(access, input)).refusal).toContain(state);
    await cloud.close();
  });

  it('says it when it cannot be started yet', async () => {
    const at = await stage();
    const planned = await workbenchStop.plan(at.access, at.input);
    await workbenchStop.run(at.access, planned, 'k');
    await expect(workbenchStop.undo?.run(at.access, planned, 'u')).rejects.toMatchObject({
      code: 'UPSTREAM',
      hint: expect.stringMatching(/Another change/),
    });
    await at.cloud.close();
  });
});
