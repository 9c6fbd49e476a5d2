import { css } from '@emotion/css';
import { createTheme, ThemeContext } from '@grafana/data';
import { GlobalStyles, PortalContainer } from '@grafana/ui';
import React, { useEffect, useMemo, useState } from 'react';
import { readAddress, writeAddress, type Address } from './address';
import { Controls } from './Controls';
import { PanelHost } from './PanelHost';
import { scenes } from './registry';
import type { Scene } from './scene';
import { useSize } from './useSize';

const ids = scenes.map(({ id }) => id);

/** One scene in the chosen theme and width; the address tells which. */
export function Workbench() {
  const [address, setAddress] = useState(() => readAddress(window.location.search, ids));
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const follow = () => setAddress(readAddress(window.location.search, ids));
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, []);
  const go = (next: Address) => {
    window.history.pushState(null, '', writeAddress(next));
    setAddress(next);
  };
  const theme = useMemo(() => createTheme({ colors: { mode: address.theme } }), [address.theme]);
  const scene = scenes.find(({ id }) => id === address.scene);
  const page = css({
    display: 'flex',
    flexDirection: 'column',
    height: '100vh',
    background: theme.colors.background.canvas,
    color: theme.colors.text.primary,
  });
  return (
    <ThemeContext.Provider value={theme}>
      <GlobalStyles />
      <div className={page}>
        {!address.bare && (
          <Controls scenes={scenes} address={address} onChange={go} onRefresh={() => setTurn(turn + 1)} />
        )}
        <main
          className={css({ flex: 1, minHeight: 0, overflow: 'auto', padding: address.bare ? 0 : theme.spacing(2) })}
        >
          {scene && <Stage key={`${scene.id} ${address.theme}`} scene={scene} turn={turn} width={address.width} />}
        </main>
      </div>
      <PortalContainer />
    </ThemeContext.Provider>
  );
}

function Stage({ scene, turn, width }: { scene: Scene; turn: number; width: number | undefined }) {
  const [ref, size] = useSize<HTMLDivElement>();
  const box = css({ width: width ?? scene.width ?? '100%', height: scene.height ?? '100%' });
  return (
    <div ref={ref} className={box} data-testid="stage">
      {'render' in scene
        ? scene.render()
        : size && <PanelHost scene={scene} turn={turn} width={size.width} height={size.height} />}
    </div>
  );
}
