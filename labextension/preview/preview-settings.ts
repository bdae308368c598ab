// The settings of the preview plugin, read from whatever the settings file holds.

export type PreviewPlace = 'below' | 'beside';

export interface PreviewSettings {
  readonly enabled: boolean;
  readonly place: PreviewPlace;
  readonly delayMs: number;
}

const DEFAULT_DELAY_MS = 200;
const LONGEST_DELAY_MS = 10_000;

/** Absent and wrong values have their defaults. */
export function readPreviewSettings(values: { readonly [key: string]: unknown }): PreviewSettings {
  const { enabled, place, delayMilliseconds: delay } = values;
  return {
    enabled: enabled !== false,
    place: place === 'beside' ? 'beside' : 'below',
    delayMs: typeof delay === 'number' && delay >= 0 && delay <= LONGEST_DELAY_MS ? delay : DEFAULT_DELAY_MS
  };
}
