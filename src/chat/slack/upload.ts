/** Brings a picture into Slack and waits until a message may show it. */
import { AppError } from '../../core/errors.ts';
import type { SlackApi, Wait } from './api.ts';
import { clip } from './clip.ts';
import { SlackRefusal } from './errors.ts';
import { limits } from './limits.ts';

/** Waits between looks at the file, in milliseconds: about 10 s in all. */
const PROCESSING_WAITS = [150, 250, 400, 650, 1_000, 1_500, 2_000, 2_000, 2_000] as const;

export interface PngFile {
  readonly png: Uint8Array;
  readonly filename: string;
  readonly title: string;
  readonly altText: string;
}

/**
 * Uploads a PNG and resolves to its file id once Slack has processed it: before that, a message that
 * names the file is refused. Throws UPSTREAM when Slack refuses or takes more than about 10 s.
 */
export async function uploadPng(api: SlackApi, wait: Wait, file: PngFile): Promise<string> {
  const { id, url } = await api.startUpload({
    filename: file.filename,
    length: file.png.byteLength,
    altText: clip(file.altText, limits.image.altText),
  });
  await sendBytes(url, file);
  await api.completeUpload(id, clip(file.title, limits.image.title));
  for (const pause of PROCESSING_WAITS) {
    if (await api.isProcessed(id)) return id;
    await wait(pause);
  }
  if (await api.isProcessed(id)) return id;
  throw new AppError('UPSTREAM', 'Slack did not finish processing the picture within 10 seconds', {
    hint: 'Ask again in a minute.',
  });
}

async function sendBytes(url: string, file: PngFile): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'image/png' },
    body: Buffer.from(file.png),
    signal: AbortSignal.timeout(10_000),
  });
  if (response.ok) return;
  throw new AppError('UPSTREAM', `Slack did not take the picture (HTTP ${response.status})`, {
    cause: new SlackRefusal(`upload_http_${response.status}`),
  });
}
