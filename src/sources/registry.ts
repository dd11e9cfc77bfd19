/** Every billing source. Adding one is a folder here, a line below, and a test. */
import { focusFile } from './focus-file/index.ts';

export const sources = [focusFile] as const;
