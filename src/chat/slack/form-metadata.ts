/** What a dialog remembers while it is open: opaque form id, which form it is, and where its answer goes. */
import { z } from 'zod';
import type { Conversation } from '../types.ts';

const DialogMetadata = z.object({
  form: z.string().min(1).optional(),
  name: z.string().optional(),
  channel: z.string(),
  workspace: z.string().optional(),
  thread: z.string().optional(),
});

export interface DialogMetadata {
  /** Opaque id; absent while nothing can be sent. */
  readonly form?: string;
  /** Which form it is. */
  readonly name?: string;
  readonly conversation: Conversation;
}

export interface FormMetadata extends DialogMetadata {
  readonly form: string;
}

export function writeFormMetadata({ form, name, conversation }: DialogMetadata): string {
  const { channel, workspace, thread } = conversation;
  return JSON.stringify({ form, name, channel, workspace, thread } satisfies z.input<typeof DialogMetadata>);
}

/** Undefined when the text was not written by `writeFormMetadata`. */
export function readDialog(text: string): DialogMetadata | undefined {
  try {
    const { form, name, channel, workspace, thread } = DialogMetadata.parse(JSON.parse(text));
    const conversation = {
      platform: 'slack',
      channel,
      ...(workspace ? { workspace } : {}),
      ...(thread ? { thread } : {}),
    };
    return { ...(form ? { form } : {}), ...(name ? { name } : {}), conversation };
  } catch {
    // Another app version wrote it: the caller does without, or tells the person to open the dialog again.
    return undefined;
  }
}

/** The same for a dialog that was sent; undefined for one that has nothing to send. */
export function readFormMetadata(text: string): FormMetadata | undefined {
  const dialog = readDialog(text);
  return dialog?.form ? { ...dialog, form: dialog.form } : undefined;
}
