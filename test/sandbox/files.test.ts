/** The upload in three steps, and pictures that can be shown only once they are processed. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PNG, refusalOf, startWorkspace, type TestWorkspace } from './workspace.ts';

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await startWorkspace({ fileProcessingMs: 1000 });
});
afterEach(() => workspace.stop());

async function upload(more: { channel_id?: string } = {}): Promise<string> {
  const file = { file: PNG, filename: 'chart.png', title: 'A chart', ...more };
  const answer = await workspace.client.filesUploadV2(file);
  return answer.files[0]?.files?.[0]?.id ?? '';
}

const image = (slackFile: object) => [{ type: 'image', alt_text: 'x', slack_file: slackFile }];
const post = (blocks: object[]) => workspace.call('chat.postMessage', { channel: 'CGEN', text: 'x', blocks });

it('processes a picture after a while; until then it cannot be shown', async () => {
  const file = await upload();
  expect((await workspace.client.files.info({ file })).file).toMatchObject({
    mimetype: '',
    size: PNG.length,
  });
  expect(await refusalOf(post(image({ id: file })))).toMatchObject({
    error: 'invalid_blocks',
    errors: ['invalid slack file [json-pointer:/blocks/0/slack_file]'],
  });
  workspace.advance(1000);
  const processed = (await workspace.client.files.info({ file })).file;
  expect(processed).toMatchObject({ mimetype: 'image/png', original_w: 16, original_h: 9, title: 'A chart' });
  expect((await post(image({ id: file }))).ok).toBe(true);
  expect((await post(image({ url: processed?.url_private }))).ok).toBe(true);
});

it('gives the page the picture with its bytes', async () => {
  const file = await upload();
  workspace.advance(1000);
  await post(image({ id: file }));
  const view = (await workspace.snapshot('UMIRA')).files[0];
  expect(view).toMatchObject({ id: file, width: 16, height: 9 });
  const response = await fetch(`${workspace.url}/${view?.url}`);
  expect(response.headers.get('content-type')).toBe('image/png');
  expect(Buffer.from(await response.arrayBuffer()).equals(PNG)).toBe(true);
});

it('shares a file in a channel when asked to', async () => {
  const file = await upload({ channel_id: 'CGEN' });
  const { messages } = await workspace.client.conversations.history({ channel: 'CGEN' });
  expect(messages?.[0]?.files?.[0]?.id).toBe(file);
  expect((await workspace.client.files.info({ file })).file?.shares?.public?.CGEN?.[0]?.ts).toBe(
    messages?.[0]?.ts,
  );
});

it('never serves what is no picture as something a browser would run', async () => {
  const answer = await workspace.client.filesUploadV2({
    content: '<script>alert(1)</script>',
    filename: 'page.html',
  });
  const id = answer.files[0]?.files?.[0]?.id ?? '';
  workspace.advance(1000);
  expect((await refusalOf(post(image({ id })))).error).toBe('invalid_blocks');
  const response = await fetch(`${workspace.url}/files/${id}/page.html`);
  expect(response.headers.get('content-type')).toContain('application/octet-stream');
  expect(response.headers.get('content-disposition')).toContain('attachment');
});

it('refuses an upload of another length, and to complete what was never uploaded', async () => {
  const slot = await workspace.client.files.getUploadURLExternal({ filename: 'x.png', length: 10 });
  expect((await fetch(slot.upload_url ?? '', { method: 'POST', body: PNG })).status).toBe(400);
  const complete = workspace.client.files.completeUploadExternal({ files: [{ id: slot.file_id ?? '' }] });
  expect((await refusalOf(complete)).error).toBe('file_not_found');
  expect((await refusalOf(workspace.client.files.info({ file: 'F0' }))).error).toBe('file_not_found');
});
