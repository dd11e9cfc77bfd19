/** What the app shows under "Home"; each visit asks it anew. */
import { useEffect, useState } from 'react';
import { BlockList } from './blocks/block-list.tsx';
import { usePage } from './context.ts';
import { openHome } from './server.ts';
import { SurfaceProvider } from './surface-provider.tsx';

/** How long a home that never came is waited for, in milliseconds. */
const PATIENCE = 5_000;

export function AppHome() {
  const { snapshot } = usePage();
  const { home, me, bot } = snapshot;
  const [late, setLate] = useState(false);
  useEffect(() => {
    void openHome({ person: me, tab: 'home' });
    const timer = setTimeout(() => setLate(true), PATIENCE);
    return () => clearTimeout(timer);
  }, [me]);
  if (!home) {
    return (
      <div className="home home-empty" role="status">
        {late
          ? `${bot.name} has shown nothing here. The log of the app may say why.`
          : `Opening ${bot.name}…`}
      </div>
    );
  }
  return (
    <div className="home" data-testid="home">
      <div className="home-page">
        <SurfaceProvider place={{ viewId: home.id }}>
          <BlockList blocks={home.blocks} />
        </SurfaceProvider>
      </div>
    </div>
  );
}
