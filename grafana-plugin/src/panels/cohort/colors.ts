import { colorManipulator, type GrafanaTheme2 } from '@grafana/data';

/** The luminance L on which white and black read equally well: (1 + 0.05) / (L + 0.05) = (L + 0.05) / (0 + 0.05). */
const MIDDLE = Math.sqrt(1.05 * 0.05) - 0.05;

/** Black or white, whichever reads better: at least 4.58 to 1 on any colour. */
export function textOn(background: string): string {
  return colorManipulator.getLuminance(background) > MIDDLE ? '#000000' : '#ffffff';
}

/** A colour as opaque as `share` says, over a solid background. */
export function blend(color: string, background: string, share: number): string {
  const [from, to] = [background, color].map(
    (each) => colorManipulator.decomposeColor(colorManipulator.asRgbString(each)).values
  );
  const mixed = [0, 1, 2].map((part) => Math.round(Number(from?.[part]) * (1 - share) + Number(to?.[part]) * share));
  return `rgb(${mixed.join(', ')})`;
}

/** Above the benchmark is blue and below is orange: the pair that the colour-blind tell apart. */
export function differenceColor(difference: number, largest: number, theme: GrafanaTheme2): string {
  const color = theme.visualization.getColorByName(difference >= 0 ? 'blue' : 'orange');
  const strength = largest > 0 ? Math.min(1, Math.abs(difference) / largest) : 0;
  return blend(color, theme.colors.background.primary, 0.75 * strength);
}
