/** Deleting a key of an OpenAI project. */
import { describe, expect, it } from 'vitest';
import { keyRemove } from '../../../src/actions/openai/key-remove.ts';
import { testAction } from '../../contracts/action.ts';
import { inputFor } from '../rest-stage.ts';
import { type OpenAiStage, openOpenAi, PROJECT, projectOf, scopeOf } from './stage.ts';

testAction<OpenAiStage>(keyRemove, {
  stage: () => openOpenAi(`${PROJECT}/key_Batch7`),
  gone: (stage) => void projectOf(stage).keys.splice(0),
  refused: {
    'a key of a service account': {
      put: (stage) => {
        projectOf(stage).keys.splice(0, 1, { id: 'key_Batch7', name: 'batch', serviceAccount: 'indexer' });
      },
      words: /service account indexer/,
    },
  },
  permissionOf: scopeOf,
});

describe('keys of OpenAI', () => {
  it('cannot be brought back', () => expect(keyRemove.undo).toBeUndefined());

  it('is found among the projects when the bill names none', async () => {
    const stage = await openOpenAi('key_Batch7');
    const planned = await keyRemove.plan(stage.access, stage.input);
    expect(planned.before).toEqual({ project: PROJECT, key: 'key_Batch7' });
    expect(planned.live?.details).toContainEqual({ label: 'Owner', value: 'mira@lumen.example' });
    expect(JSON.stringify(planned)).not.toMatch(/sk-/);
    await stage.cloud.close();
  });

  it('takes the project of the bill', () =>
    expect(inputFor('key_Batch7', {}, { account: PROJECT, provider: 'OpenAI' }).ref).toMatchObject({
      account: PROJECT,
      parts: { project: PROJECT, key: 'key_Batch7' },
    }));

  it('asks OpenAI itself only with an admin key', async () => {
    const stage = await openOpenAi('key_Batch7');
    const { endpoint: _, ...connection } = stage.access.connection;
    const variable = (name: string) => (name === 'OPENAI_ADMIN_KEY' ? 'sk-proj-123456' : undefined);
    const error = await keyRemove
      .plan({ ...stage.access, connection, variable }, stage.input)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'CONFIG', message: expect.stringContaining('sk-admin-') });
    expect(String(error)).not.toContain('123456');
    await stage.cloud.close();
  });
});
