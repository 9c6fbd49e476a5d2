export type ThemeName = 'light' | 'dark';

/** What the workbench shows, as its address says it. */
export interface Address {
  scene: string;
  theme: ThemeName;
  /** Width of the viewport in CSS pixels; all of the page when undefined. */
  width: number | undefined;
  /** Without the workbench's own controls, as tests and screenshots want it. */
  bare: boolean;
}

/** Reads `?scene=ID&theme=dark&width=400&bare`; what is missing or wrong falls back to the first scene, light, wide. */
export function readAddress(search: string, sceneIds: readonly string[]): Address {
  const params = new URLSearchParams(search);
  const scene = params.get('scene') ?? '';
  const width = Number(params.get('width'));
  return {
    scene: sceneIds.includes(scene) ? scene : (sceneIds[0] ?? ''),
    theme: params.get('theme') === 'dark' ? 'dark' : 'light',
    width: Number.isFinite(width) && width >= 100 ? width : undefined,
    bare: params.has('bare'),
  };
}

export function writeAddress({ scene, theme, width, bare }: Address): string {
  const params = new URLSearchParams({ scene, theme });
  if (width !== undefined) {
    params.set('width', String(width));
  }
  return `?${params.toString()}${bare ? '&bare' : ''}`;
}
