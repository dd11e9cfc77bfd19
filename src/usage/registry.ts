/** Every usage source. Adding one is a folder here, a line below, and a test. */
import { usageFile } from './usage-file/index.ts';

export const usageSources = [usageFile] as const;
