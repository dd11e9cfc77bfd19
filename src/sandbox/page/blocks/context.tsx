/** The small print of a message. */
import type { Block } from '../../wire.ts';
import { SmallImage } from './section.tsx';
import type { ImageShape, TextObject } from './shapes.ts';
import { Text } from './text.tsx';

export function Context({ block }: { block: Block }) {
  const elements = (block.elements ?? []) as readonly (TextObject | (ImageShape & { type: 'image' }))[];
  return (
    <div className="context">
      {elements.map((element) =>
        element.type === 'image' ? (
          <SmallImage key={element.alt_text} shape={element} className="context-image" />
        ) : (
          <Text key={element.text} {...element} />
        ),
      )}
    </div>
  );
}
