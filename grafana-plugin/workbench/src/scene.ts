import type { DataFrame, FieldConfigSource, PanelPlugin } from '@grafana/data';
import type { ReactNode } from 'react';

interface SceneBase {
  /** What the address names it by: lower case, words joined by hyphens. */
  id: string;
  title: string;
  /** Viewport that it is shown at, in CSS pixels; all of the page unless given. */
  width?: number;
  height?: number;
  /** Asks a running Cube, so that tests leave it out. */
  live?: boolean;
}

/** A panel as Grafana would mount it, with field overrides applied and options completed by the plugin's defaults. */
export interface PanelScene extends SceneBase {
  // A scene takes any panel: options are checked where the scene is written, with `satisfies`.
  plugin: PanelPlugin;
  /**
   * What the panel's queries gave; a promise for data that has to be asked for.
   * @param turn 0 at first, one more with each refresh
   */
  frames: (turn: number) => DataFrame[] | Promise<DataFrame[]>;
  options?: object;
  fieldConfig?: Partial<FieldConfigSource>;
}

/** Anything else of the plugin: an editor, a page. */
export interface ElementScene extends SceneBase {
  render: () => ReactNode;
}

export type Scene = PanelScene | ElementScene;
