/** files.*: the upload in three steps, and what became of a file. */

import { readContent } from '../content.ts';
import { fileObject, requireFile } from '../files.ts';
import { addMessage } from '../messages.ts';
import { Refusal } from '../refusal.ts';
import type { StoredFile, WorkspaceState } from '../state.ts';
import { requireWritable, threadOf } from './chat.ts';
import { type Arguments, jsonArgument, type Method, textArgument } from './method.ts';

export const getUploadUrlExternal: Method = {
  scope: 'files:write',
  needs: ['filename', 'length'],
  run(state, args) {
    const length = Number(textArgument(args, 'length'));
    if (!Number.isInteger(length) || length <= 0) throw new Refusal('invalid_arguments');
    const name = textArgument(args, 'filename');
    const file: StoredFile = {
      id: state.ids.next('F'),
      name,
      title: name,
      altText: textArgument(args, 'alt_txt') || textArgument(args, 'alt_text'),
      expectedLength: length,
      createdAt: state.now(),
      shares: new Map(),
    };
    state.files.set(file.id, file);
    return { upload_url: `${state.baseUrl()}/upload/v1/${file.id}`, file_id: file.id };
  },
};

export const completeUploadExternal: Method = {
  scope: 'files:write',
  needs: ['files'],
  run(state, args) {
    const list = jsonArgument(args, 'files');
    if (!Array.isArray(list) || list.length === 0) throw new Refusal('invalid_arguments');
    const files = list.map((entry: { id?: unknown; title?: unknown }) => {
      const file = requireFile(state, String(entry.id));
      if (!file.bytes) throw new Refusal('file_not_found');
      if (typeof entry.title === 'string') file.title = entry.title;
      return file;
    });
    for (const file of files) file.completedAt ??= state.now();
    const channels = [args.channel_id, ...textArgument(args, 'channels').split(',')];
    for (const channel of channels) {
      if (typeof channel === 'string' && channel !== '') share(state, files, channel, args);
    }
    return { files: files.map((file) => fileObject(state, file)) };
  },
};

export const info: Method = {
  scope: 'files:read',
  needs: ['file'],
  run(state, args) {
    return { file: fileObject(state, requireFile(state, textArgument(args, 'file'))) };
  },
};

function share(
  state: WorkspaceState,
  files: readonly StoredFile[],
  reference: string,
  args: Arguments,
): void {
  const channel = requireWritable(state, reference);
  const comment = textArgument(args, 'initial_comment');
  const blocks = args.blocks === undefined ? undefined : readContent(state, { blocks: args.blocks }).blocks;
  const threadTs = threadOf(state, channel, args);
  const message = addMessage(state, {
    channel,
    user: state.seed.botUserId,
    text: comment,
    fileIds: files.map(({ id }) => id),
    ...(blocks ? { blocks } : {}),
    ...(threadTs ? { threadTs } : {}),
  });
  for (const file of files) file.shares.set(channel.id, [...(file.shares.get(channel.id) ?? []), message.ts]);
}
