/** A section: text, fields in two columns, and a working element or a picture beside them. */
import type { Block } from '../../wire.ts';
import { findPicture, usePage } from '../context.ts';
import { Element } from './element.tsx';
import type { ImageShape, InteractiveElement, TextObject } from './shapes.ts';
import { Text } from './text.tsx';

export function Section({ block }: { block: Block }) {
  const text = block.text as TextObject | undefined;
  const fields = (block.fields ?? []) as readonly TextObject[];
  const accessory = block.accessory as InteractiveElement | undefined;
  return (
    <div className="section">
      <div className="section-text">
        {text && <Text {...text} />}
        {fields.length > 0 && (
          <div className="fields">
            {fields.map((field) => (
              <Text key={field.text} {...field} />
            ))}
          </div>
        )}
      </div>
      {accessory && <Accessory element={accessory} blockId={block.block_id ?? ''} />}
    </div>
  );
}

function Accessory({ element, blockId }: { element: InteractiveElement; blockId: string }) {
  if (element.type !== 'image') return <Element element={element} blockId={blockId} />;
  return <SmallImage shape={element as unknown as ImageShape} className="accessory-image" />;
}

/** A picture beside a text, or within a line of context. */
export function SmallImage({ shape, className }: { shape: ImageShape; className: string }) {
  const { snapshot } = usePage();
  const url = findPicture(snapshot, shape.slack_file)?.url ?? shape.image_url;
  return <img className={className} src={url} alt={shape.alt_text} />;
}
