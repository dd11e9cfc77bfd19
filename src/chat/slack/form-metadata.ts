/** What a dialog remembers while it is open: an opaque form id and the conversation its answer goes to. */
import { z } from 'zod';
import type { Conversation } from '../types.ts';

const FormMetadata = z.object({
  form: z.string().min(1),
  channel: z.string(),
  workspace: z.string().optional(),
  thread: z.string().optional(),
});

export interface FormMetadata {
  readonly form: string;
  readonly conversation: Conversation;
}

export function writeFormMetadata(metadata: FormMetadata): string {
  const { channel, workspace, thread } = metadata.conversation;
  return JSON.stringify({ form: metadata.form, channel, workspace, thread } satisfies z.infer<
    typeof FormMetadata
  >);
}

/** Undefined when the text was not written by `writeFormMetadata`. */
export function readFormMetadata(text: string): FormMetadata | undefined {
  try {
    const { form, channel, workspace, thread } = FormMetadata.parse(JSON.parse(text));
    const conversation = {
      platform: 'slack',
      channel,
      ...(workspace ? { workspace } : {}),
      ...(thread ? { thread } : {}),
    };
    return { form, conversation };
  } catch {
    // Another app version wrote it: the caller tells the person to open the dialog again.
    return undefined;
  }
}
