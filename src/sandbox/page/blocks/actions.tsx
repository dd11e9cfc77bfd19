/** A row of working elements. */
import type { Block } from '../../wire.ts';
import { Element } from './element.tsx';
import type { InteractiveElement } from './shapes.ts';
import { useSurface } from './surface.ts';

export function Actions({ block }: { block: Block }) {
  const { errors } = useSurface();
  const blockId = block.block_id ?? '';
  const elements = (block.elements ?? []) as readonly InteractiveElement[];
  return (
    <>
      <div className="actions">
        {elements.map((element) => (
          <Element key={element.action_id} element={element} blockId={blockId} />
        ))}
      </div>
      {errors[blockId] && (
        <div className="field-error" role="alert">
          {errors[blockId]}
        </div>
      )}
    </>
  );
}
