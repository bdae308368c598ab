// One character a status, beside the word, so that neither is needed alone.
import type { PhaseStatus } from '../../../contract/run.js';
import type { HealthColor } from '../health.js';

export const STATUS_GLYPHS: { readonly [status in PhaseStatus]: string } = {
  'not-started': '·',
  running: '▶',
  waiting: '◔',
  passed: '✓',
  failed: '✗',
  rejected: '⊘',
  inconclusive: '?',
  stale: '↻',
  skipped: '»',
  locked: '▪'
};

export const HEALTH_GLYPHS: { readonly [color in HealthColor]: string } = {
  red: '✗',
  amber: '▲',
  green: '✓'
};
