/** Uploaded files: upload, processing that takes a while, and how they look to app and page. */
import { type ImageInfo, readImageInfo } from './image-size.ts';
import { Refusal } from './refusal.ts';
import type { StoredFile, WorkspaceState } from './state.ts';
import type { Block, FileView } from './wire.ts';

export function fileUrl(state: WorkspaceState, file: StoredFile): string {
  return `${state.baseUrl()}/files/${file.id}/${encodeURIComponent(file.name)}`;
}

export function requireFile(state: WorkspaceState, id: string): StoredFile {
  const file = state.files.get(id);
  if (!file) throw new Refusal('file_not_found');
  return file;
}

/** The picture in a file once Slack would have scanned it; undefined before that and for other files. */
export function processedImage(state: WorkspaceState, file: StoredFile): ImageInfo | undefined {
  if (!file.bytes || !isProcessed(state, file)) return undefined;
  return readImageInfo(file.bytes);
}

function isProcessed(state: WorkspaceState, file: StoredFile): boolean {
  return file.completedAt !== undefined && state.now() >= file.completedAt + state.fileProcessingMs;
}

/** The file named by an image block's `slack_file`, by id or by url. */
export function findSlackFile(state: WorkspaceState, reference: unknown): StoredFile | undefined {
  if (typeof reference !== 'object' || reference === null) return undefined;
  const { id, url } = reference as { id?: unknown; url?: unknown };
  if (typeof id === 'string') return state.files.get(id);
  return [...state.files.values()].find((file) => fileUrl(state, file) === url);
}

/** Slack's file object; `mimetype` is empty and sizes are missing until the file is processed. */
export function fileObject(state: WorkspaceState, file: StoredFile): Record<string, unknown> {
  const processed = isProcessed(state, file);
  const image = processedImage(state, file);
  const shares = [...file.shares].map(([channel, stamps]) => [channel, stamps.map((ts) => ({ ts }))]);
  return {
    id: file.id,
    created: Math.floor(file.createdAt / 1000),
    timestamp: Math.floor(file.createdAt / 1000),
    name: file.name,
    title: file.title,
    mimetype: processed ? (image?.mimetype ?? 'application/octet-stream') : '',
    filetype: processed ? (file.name.split('.').pop() ?? '') : '',
    user: state.seed.botUserId,
    size: file.bytes?.length ?? 0,
    mode: 'hosted',
    is_external: false,
    is_public: file.shares.size > 0,
    alt_txt: file.altText,
    url_private: fileUrl(state, file),
    permalink: fileUrl(state, file),
    channels: [...file.shares.keys()],
    shares: { public: Object.fromEntries(shares) },
    ...(image ? { original_w: image.width, original_h: image.height } : {}),
  };
}

export function fileView(file: StoredFile): FileView {
  const image = file.bytes ? readImageInfo(file.bytes) : undefined;
  return {
    id: file.id,
    name: file.name,
    title: file.title,
    mimetype: image?.mimetype ?? 'application/octet-stream',
    size: file.bytes?.length ?? 0,
    // Relative, so that the page works under whatever address the browser reached it by.
    url: `files/${file.id}/${encodeURIComponent(file.name)}`,
    ...(image ? { width: image.width, height: image.height } : {}),
  };
}

/** Files that these blocks show, wherever they are nested. */
export function filesInBlocks(state: WorkspaceState, blocks: readonly Block[]): StoredFile[] {
  const found = new Set<StoredFile>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, child] of Object.entries(value)) {
      const file = key === 'slack_file' ? findSlackFile(state, child) : undefined;
      if (file) found.add(file);
      else visit(child);
    }
  };
  visit(blocks);
  return [...found];
}
