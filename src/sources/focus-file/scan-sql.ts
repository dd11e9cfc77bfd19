/** SQL that adds the rows of one file up, as they are named in it. */
import { BASES, type Basis } from '../../core/dimension.ts';
import { FOCUS_COLUMNS } from '../../core/settings.ts';
import { identifier } from './duck.ts';
import type { ReadColumn } from './focus-columns.ts';
import { RESOURCES, type ReadableFile } from './read-sql.ts';
