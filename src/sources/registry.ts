/** Every billing source. Adding one is a folder here, a line below, and a test. */
import { focusFile } from './focus-file/index.ts';
import type { AnySource } from './types.ts';

/** Read when somebody names files. */
export const fileSources = [focusFile] as const;

/** Polled on their schedules. */
export const sources: readonly AnySource[] = [
  // In the order of their ids.
];
