/** A section: text and fields by the library, a working element or picture beside it. */
import { useMemo } from 'react';
import type { Block } from '../../wire.ts';
import { findPicture, usePage } from '../context.ts';
import { Element } from './element.tsx';
import { LibraryBlock } from './library-block.tsx';
import type { ImageShape, InteractiveElement } from './shapes.ts';

export function Section({ block }: { block: Block }) {
  const { accessory } = block;
  const text = useMemo(() => ({ ...block, accessory: undefined }), [block]);
  if (!accessory) return <LibraryBlock block={block} />;
  return (
    <div className="section-with-accessory">
      <div className="section-text">
        <LibraryBlock block={text} />
      </div>
      <Accessory element={accessory as InteractiveElement} blockId={block.block_id ?? ''} />
    </div>
  );
}

function Accessory({ element, blockId }: { element: InteractiveElement; blockId: string }) {
  const { snapshot } = usePage();
  if (element.type !== 'image') return <Element element={element} blockId={blockId} />;
  const shape = element as unknown as ImageShape;
  const url = findPicture(snapshot, shape.slack_file)?.url ?? shape.image_url;
  return <img className="accessory-image" src={url} alt={shape.alt_text} />;
}
