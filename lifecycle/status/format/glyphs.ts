// One character a colour, beside the word, so that neither is needed alone.
import type { HealthColor } from '../health.js';

export const HEALTH_GLYPHS: { readonly [color in HealthColor]: string } = {
  red: '✗',
  amber: '▲',
  green: '✓'
};
