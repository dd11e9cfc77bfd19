/** Text objects and messages without blocks. */
import { useMemo } from 'react';
import { plainRichText, richTextOf } from '../mrkdwn.ts';
import { LibraryBlock } from './library-block.tsx';
import type { TextObject } from './shapes.ts';

export function Text({ type, text }: TextObject) {
  const block = useMemo(() => (type === 'mrkdwn' ? richTextOf(text) : plainRichText(text)), [type, text]);
  return <LibraryBlock block={block} />;
}
