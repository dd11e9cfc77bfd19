/** Draws blocks: our own renderers where elements must work, the library for the rest. */
import type { Block } from '../../wire.ts';
import { Actions } from './actions.tsx';
import { Context } from './context.tsx';
import { Image } from './image.tsx';
import { Input } from './input.tsx';
import { LibraryBlock } from './library-block.tsx';
import { Section } from './section.tsx';
import type { TextObject } from './shapes.ts';
import { DataTable, Table } from './table.tsx';
import { Text } from './text.tsx';

export function BlockList({ blocks }: { blocks: readonly Block[] }) {
  return (
    <div className="blocks">
      {blocks.map((block) => (
        <div className={`block block-${block.type}`} key={block.block_id} data-block-id={block.block_id}>
          <OneBlock block={block} />
        </div>
      ))}
    </div>
  );
}

function OneBlock({ block }: { block: Block }) {
  switch (block.type) {
    case 'actions':
      return <Actions block={block} />;
    case 'context':
      return <Context block={block} />;
    case 'divider':
      return <hr />;
    case 'header':
      return (
        <h3 className="header">
          <Text {...(block.text as TextObject)} />
        </h3>
      );
    case 'image':
      return <Image block={block} />;
    case 'input':
      return <Input block={block} />;
    case 'section':
      return <Section block={block} />;
    case 'table':
      return <Table block={block} />;
    case 'data_table':
      return <DataTable block={block} />;
    default:
      return <LibraryBlock block={block} />;
  }
}
